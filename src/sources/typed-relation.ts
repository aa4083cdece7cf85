import type { SourceConfig } from "../config/workbook-config.js";
import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { readSha256 } from "../core/sha256.js";
import type { Engine } from "../engine/engine.js";
import { quoteIdentifier, quoteText } from "../engine/sql-text.js";
import { checkHeader } from "./csv-header.js";
import { checkUnchanged, fileStateOf } from "./file-state.js";
import { type FileReading, neededColumns, type RawFile } from "./raw-table.js";

/** How a file of typed columns is opened. */
export interface TypedOpening {
  /** SQL that stands after FROM. */
  readonly relation: string;
  /** The same with `file_row_number`, where there is such a column. */
  readonly numbered?: string;
  /** Lets go of the file. */
  readonly close?: () => Promise<void>;
}

/**
 * Opens a file whose columns have types; its rows count from 1 as lines do.
 *
 * @param open - Called once the state of the file is noted.
 * @throws InputError (without the file's name) if the file lacks a column, or as {@link readTyped}.
 */
export async function openTypedFile(
  engine: Engine,
  { source, file: { path, written } }: FileReading,
  open: () => Promise<TypedOpening>,
): Promise<RawFile> {
  const state = fileStateOf(path);
  const { relation, numbered, close } = await open();
  const typed = await readTyped(engine, relation, source, numbered);
  checkHeader({ header: typed.header, needed: neededColumns(source) });
  return {
    written,
    ...typed,
    sha256: await readSha256(path),
    faults: new Map(),
    cells: [],
    notes: [],
    lineOf: (row) => row + 1,
    async release() {
      await close?.();
      checkUnchanged(path, state);
    },
  };
}

/**
 * A relation of typed columns as one of text, so that every format takes the same path: days and times in the declared pattern,
 * whole numbers without a point whatever their type, NaN as missing.
 *
 * @param relation - SQL that stands after FROM.
 * @param numbered - The same relation with `file_row_number`, where it has one.
 * @throws InputError (without the file's name) if a needed column is nested or holds bytes.
 */
async function readTyped(
  engine: Engine,
  relation: string,
  source: SourceConfig,
  numbered?: string,
): Promise<Pick<RawFile, "header" | "relation" | "native" | "rowCount">> {
  const described = await engine.rows(`DESCRIBE SELECT * FROM ${relation}`);
  const needed = new Set(neededColumns(source));
  const header = described.map((row) => String(row.get("column_name")));
  const columns = described.map((row, j) => {
    const type = String(row.get("column_type"));
    if (needed.has(header[j]!)) checkCellType(header[j]!, type);
    return `${textOfTyped(quoteIdentifier(header[j]!, "duckdb"), type, source)} AS c${j}`;
  });
  const native = header.map((name, j) => `${quoteIdentifier(name, "duckdb")} AS n${j}`);
  const number = numbered === undefined ? [] : ["file_row_number AS row_number"];
  const [counted] = await engine.rows(`SELECT count(*) AS rows FROM ${relation}`);
  return {
    header,
    relation: `(SELECT ${columns.join(", ")} FROM ${relation})`,
    native: {
      relation: `(SELECT ${[...columns, ...native, ...number].join(", ")} FROM ${numbered ?? relation})`,
      isNumbered: numbered !== undefined,
      types: described.map((row) => String(row.get("column_type"))),
    },
    rowCount: Number(counted?.get("rows")),
  };
}

function checkCellType(name: string, type: string): void {
  const isNested = /^(STRUCT|MAP|UNION)|\[\d*\]$/.test(type);
  if (isNested || type === "BLOB")
    throw new InputError(
      `must hold one value in every cell of ${describeValue(name)}, got ${isNested ? "a nested column" : "bytes"} of type ${type.slice(0, 60)}. Write its parts as columns of their own`,
    );
}

/** SQL: a typed cell as the text that the workbook declares. */
export function textOfTyped(
  column: string,
  type: string,
  { dateFormat, decimalSeparator }: Pick<SourceConfig, "dateFormat" | "decimalSeparator">,
): string {
  if (type === "VARCHAR") return column;
  const text = `CAST(${column} AS VARCHAR)`;
  if (/^(DATE|TIMESTAMP)/.test(type))
    return `coalesce(strftime(TRY_CAST(${column} AS TIMESTAMP), ${quoteText(dateFormat, "duckdb")}), ${text})`;
  if (!/^(DOUBLE|FLOAT|DECIMAL)/.test(type)) return text;
  const number = type.startsWith("DECIMAL") ? text : shortestText(column, text);
  return decimalSeparator === "," ? `replace(${number}, '.', ',')` : number;
}

/** A double with the fewest digits; a whole one as a whole number, because ids with gaps are often stored so. */
function shortestText(column: string, text: string): string {
  return `CASE WHEN isnan(${column}) THEN NULL WHEN abs(${column}) < 1e15 AND ${column} = trunc(${column})
    THEN CAST(CAST(${column} AS BIGINT) AS VARCHAR) ELSE ${text} END`;
}
