import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Engine } from "../engine/engine.js";
import { quoteIdentifier, quoteText } from "../engine/sql-text.js";
import { checkHeader } from "./csv-header.js";
import { neededColumns, type RawReading, type RawTable } from "./raw-table.js";
import { type CsvScan, scanCsv } from "./scan-csv.js";

/**
 * Reads delimited text into a table of text with every row in its place.
 *
 * @throws InputError if the file is not the text that the workbook says it is, or has no row.
 */
export async function readCsvTable(engine: Engine, reading: RawReading): Promise<RawTable> {
  const { source, path, table } = reading;
  const file = basename(path);
  const scan = await scanNamed(file, () => scanCsv(path, source));
  checkHeader({ file, header: scan.header, needed: neededColumns(source), delimiter: source.delimiter });
  if (scan.rowCount === 0 && scan.faults.size === 0)
    throw new InputError(`loadSources: ${file} must hold at least one row below the header, got none`);
  if (scan.isRegular) await readRecords(engine, reading, scan);
  else await readCopy(engine, reading, scan);
  return { ...scan, table };
}

/** Puts the file's name before an error of the scan. */
async function scanNamed<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`loadSources: ${file} ${error.message}`);
    throw error;
  }
}

async function readCopy(engine: Engine, reading: RawReading, scan: CsvScan): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "segbook-"));
  try {
    const copy = join(folder, "records.csv");
    const output = openSync(copy, "w");
    try {
      await scanCsv(reading.path, reading.source, (bytes) => writeSync(output, bytes));
    } finally {
      closeSync(output);
    }
    await readRecords(engine, { ...reading, path: copy }, scan);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readRecords(
  engine: Engine,
  { path, table, source }: RawReading,
  scan: CsvScan,
): Promise<void> {
  const columns = scan.header.map((_, j) => `'c${j}': 'VARCHAR'`).join(", ");
  const [rejects, scans] = ["rejects", "scans"].map((word) => `${word}_${source.name}`);
  const option = (text: string) => quoteText(text, "duckdb");
  const read = engine.run(`
    CREATE OR REPLACE TEMP TABLE ${table} AS SELECT * FROM read_csv(${option(path)},
      auto_detect = false, header = true, columns = {${columns}}, strict_mode = true, encoding = 'utf-8',
      delim = ${option(source.delimiter)}, quote = ${option(source.quote)}, escape = ${option(source.quote)},
      store_rejects = true, rejects_limit = 0,
      rejects_table = ${option(rejects!)}, rejects_scan = ${option(scans!)})`);
  await read.catch((error: Error) => {
    if (!error.message.startsWith("Invalid Input Error")) throw error;
    throw new InputError(
      `loadSources: ${basename(path)} must be delimited text, got ${describeValue(error.message)}`,
    );
  });
  const [found] = await engine.rows(`
    SELECT (SELECT count(*) FROM ${table}) AS rows,
      (SELECT count(*) FROM ${quoteIdentifier(rejects!, "duckdb")}) AS rejects`);
  const rows = Number(found?.get("rows"));
  await engine.run(`
    DROP TABLE ${quoteIdentifier(rejects!, "duckdb")}; DROP TABLE ${quoteIdentifier(scans!, "duckdb")}`);
  if (rows !== scan.rowCount || found?.get("rejects") !== 0)
    throw new InputError(
      `loadSources: ${basename(path)} must be read alike by two readers, got ${scan.rowCount} rows by one and ${rows} by the other`,
    );
}
