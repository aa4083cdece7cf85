import { basename } from "node:path";
import type { SourceConfig } from "../config/workbook-config.js";
import { InputError } from "../core/errors.js";
import { readSha256 } from "../core/sha256.js";
import type { Engine } from "../engine/engine.js";
import { quoteIdentifier, quoteText } from "../engine/sql-text.js";
import { checkHeader } from "./csv-header.js";
import { neededColumns, type RawReading, type RawTable } from "./raw-table.js";

/**
 * Reads a Parquet file into a table of text; its rows count from 1 as lines do.
 *
 * @throws InputError if the file is none, lacks a column or has no row.
 */
export async function readParquetTable(
  engine: Engine,
  { source, path, table }: RawReading,
): Promise<RawTable> {
  const file = basename(path);
  const reader = `read_parquet(${quoteText(path, "duckdb")})`;
  const described = await engine.rows(`DESCRIBE SELECT * FROM ${reader}`).catch(() => undefined);
  if (described === undefined)
    throw new InputError(
      `loadSources: ${file} must be a Parquet file, got something else. Say format: csv if it is text`,
    );
  const header = described.map((row) => String(row.get("column_name")));
  checkHeader({ file, header, needed: neededColumns(source) });
  const columns = described.map((row, j) => {
    const cell = parquetText(header[j]!, String(row.get("column_type")), source);
    return `${cell} AS c${j}`;
  });
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${table} AS SELECT ${columns.join(", ")} FROM ${reader}`);
  const [counted] = await engine.rows(`SELECT count(*) AS rows FROM ${table}`);
  const rowCount = Number(counted?.get("rows"));
  if (rowCount === 0) throw new InputError(`loadSources: ${file} must hold at least one row, got none`);
  return {
    table,
    header,
    rowCount,
    sha256: await readSha256(path),
    faults: new Map(),
    lineOf: (row) => row + 1,
  };
}

/** A typed cell as the text that the workbook declares, so that both formats take the same path. */
function parquetText(name: string, type: string, { dateFormat, decimalSeparator }: SourceConfig): string {
  const column = quoteIdentifier(name, "duckdb");
  if (/^(DATE|TIMESTAMP)/.test(type))
    return `strftime(CAST(${column} AS TIMESTAMP), ${quoteText(dateFormat, "duckdb")})`;
  const text = `CAST(${column} AS VARCHAR)`;
  const isFraction = /^(DOUBLE|FLOAT|DECIMAL)/.test(type);
  return isFraction && decimalSeparator === "," ? `replace(${text}, '.', ',')` : text;
}
