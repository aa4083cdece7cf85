import { createReadStream, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { describeValue, didYouMean, listForMessage } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { checkReadable } from "../core/file-error.js";
import type { Engine } from "../engine/engine.js";
import { quoteIdentifier, quoteText } from "../engine/sql-text.js";
import { cellSql, type FeatureFileInput, type FileColumn } from "./feature-file-cells.js";
import { throwFormatFault } from "./feature-file-fault.js";
import { readHeader } from "./feature-file-header.js";
import { checkUnchanged, fileStateOf } from "./file-state.js";

/** A file with one row per customer, ready to be read from its start to its end, any number of times. */
export interface OpenFeatureFile {
  readonly path: string;
  /** Columns of the file, as written. */
  readonly names: readonly string[];
  readonly key: string;
  readonly inputs: readonly FeatureFileInput[];
  /**
   * SQL after FROM, in the order of the file: `row` (from 0), `customer`, and per input j `v<j>` (NULL where there is nothing that
   * can be read; a NaN of the file stays) and `u<j>` (whether the cell holds something that cannot be read).
   */
  readonly relation: string;
  readonly keyIsText: boolean;
  /** Whether the file itself holds whole numbers of at most 64 bits as keys. */
  readonly keyIsInteger: boolean;
  /** Which inputs may have cells that cannot be read. */
  readonly doubtful: readonly number[];
  /** What a row is called in a message, and the number of the first one. */
  readonly rowWord: "line" | "row";
  readonly firstRow: number;
  /** Called when the last row has been read, for what was counted and what was used to be the same rows. @throws InputError if the file has changed. */
  checkUnchanged(): void;
  /** Removes what was put aside. */
  release(): void;
}

const caller = "readFeatureFile";
const delimiters: ReadonlyMap<string, string> = new Map([
  ["csv", ","],
  ["tsv", "\t"],
]);
const integerTypes = /^U?(TINY|SMALL|BIG)?INT(EGER)?$/;
const numberTypes = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*)$/;

/**
 * Opens a `.csv`, `.tsv` (also `.gz`) or `.parquet` file of any size; memory is a few batches of rows.
 *
 * Columns are found by name, in any order; others are not read. A delimited file is parsed once, into a temporary Parquet file.
 *
 * @throws InputError if the file is missing, of another kind, lacks a column or has it twice, or breaks its format, naming the
 * line.
 */
export async function openFeatureFile(
  engine: Engine,
  path: string,
  wanted: Pick<OpenFeatureFile, "key" | "inputs">,
): Promise<OpenFeatureFile> {
  if (!existsSync(path) || !statSync(path).isFile())
    throw new InputError(`${caller}: path must name a file, got ${path}, which is not one`);
  checkReadable(caller, "path", path);
  const kind = /\.(csv|tsv|parquet)(\.gz)?$/i.exec(path)?.[1]?.toLowerCase();
  if (kind === undefined || /\.parquet\.gz$/i.test(path))
    throw new InputError(`${caller}: path must end in .csv, .tsv, .csv.gz, .tsv.gz or .parquet, got ${path}`);
  const delimiter = delimiters.get(kind);
  return delimiter === undefined
    ? openParquet(engine, path, wanted)
    : openDelimited(engine, path, { ...wanted, delimiter });
}

/** Bytes; the engine's own buffers would be 32 such lines long. */
const longestLine = 2 ** 24;

async function openDelimited(
  engine: Engine,
  path: string,
  { key, inputs, delimiter }: Pick<OpenFeatureFile, "key" | "inputs"> & { readonly delimiter: string },
): Promise<OpenFeatureFile> {
  const state = fileStateOf(path);
  const names = readHeader(caller, path, delimiter);
  const select = columnsSql(path, names, { key, inputs, columns: names.map(textColumn) });
  if (/\.gz$/i.test(path)) await checkWholeGzip(path);
  const columns = names.map((_, j) => `c${j}: 'VARCHAR'`).join(", ");
  const source = `read_csv(${pathText(path)}, columns = {${columns}}, header = true, auto_detect = false,
    delim = ${quoteText(delimiter, "duckdb")}, quote = '"', escape = '"', encoding = 'utf-8', hive_partitioning = false,
    strict_mode = true, max_line_size = ${longestLine}, buffer_size = ${4 * longestLine})`;
  const folder = mkdtempSync(join(tmpdir(), "segbook-"));
  const release = (): void => {
    process.removeListener("exit", release);
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", release);
  const parsed = quoteText(join(folder, "parsed.parquet"), "duckdb");
  const text = `COPY (SELECT ${select} FROM ${source}) TO ${parsed} (FORMAT parquet, COMPRESSION lz4_raw)`;
  try {
    await engine.run(text).catch((error: Error) => throwFormatFault(path, error));
    checkUnchanged(path, state, caller);
  } catch (error) {
    release();
    throw error;
  }
  const doubtful = [...inputs.keys()].filter((j) => inputs[j]!.type !== "text");
  const relation = `(SELECT *, file_row_number AS row FROM read_parquet(${parsed}, file_row_number = true))`;
  const lines = { rowWord: "line", firstRow: 2, keyIsText: true, keyIsInteger: false } as const;
  // From here on the copy is read.
  const stays = { checkUnchanged: () => undefined, release };
  return { path, names, key, inputs, relation, doubtful, ...lines, ...stays };
}

function textColumn(_: string, j: number): FileColumn {
  return { sql: `c${j}`, isNumber: false, isText: true };
}

async function openParquet(
  engine: Engine,
  path: string,
  { key, inputs }: Pick<OpenFeatureFile, "key" | "inputs">,
): Promise<OpenFeatureFile> {
  const state = fileStateOf(path);
  const source = `read_parquet(${pathText(path)}, hive_partitioning = false`;
  const description = await engine.rows(`DESCRIBE SELECT * FROM ${source})`).catch(() => {
    throw new InputError(`${caller}: a file called .parquet must be one, got other bytes in ${path}`);
  });
  const names = description.map((row) => String(row.get("column_name")));
  const columns = description.map((row, j): FileColumn => {
    const type = String(row.get("column_type"));
    return { sql: `c${j}`, isNumber: numberTypes.test(type), isText: type === "VARCHAR" };
  });
  const select = columnsSql(path, names, { key, inputs, columns });
  const positions = [...names.keys()].map((j) => quoteIdentifier(`c${j}`, "duckdb"));
  const relation = `(SELECT ${select}, row FROM ${source}, file_row_number = true) AS source(${[...positions, "row"].join(", ")}))`;
  const at = (name: string): FileColumn => columns[positionOf(path, names, name)]!;
  const doubtful = [...inputs.keys()].filter((j) => {
    const { type, name } = inputs[j]!;
    return type === "date" || (type === "number" && !at(name).isNumber);
  });
  const keyType = String(description[names.indexOf(key)]!.get("column_type"));
  const rows = { rowWord: "row", firstRow: 1, keyIsText: keyType === "VARCHAR" } as const;
  const keyIsInteger = integerTypes.test(keyType);
  const ends = { checkUnchanged: () => checkUnchanged(path, state, caller), release: () => undefined };
  return { path, names, key, inputs, relation, doubtful, keyIsInteger, ...rows, ...ends };
}

/** The key, and value and doubt of each input. */
function columnsSql(
  path: string,
  names: readonly string[],
  {
    key,
    inputs,
    columns,
  }: Pick<OpenFeatureFile, "key" | "inputs"> & { readonly columns: readonly FileColumn[] },
): string {
  const customer = columns[positionOf(path, names, key)]!;
  const cells = inputs.map((input, j) => {
    const { value, isUnreadable } = cellSql(input, columns[positionOf(path, names, input.name)]!);
    return `${value} AS v${j}, ${isUnreadable} AS u${j}`;
  });
  return [`${customer.sql} AS customer`, ...cells].join(", ");
}

/** Where a named column is in the file. @throws InputError if it is not there, or twice. */
function positionOf(path: string, names: readonly string[], name: string): number {
  const position = names.indexOf(name);
  if (position < 0)
    throw new InputError(
      `${caller}: the file must have a column ${describeValue(name)}, got ${listForMessage(names.map(describeValue))} in ${path}${didYouMean(name, names) || separatorHint(names)}`,
    );
  if (names.indexOf(name, position + 1) >= 0)
    throw new InputError(
      `${caller}: the file must have one column ${describeValue(name)}, got several in ${path}`,
    );
  return position;
}

/** A whole header in one column is a file with another separator. */
function separatorHint(names: readonly string[]): string {
  const [only = ""] = names;
  const found = names.length === 1 && [";", "\t", "|", ","].find((separator) => only.includes(separator));
  if (!found) return "";
  const word = { ";": "semicolons", "\t": "tabs", "|": "bars", ",": "commas" }[found];
  return `. Its columns seem to be separated by ${word}: a .csv file must have commas, a .tsv file tabs`;
}

/** The database takes a file that was cut off in the middle for a shorter one. */
async function checkWholeGzip(path: string): Promise<void> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  await pipeline(createReadStream(path), createGunzip({ chunkSize: 1 << 20 }), nowhere).catch(() => {
    throw new InputError(
      `${caller}: the file must be whole, got gzip data that do not unpack to their end in ${path}`,
    );
  });
}

/** A path as a literal that names one file, not a pattern of files. */
function pathText(path: string): string {
  return quoteText(path.replaceAll(/[*?[]/g, "[$&]"), "duckdb");
}
