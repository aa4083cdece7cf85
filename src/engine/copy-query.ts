import { closeSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "../core/write-atomic.js";
import type { Engine } from "./engine.js";
import { quoteText } from "./sql-text.js";

/** Formats that DuckDB writes. */
export type CopyFormat = "csv" | "parquet";

/** How a query is written to a file. */
export interface CopyOptions<Result> {
  readonly format: CopyFormat;
  /** Looks at the file before it takes its place, given SQL after FROM that reads it back, all columns as text from CSV. */
  readonly inspect: (written: string) => Promise<Result>;
}

/**
 * Writes the rows of a DuckDB query, in their order, to a file: whole or not at all, whatever stops it.
 *
 * CSV after RFC 4180 with LF, UTF-8, a header, and nothing where a value is NULL. Memory is a few batches of rows.
 *
 * @param columns - Names of the query's columns.
 * @param path - Overwritten if it exists; folders on the way are made.
 */
export async function copyQuery<Result>(
  engine: Engine,
  {
    sql,
    columns,
    path,
  }: { readonly sql: string; readonly columns: readonly string[]; readonly path: string },
  { format, inspect }: CopyOptions<Result>,
): Promise<Result> {
  const unfinished = `${path}.${process.pid}.part`;
  const remove = (): void => rmSync(unfinished, { force: true });
  const place = quoteText(unfinished, "duckdb");
  makeFolder(dirname(path));
  process.once("exit", remove);
  try {
    await engine.run(`COPY (${sql}) TO ${place} (${optionsOf[format]}, USE_TMP_FILE false)`);
    const result = await inspect(readBack(place, columns, format));
    flushToDisk(unfinished);
    renameSync(unfinished, path);
    return result;
  } finally {
    process.removeListener("exit", remove);
    remove();
  }
}

const optionsOf: Readonly<Record<CopyFormat, string>> = {
  csv: `FORMAT csv, HEADER true, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR ''`,
  parquet: "FORMAT parquet, COMPRESSION snappy",
};

function readBack(place: string, columns: readonly string[], format: CopyFormat): string {
  if (format === "parquet") return `read_parquet(${place}, hive_partitioning = false)`;
  const types = columns.map((name) => `${quoteText(name, "duckdb")}: 'VARCHAR'`).join(", ");
  return `read_csv(${place}, columns = {${types}}, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
    hive_partitioning = false)`;
}

/** A file that is renamed before its bytes are on disk can be empty after a power cut. */
function flushToDisk(path: string): void {
  const file = openSync(path, "r+");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
