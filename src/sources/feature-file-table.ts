import { createReadStream, existsSync, statSync } from "node:fs";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { describeValue, didYouMean, listForMessage } from "../core/check.js";
import { InputError, MachineError } from "../core/errors.js";
import { checkReadable } from "../core/file-error.js";
import type { Engine } from "../engine/engine.js";
import { quoteIdentifier, quoteText } from "../engine/sql-text.js";
import { readHeader } from "./feature-file-header.js";

/** A feature file inside the engine: columns `c0`, `c1`, … of the temporary table, in the order of the file. */
export interface FeatureFileTable {
  readonly path: string;
  /** As written in the file. */
  readonly names: readonly string[];
  /** Whether column i holds numbers already (Parquet); otherwise it is text. */
  readonly isNumber: readonly boolean[];
  /** What a row is called in a message, and the number of the first one. */
  readonly rowWord: "line" | "row";
  readonly firstRow: number;
}

/** Name of the temporary table. Its `rowid` is the order of the file. */
export const featureTable = "segbook_feature_file";

const caller = "readFeatureFile";
const delimiters: ReadonlyMap<string, string> = new Map([
  ["csv", ","],
  ["tsv", "\t"],
]);
const numberTypes = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*)$/;

/**
 * Copies a `.csv`, `.tsv` (also `.gz`) or `.parquet` file into the temporary table {@link featureTable}.
 *
 * @throws InputError if the file is missing, of another kind, or breaks its format, naming the line.
 */
export async function copyFeatureFile(engine: Engine, path: string): Promise<FeatureFileTable> {
  if (!existsSync(path) || !statSync(path).isFile())
    throw new InputError(`${caller}: path must name a file, got ${path}, which is not one`);
  checkReadable(caller, "path", path);
  const kind = /\.(csv|tsv|parquet)(\.gz)?$/i.exec(path)?.[1]?.toLowerCase();
  if (kind === undefined || /\.parquet\.gz$/i.test(path))
    throw new InputError(`${caller}: path must end in .csv, .tsv, .csv.gz, .tsv.gz or .parquet, got ${path}`);
  const delimiter = delimiters.get(kind);
  return delimiter === undefined ? copyParquet(engine, path) : copyDelimited(engine, path, delimiter);
}

/** Where a named column is in the file. @throws InputError if it is not there, or twice. */
export function columnPosition(table: FeatureFileTable, name: string): number {
  const position = table.names.indexOf(name);
  if (position < 0)
    throw new InputError(
      `${caller}: the file must have a column ${describeValue(name)}, got ${listForMessage(table.names.map(describeValue))} in ${table.path}${didYouMean(name, table.names) || separatorHint(table)}`,
    );
  if (table.names.indexOf(name, position + 1) >= 0)
    throw new InputError(
      `${caller}: the file must have one column ${describeValue(name)}, got several in ${table.path}`,
    );
  return position;
}

/** A whole header in one column is a file with another separator. */
function separatorHint(table: FeatureFileTable): string {
  const [only = ""] = table.names;
  const found =
    table.names.length === 1 && [";", "\t", "|", ","].find((separator) => only.includes(separator));
  if (!found) return "";
  const word = { ";": "semicolons", "\t": "tabs", "|": "bars", ",": "commas" }[found];
  return `. Its columns seem to be separated by ${word}: a .csv file must have commas, a .tsv file tabs`;
}

async function copyDelimited(engine: Engine, path: string, delimiter: string): Promise<FeatureFileTable> {
  const names = readHeader(caller, path, delimiter);
  if (/\.gz$/i.test(path)) await checkWholeGzip(path);
  const columns = names.map((_, j) => `c${j}: 'VARCHAR'`).join(", ");
  const source = `read_csv(${pathText(path)}, columns = {${columns}}, header = true, auto_detect = false,
    delim = ${quoteText(delimiter, "duckdb")}, quote = '"', escape = '"', encoding = 'utf-8', hive_partitioning = false,
    strict_mode = true, max_line_size = 16777216)`;
  await copyTable(engine, path, `SELECT * FROM ${source}`);
  return { path, names, isNumber: names.map(() => false), rowWord: "line", firstRow: 2 };
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

async function copyParquet(engine: Engine, path: string): Promise<FeatureFileTable> {
  const source = `read_parquet(${pathText(path)}, hive_partitioning = false)`;
  const description = await engine.rows(`DESCRIBE SELECT * FROM ${source}`).catch(() => {
    throw new InputError(`${caller}: a file called .parquet must be one, got other bytes in ${path}`);
  });
  const names = description.map((row) => String(row.get("column_name")));
  const isNumber = description.map((row) => numberTypes.test(String(row.get("column_type"))));
  const positions = names.map((_, j) => quoteIdentifier(`c${j}`, "duckdb")).join(", ");
  await copyTable(engine, path, `SELECT * FROM ${source} AS source(${positions})`);
  return { path, names, isNumber, rowWord: "row", firstRow: 1 };
}

async function copyTable(engine: Engine, path: string, query: string): Promise<void> {
  await engine
    .run(`CREATE OR REPLACE TEMPORARY TABLE ${featureTable} AS ${query}`)
    .catch(throwUnreadable(path));
}

/** A path as a literal that names one file, not a pattern of files. */
function pathText(path: string): string {
  return quoteText(path.replaceAll(/[*?[]/g, "[$&]"), "duckdb");
}

function throwUnreadable(path: string): (error: Error) => never {
  return (error) => {
    if (error instanceof MachineError) throw error;
    throw new InputError(`${caller}: ${explain(error.message)} of ${path}`);
  };
}

function explain(message: string): string {
  const line = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  const where = line === undefined ? "in a part" : `at line ${line}`;
  const counts = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message);
  if (counts) return `each line must have ${counts[1]} fields, got ${counts[2]} ${where}`;
  if (message.includes("unterminated quote")) return `each quote must be closed, got an open one ${where}`;
  if (message.includes("utf-8")) return `the file must be UTF-8, got other bytes ${where}`;
  if (message.includes("Maximum line size"))
    return `each line must be shorter than 16 MB, got a longer one ${where}`;
  if (message.includes("RFC 4180"))
    return `lines must end alike and quotes enclose whole fields, got mixed line ends or a stray quote ${where}`;
  return `the file must keep to its format, got a fault ${where}`;
}
