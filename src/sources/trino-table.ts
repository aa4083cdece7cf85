import { InputError } from "../core/errors.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import { openTrino, type TrinoEngine } from "../engine/trino.js";
import {
  type ColumnsCheck,
  type CopiedTable,
  type DatabaseColumn,
  type DatabaseTable,
  missingTable,
  splitName,
} from "./database-table.js";
import { openRecordFile } from "./record-file.js";

/**
 * Copies a table of Trino to a temporary file, page by page, by one SELECT; what state of the table that sees its catalog decides.
 *
 * @throws InputError or MachineError as openTrino; InputError if there is no such table.
 */
export async function copyTrinoTable(database: DatabaseTable, check: ColumnsCheck): Promise<CopiedTable> {
  const engine = openConnection(database);
  try {
    const name = splitName(database.table);
    const table = [name.schema, name.name].filter((part) => part !== undefined);
    const quoted = table.map((part) => quoteIdentifier(part, "trino")).join(".");
    const columns = await readColumns(engine, database, quoted);
    check(columns.map(({ column }) => column));
    return { columns: columns.map(({ column }) => column), ...(await copyRows(engine, quoted, columns)) };
  } finally {
    engine.close();
  }
}

function openConnection({ connection: { name, config }, signal }: DatabaseTable): TrinoEngine {
  const { url, catalog, schema, user, userFrom, passwordFrom, caFile } = config;
  const asking = userFrom === undefined ? user : process.env[userFrom];
  if (url === undefined || catalog === undefined)
    throw new InputError(
      `loadSources: connections.${name} must have url and catalog, got ${url === undefined ? "no url" : "no catalog"}`,
    );
  return openTrino({
    url,
    catalog,
    ...(schema && { schema }),
    ...(asking && { user: asking }),
    ...(passwordFrom && { passwordFrom }),
    ...(caFile && { caFile }),
    ...(signal && { signal }),
  });
}

interface SelectedColumn {
  readonly column: DatabaseColumn;
  readonly sql: string;
}

async function readColumns(
  engine: TrinoEngine,
  database: DatabaseTable,
  quoted: string,
): Promise<readonly SelectedColumn[]> {
  const described = await engine.rows(`DESCRIBE ${quoted}`).catch(async (error: unknown) => {
    if (!(error instanceof InputError) || !/(TABLE|SCHEMA)_NOT_FOUND/.test(error.message)) throw error;
    throw missingTable(database, await listTables(engine, database));
  });
  return described.map((row) => {
    const name = String(row.get("Column"));
    const type = String(row.get("Type"));
    const sql = quoteIdentifier(name, "trino");
    if (/with time zone$/.test(type))
      return { column: { name, kind: "moment" }, sql: `CAST(${sql} AT TIME ZONE 'UTC' AS TIMESTAMP(6))` };
    const kind = /^(?:date|timestamp)/.test(type)
      ? "moment"
      : /^(?:decimal|real|double)/.test(type)
        ? "number"
        : "text";
    return { column: { name, kind }, sql };
  });
}

async function listTables(engine: TrinoEngine, { table, connection }: DatabaseTable): Promise<string[]> {
  const { schema } = splitName(table);
  const home = schema ?? connection.config.schema;
  if (home === undefined) return [];
  const rows = await engine.rows(`SHOW TABLES FROM ${quoteIdentifier(home, "trino")}`).catch(() => []);
  return rows.map((row) => `${schema === undefined ? "" : `${schema}.`}${String(row.get("Table"))}`);
}

async function copyRows(
  engine: TrinoEngine,
  quoted: string,
  columns: readonly SelectedColumn[],
): Promise<Omit<CopiedTable, "columns">> {
  const file = openRecordFile();
  try {
    let rowCount = 0;
    for await (const page of engine.pages(
      `SELECT ${columns.map(({ sql }) => sql).join(", ")} FROM ${quoted}`,
    ))
      for (const row of page.rows) {
        file.add(row.map((value) => (value === null ? null : String(value))));
        rowCount++;
      }
    return { relation: file.finish(columns.length), rowCount, remove: file.remove };
  } catch (error) {
    file.remove();
    throw error;
  }
}
