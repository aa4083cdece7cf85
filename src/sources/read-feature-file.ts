import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { compareText } from "../core/text-order.js";
import { type Engine, numberColumn, textColumn } from "../engine/engine.js";
import {
  columnPosition,
  copyFeatureFile,
  type FeatureFileTable,
  featureTable,
} from "./feature-file-table.js";

/** Which columns of a feature file are wanted. */
export interface FeatureFileOptions {
  /** Column that names the customer. */
  readonly key: string;
  /** Numeric columns. */
  readonly columns: readonly string[];
}

/** Customers of a feature file, sorted by key in code-unit order. */
export interface FeatureFile {
  readonly keyName: string;
  /** As written: leading zeros and digits beyond 2^53 stay. */
  readonly keys: readonly string[];
  /** Column → values, NaN where the cell is empty, in the order asked. */
  readonly columns: ReadonlyMap<string, Float64Array>;
}

const caller = "readFeatureFile";
const numberPattern = "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?";

/**
 * Reads a file with one row per customer: `.csv` (commas), `.tsv`, either with `.gz`, or `.parquet`.
 *
 * Nothing is guessed: keys are text, wanted columns are numbers with a decimal point, an empty cell is a missing value, and
 * anything else in a number column is an error. Numbers that are not finite in a Parquet file are missing values.
 *
 * @param engine - Holds the file for a moment; no table is left behind.
 * @throws InputError if the file or a column is missing, the format is broken, a key is empty or repeated, a cell is not a
 * number, or there is no row; the message names lines (a record that spans lines counts as one).
 */
export async function readFeatureFile(
  engine: Engine,
  path: string,
  options: FeatureFileOptions,
): Promise<FeatureFile> {
  try {
    const table = await copyFeatureFile(engine, path);
    const key = columnPosition(table, options.key);
    const positions = positionsOf(table, options);
    await checkKeys(engine, table, key);
    for (const position of positions) await checkNumbers(engine, table, position);
    return await readSorted(engine, table, { key, positions });
  } finally {
    await engine.run(`DROP TABLE IF EXISTS ${featureTable}`);
  }
}

function positionsOf(table: FeatureFileTable, { key, columns }: FeatureFileOptions): number[] {
  const twice = columns.find((name, j) => columns.indexOf(name) !== j || name === key);
  if (twice !== undefined)
    throw new InputError(
      `${caller}: columns must differ from one another and from the key, got ${describeValue(twice)} again`,
    );
  return columns.map((name) => columnPosition(table, name));
}

async function checkKeys(engine: Engine, table: FeatureFileTable, key: number): Promise<void> {
  const name = describeValue(table.names[key]);
  const counted =
    await engine.rows(`SELECT count(*) AS total, min(rowid) FILTER (WHERE coalesce(${trimmed(key)}, '') = '') AS empty
    FROM ${featureTable}`);
  if (counted[0]?.get("total") === 0)
    throw new InputError(`${caller}: the file must hold at least one customer, got none in ${table.path}`);
  const empty = counted[0]?.get("empty");
  if (typeof empty === "number")
    throw new InputError(
      `${caller}: column ${name} must name a customer in every row, got nothing at ${rowText(table, empty)} of ${table.path}`,
    );
  const [repeated] =
    await engine.rows(`SELECT CAST(c${key} AS VARCHAR) AS value, count(*) AS times, min(rowid) AS first,
    max(rowid) AS last FROM ${featureTable} GROUP BY value HAVING count(*) > 1 ORDER BY first LIMIT 1`);
  if (repeated === undefined) return;
  const first = table.firstRow + Number(repeated.get("first"));
  const last = table.firstRow + Number(repeated.get("last"));
  throw new InputError(
    `${caller}: column ${name} must be unique, got ${repeated.get("times")} rows with ${describeValue(repeated.get("value"))} (${table.rowWord}s ${first} and ${last}) in ${table.path}`,
  );
}

async function checkNumbers(engine: Engine, table: FeatureFileTable, position: number): Promise<void> {
  if (table.isNumber[position]) return;
  const cell = trimmed(position);
  const faults = await engine.rows(`SELECT rowid AS row, count(*) OVER () AS total FROM ${featureTable}
    WHERE ${cell} <> '' AND NOT (regexp_full_match(${cell}, '${numberPattern}')
      AND coalesce(isfinite(TRY_CAST(${cell} AS DOUBLE)), FALSE))
    ORDER BY rowid LIMIT 3`);
  if (faults.length === 0) return;
  const places = faults.map((fault) => table.firstRow + Number(fault.get("row"))).join(", ");
  const total = Number(faults[0]?.get("total"));
  const where =
    total === 1 ? `at ${table.rowWord} ${places}` : `in ${total} rows, first at ${table.rowWord}s ${places},`;
  throw new InputError(
    `${caller}: column ${describeValue(table.names[position])} must hold numbers or empty cells, got something else ${where} of ${table.path}`,
  );
}

async function readSorted(
  engine: Engine,
  table: FeatureFileTable,
  { key, positions }: { readonly key: number; readonly positions: readonly number[] },
): Promise<FeatureFile> {
  const numbers = positions.map((position, j) => {
    const value = table.isNumber[position]
      ? `CAST(c${position} AS DOUBLE)`
      : `TRY_CAST(${trimmed(position)} AS DOUBLE)`;
    return `CASE WHEN isfinite(${value}) THEN ${value} END AS n${j}`;
  });
  const select = [`CAST(c${key} AS VARCHAR) AS key`, ...numbers].join(", ");
  const answer = await engine.columns(`SELECT ${select} FROM ${featureTable} ORDER BY rowid`);
  const keys = textColumn(answer, "key").map(String);
  const order = Uint32Array.from(keys.keys()).sort((a, b) => compareText(keys[a]!, keys[b]!));
  const columns = positions.map((position, j): [string, Float64Array] => {
    const values = numberColumn(answer, `n${j}`);
    return [table.names[position]!, Float64Array.from(order, (row) => values[row]!)];
  });
  return {
    keyName: table.names[key]!,
    keys: Array.from(order, (row) => keys[row]!),
    columns: new Map(columns),
  };
}

function trimmed(position: number): string {
  return `trim(CAST(c${position} AS VARCHAR))`;
}

function rowText(table: FeatureFileTable, rowIndex: number): string {
  return `${table.rowWord} ${table.firstRow + rowIndex}`;
}
