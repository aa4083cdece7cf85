import { createConnection as createSocket, type Socket } from "node:net";
import { addAbortSignal } from "node:stream";
import type { Connection, RowDataPacket } from "mysql2";
import {
  connectMilliseconds,
  type NamedConnection,
  serverAddress,
  timeoutSecondsOf,
} from "../engine/connection-address.js";
import { connectionError } from "../engine/connection-fault.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import {
  type ColumnsCheck,
  type CopiedTable,
  type DatabaseColumn,
  type DatabaseTable,
  missingTable,
  onCancel,
  splitName,
} from "./database-table.js";
import { openRecordFile } from "./record-file.js";

/**
 * Copies a table of MySQL or MariaDB to a temporary file, in one read-only transaction that sees one state of the database.
 *
 * Every value comes as the text that the server sends, so BIGINT and DECIMAL are exact and zero dates stay `0000-00-00`.
 *
 * @throws InputError or MachineError as connectionError; InputError if there is no such table.
 */
export async function copyMysqlTable(database: DatabaseTable, check: ColumnsCheck): Promise<CopiedTable> {
  const { connection, table, signal } = database;
  signal?.throwIfAborted();
  const broken = new AbortController();
  const stopHearing = onCancel(database, (reason) => broken.abort(reason));
  let session: Connection | undefined;
  try {
    session = await connect(connection);
    // A lost connection is told to the session, not to the rows that stream from it.
    session.on("error", (error) => broken.abort(error));
    await beginReading(session, connection);
    const name = await findTable(session, database);
    const columns = await readColumns(session, name);
    check(columns.map(({ column }) => column));
    const copied = await copyRows(session, { name, columns, signal: broken.signal });
    return { ...copied, columns: columns.map(({ column }) => column) };
  } catch (error) {
    signal?.throwIfAborted();
    const cause = broken.signal.aborted ? broken.signal.reason : error;
    throw connectionError(cause, connection, { table, isOpen: session !== undefined });
  } finally {
    stopHearing();
    session?.destroy();
  }
}

async function connect(connection: NamedConnection): Promise<Connection> {
  const { createConnection } = await import("mysql2");
  const { host, port, user, password, tls } = serverAddress(connection);
  const { database } = connection.config;
  return new Promise((resolve, reject) => {
    const session = createConnection({
      ...(host.startsWith("/") ? { socketPath: host } : { host, port, stream: openSocket(host, port) }),
      user,
      password: password ?? "",
      ...(database && { database }),
      ...(tls && { ssl: { ...(tls.ca && { ca: tls.ca }), rejectUnauthorized: true, verifyIdentity: true } }),
      charset: "utf8mb4",
      connectTimeout: connectMilliseconds,
      // A server must not ask us for our files.
      flags: ["-LOCAL_FILES"],
      typeCast: (field: { string(encoding: string): string | null }) => field.string("utf8"),
    });
    session.connect((error) => (error ? reject(error) : resolve(session)));
  });
}

/**
 * A socket that knows its host: Node compares a certificate with the host of the socket below, which it knows by itself only of
 * names, and the driver tells it only names too. A certificate for an address would be held against `localhost`.
 */
function openSocket(host: string, port: number): Socket {
  const socket = createSocket({ host, port, keepAlive: true, noDelay: true });
  return Object.assign(socket, { _host: host });
}

async function beginReading(session: Connection, connection: NamedConnection): Promise<void> {
  const seconds = timeoutSecondsOf(connection);
  const [row] = await ask(session, "SELECT version() AS version");
  const limit = /mariadb/i.test(row!.version!)
    ? `max_statement_time = ${seconds}`
    : `max_execution_time = ${seconds * 1000}`;
  await ask(
    session,
    `SET SESSION ${limit}, lock_wait_timeout = ${connectMilliseconds / 1000}, net_write_timeout = 600, time_zone = '+00:00'`,
  );
  await ask(session, "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
  await ask(session, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
}

type TextRow = Readonly<Record<string, string>>;

function ask(session: Connection, sql: string, values: (string | null)[] = []): Promise<readonly TextRow[]> {
  return new Promise((resolve, reject) => {
    session.query<RowDataPacket[]>(sql, values, (error, rows) =>
      error ? reject(error) : resolve(rows as unknown as readonly TextRow[]),
    );
  });
}

/** The table's name, quoted, with its database. */
async function findTable(session: Connection, database: DatabaseTable): Promise<string> {
  const { schema, name } = splitName(database.table);
  const home = schema ?? database.connection.config.database ?? null;
  const found = await ask(
    session,
    `SELECT table_schema AS home, table_name AS name FROM information_schema.tables
    WHERE table_name = ? AND table_schema = coalesce(?, database())`,
    [name, home],
  );
  const [row] = found;
  if (row !== undefined)
    return [row.home!, row.name!].map((part) => quoteIdentifier(part, "mysql")).join(".");
  const all = await ask(
    session,
    `SELECT table_schema AS home, table_name AS name FROM information_schema.tables
    WHERE table_schema NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema') LIMIT 2000`,
  );
  throw missingTable(
    database,
    all.flatMap((row) => [`${row.home}.${row.name}`, ...(row.home === home ? [row.name!] : [])]),
  );
}

interface MysqlColumn {
  readonly column: DatabaseColumn;
  /** SQL of the value, which the server sends as text. */
  readonly sql: string;
}

async function readColumns(session: Connection, table: string): Promise<MysqlColumn[]> {
  const rows = await ask(session, `SHOW COLUMNS FROM ${table}`);
  return rows.map((row) => {
    const name = row.Field!;
    const type = row.Type!.toLowerCase();
    const quoted = quoteIdentifier(name, "mysql");
    const column = (kind: DatabaseColumn["kind"]): DatabaseColumn => ({ name, kind });
    if (/^(?:date|timestamp)/.test(type)) return { column: column("moment"), sql: quoted };
    if (/^(?:decimal|float|double|real|numeric)/.test(type)) return { column: column("number"), sql: quoted };
    // Bits and bytes are no text: a bit 0 would come as a NUL byte, a binary id as letters that are lost.
    if (type.startsWith("bit")) return { column: column("text"), sql: `CAST(${quoted} AS UNSIGNED)` };
    const isBytes = /binary|blob/.test(type);
    return { column: column("text"), sql: isBytes ? `LOWER(HEX(${quoted}))` : quoted };
  });
}

async function copyRows(
  session: Connection,
  asked: { readonly name: string; readonly columns: readonly MysqlColumn[]; readonly signal: AbortSignal },
): Promise<Omit<CopiedTable, "columns">> {
  const { name, columns, signal } = asked;
  const file = openRecordFile();
  try {
    let rowCount = 0;
    const sql = `SELECT ${columns.map(({ sql: value }) => value).join(", ")} FROM ${name}`;
    const rows = session.query({ sql, rowsAsArray: true }).stream({ highWaterMark: 1000 });
    addAbortSignal(signal, rows);
    for await (const row of rows) {
      file.add(row as (string | null)[]);
      rowCount++;
    }
    return { relation: file.finish(columns.length), rowCount, remove: file.remove };
  } catch (error) {
    file.remove();
    throw error;
  }
}
