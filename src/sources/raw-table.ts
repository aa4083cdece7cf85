import { createHash } from "node:crypto";
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { SourceConfig } from "../config/workbook-config.js";
import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Engine } from "../engine/engine.js";
import { quoteIdentifier, quoteText } from "../engine/sql-text.js";
import { checkHeader } from "./csv-header.js";
import type { RecordFault } from "./csv-record.js";
import type { FaultyLines } from "./record-ledger.js";
import { type CsvScan, scanCsv } from "./scan-csv.js";

/** A file as a table of text: columns c0, c1, …, in file order; `rowid` counts its rows from 0. */
export interface RawTable {
  /** Quoted name. */
  readonly table: string;
  readonly header: readonly string[];
  readonly rowCount: number;
  readonly sha256: string;
  readonly faults: ReadonlyMap<RecordFault, FaultyLines>;
  lineOf(row: number): number;
}

/**
 * Reads a file into a table of text with every row in its place.
 *
 * @throws InputError if the file is not what the workbook says it is.
 */
export async function readRawTable(engine: Engine, source: SourceConfig, path: string): Promise<RawTable> {
  const table = quoteIdentifier(`raw_${source.name}`, "duckdb");
  const file = basename(path);
  if (source.format === "parquet") return readParquet(engine, source, { path, table });
  const scan = await explained(file, () => scanCsv(path, source));
  checkHeader({ file, header: scan.header, needed: neededColumns(source), delimiter: source.delimiter });
  if (scan.rowCount === 0 && scan.faults.size === 0)
    throw new InputError(`loadSources: ${file} must hold at least one row below the header, got none`);
  if (scan.isRegular) await readCsv(engine, { path, table, source, scan });
  else await readCopy(engine, { path, table, source, scan });
  return { ...scan, table };
}

function neededColumns({ columns, attributes, scales }: SourceConfig): string[] {
  const items = [...scales.values()].flatMap((scale) => scale.items.map((item) => item.replace(/^-/, "")));
  return [...columns.values(), ...[...attributes.values()].map(({ column }) => column), ...items];
}

/** Puts the file's name before an error of the scan. */
async function explained<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`loadSources: ${file} ${error.message}`);
    throw error;
  }
}

interface CsvReading {
  readonly path: string;
  readonly table: string;
  readonly source: SourceConfig;
  readonly scan: CsvScan;
}

async function readCopy(engine: Engine, reading: CsvReading): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "segbook-"));
  try {
    const copy = join(folder, "records.csv");
    const output = openSync(copy, "w");
    try {
      await scanCsv(reading.path, reading.source, (bytes) => writeSync(output, bytes));
    } finally {
      closeSync(output);
    }
    await readCsv(engine, { ...reading, path: copy });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readCsv(engine: Engine, { path, table, source, scan }: CsvReading): Promise<void> {
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

async function readParquet(
  engine: Engine,
  source: SourceConfig,
  { path, table }: { readonly path: string; readonly table: string },
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
    sha256: await fileSha256(path),
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

async function fileSha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
