import { InputError } from "../core/errors.js";
import type { Engine } from "../engine/engine.js";
import { quoteIdentifier, quoteText } from "../engine/sql-text.js";
import { chooseTable } from "./choose-table.js";
import type { FileReading, RawFile } from "./raw-table.js";
import { openTypedFile } from "./typed-relation.js";

/**
 * Opens a table of a DuckDB file, read-only. Views are refused: they may read any file.
 *
 * @throws InputError (without the file's name) if it is none, another program has it open, or it has no such table or column.
 */
export async function openDuckDbFile(engine: Engine, reading: FileReading): Promise<RawFile> {
  const { source, file } = reading;
  const name = `file_${Buffer.from(`${source.name} ${file.written}`).toString("hex")}`;
  const catalog = quoteIdentifier(name, "duckdb");
  return openTypedFile(engine, reading, async () => {
    await attach(engine, file.path, catalog);
    const relation = `${catalog}.${await findTable(engine, name, source.table)}`;
    return { relation, close: () => engine.run(`DETACH DATABASE IF EXISTS ${catalog}`) };
  });
}

async function attach(engine: Engine, path: string, catalog: string): Promise<void> {
  try {
    await engine.run(
      `DETACH DATABASE IF EXISTS ${catalog}; ATTACH ${quoteText(path, "duckdb")} AS ${catalog} (READ_ONLY)`,
    );
  } catch (error) {
    const { message } = error as Error;
    if (/lock/i.test(message))
      throw new InputError("must be at rest, got a file that another program has open. Close that program");
    if (/newer version/.test(message))
      throw new InputError(
        "must be of a version that our DuckDB reads, got a newer one. Export the table: COPY … TO 'FILE.parquet'",
      );
    throw new InputError("must be a whole DuckDB file, got other bytes");
  }
}

/** Names of the tables, with their schema where it is not `main`. @throws InputError (without the file's name) as {@link openDuckDbFile}. */
export async function listDuckDbTables(engine: Engine, path: string): Promise<readonly string[]> {
  const name = "file_to_list";
  await attach(engine, path, name);
  try {
    return [...(await tablesOf(engine, name)).keys()];
  } finally {
    await engine.run(`DETACH DATABASE IF EXISTS ${name}`);
  }
}

/** `table` or `schema.table`, quoted. */
async function findTable(engine: Engine, database: string, wanted: string | undefined): Promise<string> {
  const tables = await tablesOf(engine, database);
  const chosen = tables.get(chooseTable([...tables.keys()], wanted?.replace(/^main\./, "")))!;
  return chosen.map((part) => quoteIdentifier(part, "duckdb")).join(".");
}

/** Name → schema and table. */
async function tablesOf(
  engine: Engine,
  database: string,
): Promise<ReadonlyMap<string, readonly [string, string]>> {
  const found = await engine.rows(`SELECT schema_name, table_name FROM duckdb_tables()
    WHERE database_name = ${quoteText(database, "duckdb")} AND NOT internal ORDER BY 1, 2`);
  return new Map(
    found.map((row) => {
      const [schema, name] = [String(row.get("schema_name")), String(row.get("table_name"))];
      return [schema === "main" ? name : `${schema}.${name}`, [schema, name] as const];
    }),
  );
}
