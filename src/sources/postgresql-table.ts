import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "pg";
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
import { csvRelation } from "./record-file.js";

/**
 * Copies a table of PostgreSQL to a temporary file, in one read-only transaction that sees one state of the database.
 *
 * @throws InputError or MachineError as connectionError; InputError if there is no such table.
 */
export async function copyPostgresqlTable(
  database: DatabaseTable,
  check: ColumnsCheck,
): Promise<CopiedTable> {
  const { connection, table, signal } = database;
  signal?.throwIfAborted();
  const client = await openClient(connection);
  let isOpen = false;
  const broken = new AbortController();
  client.on("error", (error) => broken.abort(error));
  const stopHearing = onCancel(database, (reason) => {
    broken.abort(reason);
    void sayFarewell(client);
  });
  try {
    await client.connect();
    isOpen = true;
    await client.query("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const { oid, name } = await findTable(client, database);
    const columns = await readColumns(client, oid);
    check(columns.map(({ column }) => column));
    const copied = await copyRows(client, { name, columns, signal: broken.signal });
    return { ...copied, columns: columns.map(({ column }) => column) };
  } catch (error) {
    signal?.throwIfAborted();
    throw connectionError(broken.signal.aborted ? broken.signal.reason : error, connection, {
      table,
      isOpen,
    });
  } finally {
    stopHearing();
    await sayFarewell(client);
  }
}

/** Ends the session; one whose server has gone cannot be ended and is left. */
async function sayFarewell(client: Client): Promise<void> {
  const patience = new AbortController();
  const { signal } = patience;
  await Promise.race([client.end(), pause(1000, undefined, { signal })]).catch(() => undefined);
  patience.abort();
}

async function openClient(connection: NamedConnection): Promise<Client> {
  const { Client } = await import("pg");
  const { password, tls, ...address } = serverAddress(connection);
  const milliseconds = timeoutSecondsOf(connection) * 1000;
  return new Client({
    ...address,
    database: connection.config.database ?? address.user,
    // A function, because without a password the driver would look for one in other places.
    password: () => password ?? "",
    ssl: tls && { ...tls, rejectUnauthorized: true },
    application_name: "segbook",
    connectionTimeoutMillis: connectMilliseconds,
    keepAlive: true,
    options: [
      "default_transaction_read_only=on",
      "TimeZone=UTC",
      "DateStyle=ISO",
      "extra_float_digits=1",
      `statement_timeout=${milliseconds}`,
      `lock_timeout=${connectMilliseconds}`,
    ]
      .map((setting) => `-c ${setting}`)
      .join(" "),
  });
}

interface FoundTable {
  readonly oid: number;
  /** Quoted, with its schema. */
  readonly name: string;
}

async function findTable(client: Client, database: DatabaseTable): Promise<FoundTable> {
  const { schema, name } = splitName(database.table);
  const { rows } = await client.query<{ oid: number; schema: string; name: string }>(
    `SELECT c.oid, n.nspname AS schema, c.relname AS name
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND c.relname = $1
      AND CASE WHEN $2::text IS NULL THEN pg_catalog.pg_table_is_visible(c.oid) ELSE n.nspname = $2 END`,
    [name, schema ?? null],
  );
  const [found] = rows;
  if (found === undefined) throw missingTable(database, await listTables(client));
  const quoted = [found.schema, found.name].map((part) => quoteIdentifier(part, "postgresql"));
  return { oid: found.oid, name: quoted.join(".") };
}

async function listTables(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT n.nspname || '.' || c.relname AS name
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND n.nspname !~ '^(pg_|information_schema$)' LIMIT 2000`,
  );
  return rows.flatMap(({ name }) => [name, name.replace(/^public\./, "")]);
}

interface PostgresqlColumn {
  readonly column: DatabaseColumn;
  /** SQL of the value as text. */
  readonly text: string;
}

async function readColumns(client: Client, oid: number): Promise<PostgresqlColumn[]> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `SELECT a.attname AS name,
      pg_catalog.format_type(CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END, NULL) AS type
    FROM pg_catalog.pg_attribute AS a JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
    WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
    [oid],
  );
  return rows.map(({ name, type }) => {
    const quoted = quoteIdentifier(name, "postgresql");
    const text = (value: string): string => `CAST(${value} AS text)`;
    if (type === "timestamp with time zone")
      return { column: { name, kind: "moment" }, text: text(`${quoted} AT TIME ZONE 'UTC'`) };
    if (/^(?:date|timestamp)/.test(type)) return { column: { name, kind: "moment" }, text: text(quoted) };
    if (type === "money")
      return { column: { name, kind: "number" }, text: text(`CAST(${quoted} AS numeric)`) };
    const isNumber = /^(?:numeric|real|double)/.test(type);
    return { column: { name, kind: isNumber ? "number" : "text" }, text: text(quoted) };
  });
}

async function copyRows(
  client: Client,
  asked: {
    readonly name: string;
    readonly columns: readonly PostgresqlColumn[];
    readonly signal: AbortSignal;
  },
): Promise<Omit<CopiedTable, "columns">> {
  const { to } = await import("pg-copy-streams");
  const folder = mkdtempSync(join(tmpdir(), "segbook-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const path = join(folder, "records.csv");
    const texts = asked.columns.map(({ text }) => text).join(", ");
    // A row of one column without a value would be an empty line.
    const options = `FORMAT csv, ENCODING 'UTF8'${asked.columns.length === 1 ? ", FORCE_QUOTE *" : ""}`;
    const rows = client.query(to(`COPY (SELECT ${texts} FROM ${asked.name}) TO STDOUT (${options})`));
    const lines = countLines();
    await pipeline(rows, lines.stream, createWriteStream(path), { signal: asked.signal });
    const style = {
      columnCount: asked.columns.length,
      hasHeader: false,
      delimiter: ",",
      quote: '"',
      hasLineBreaks: lines.count() !== rows.rowCount,
    };
    return { relation: csvRelation(path, style), rowCount: rows.rowCount, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Passes bytes on and counts line ends: more than rows means that some stand inside of values. */
function countLines(): { readonly stream: Transform; count(): number } {
  let count = 0;
  const stream = new Transform({
    transform(bytes: Buffer, _encoding, done) {
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++;
      done(null, bytes);
    },
  });
  return { stream, count: () => count };
}
