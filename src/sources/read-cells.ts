import type { SourceConfig } from "../config/workbook-config.js";
import {
  momentOf,
  quickDecimal,
  readsBack,
  readsBackScaled,
  scaledNumber,
  trimmedText,
  wholeNumber,
} from "./cell-sql.js";
import type { PlanInput, Term } from "./table-plan.js";
import { textOfTyped } from "./typed-relation.js";

/**
 * How a cell is read at little cost: a value taken as the engine has it where that is sure to be right, by its text elsewhere.
 *
 * `text` is written out in place, so that the engine makes it only for cells that need it.
 */
export interface CellReading {
  /** Over the columns of the file. */
  readonly terms: readonly Term[];
  /** SQL: the trimmed text of the cell. */
  readonly text: string;
  /** SQL: the value. */
  readonly value: string;
}

/** A cell before it is read: its column in the relation and the type that the file gives it, VARCHAR for text. */
interface Cell {
  readonly column: string;
  readonly type: string;
}

/** What is quick about a cell: terms, the value, and the condition under which it is what the text would give. */
interface Quick {
  readonly terms: readonly Term[];
  readonly value: string;
  readonly isSure: string;
}

/** A whole number as BIGINT, see {@link wholeNumber}. */
export function readWholeNumber(name: string, word: string, input: PlanInput): CellReading | undefined {
  return readCell(name, word, input, {
    quick: (cell) => quickWhole(name, cell),
    slow: (text) => wholeNumber(text, input.source),
  });
}

/** A number times 10^decimals as BIGINT, see {@link scaledNumber}. */
export function readScaledNumber(name: string, word: string, input: PlanInput): CellReading | undefined {
  const { decimals } = input.config.money;
  return readCell(name, word, input, {
    quick: (cell) => quickScaled(name, decimals, cell),
    slow: (text) => scaledNumber(text, decimals, input.source),
  });
}

/** A day with its time as TIMESTAMP, see {@link momentOf}. */
export function readMoment(name: string, word: string, input: PlanInput): CellReading | undefined {
  return readCell(name, word, input, {
    quick: (cell) => quickMoment(name, cell, input.source),
    slow: (text) => momentOf(text, input.source),
  });
}

function readCell(
  name: string,
  word: string,
  { source, header, types }: PlanInput,
  { quick, slow }: { quick: (cell: Cell) => Quick | undefined; slow: (text: string) => string },
): CellReading | undefined {
  const column = source.columns.get(word);
  const isPlain = source.decimalSeparator === "." && source.thousandsSeparator === "";
  if (column === undefined || !isPlain) return undefined;
  const at = header.indexOf(column);
  const cell =
    types === undefined ? { column: `c${at}`, type: "VARCHAR" } : { column: `n${at}`, type: types[at]! };
  const found = quick(cell);
  if (found === undefined) return undefined;
  const text = trimmedText(textOfTyped(`${name}_cell`, cell.type, source));
  return {
    terms: [{ name: `${name}_cell`, sql: cell.column }, ...found.terms],
    text,
    value: `CASE WHEN ${found.isSure} THEN ${found.value} ELSE ${slow(text)} END`,
  };
}

/** Text is cast once; the cast is right where the engine would write the value as it stands. */
function quickText(name: string, column: string, type: string): Quick {
  const value = `${name}_cast`;
  return {
    terms: [{ name: value, sql: `TRY_CAST(${column} AS ${type})` }],
    value,
    isSure: readsBack(value, `${name}_cell`),
  };
}

const smallIntegers = new Set(["TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT", "UINTEGER"]);

function quickWhole(name: string, { column, type }: Cell): Quick | undefined {
  if (type === "VARCHAR") return quickText(name, column, "BIGINT");
  if (type !== "BIGINT" && !smallIntegers.has(type)) return undefined;
  return { terms: [], value: `CAST(${name}_cell AS BIGINT)`, isSure: `${name}_cell IS NOT NULL` };
}

/** DECIMAL holds at most 18 digits in a word of 64 bits. */
const mostDigits = 18;

function quickScaled(name: string, decimals: number, { column, type }: Cell): Quick | undefined {
  const cell = `${name}_cell`;
  const factor = 10 ** decimals;
  const isSure = `${cell} IS NOT NULL`;
  if (type === "VARCHAR") {
    const quick = quickText(name, column, quickDecimal(decimals));
    return {
      ...quick,
      value: `CAST(${quick.value} * ${factor} AS BIGINT)`,
      isSure: readsBackScaled(quick.value, cell, decimals),
    };
  }
  if (smallIntegers.has(type)) return { terms: [], value: `CAST(${cell} AS BIGINT) * ${factor}`, isSure };
  // A double with so few digits is the only one that is written so: divided again, it is the same or had more decimals.
  if (type === "DOUBLE")
    return {
      terms: [],
      value: `CAST(round(${cell} * ${factor}) AS BIGINT)`,
      isSure: `abs(${cell}) < ${1e14 / factor} AND round(${cell} * ${factor}) / ${factor}::DOUBLE = ${cell}`,
    };
  const [, width, scale] = /^DECIMAL\((\d+),(\d+)\)$/.exec(type) ?? [];
  const fits = Number(scale) <= decimals && Number(width) - Number(scale) + decimals <= mostDigits;
  if (!fits) return undefined;
  // The engine multiplies in 64 bits, and throws where the digits of both do not fit.
  const wide = Number(width) + decimals <= mostDigits ? cell : `CAST(${cell} AS DECIMAL(38, ${scale}))`;
  return { terms: [], value: `CAST(${wide} * ${factor} AS BIGINT)`, isSure };
}

const isoDays = "%Y-%m-%d";
const isoMoments = "%Y-%m-%d %H:%M:%S";

function quickMoment(name: string, { column, type }: Cell, { dateFormat }: SourceConfig): Quick | undefined {
  if (dateFormat !== isoDays && dateFormat !== isoMoments) return undefined;
  const cell = `${name}_cell`;
  if (type === "VARCHAR") {
    const { terms, value, isSure } = quickText(name, column, dateFormat === isoDays ? "DATE" : "TIMESTAMP");
    return { terms, value: `CAST(${value} AS TIMESTAMP)`, isSure: `${isSure} AND ${isInRange(value)}` };
  }
  if (type === "DATE") return { terms: [], value: `CAST(${cell} AS TIMESTAMP)`, isSure: isInRange(cell) };
  if (type !== "TIMESTAMP") return undefined;
  const unit = dateFormat === isoDays ? "day" : "second";
  return {
    terms: [],
    value: `CAST(date_trunc('${unit}', ${cell}) AS TIMESTAMP)`,
    isSure: isInRange(cell),
  };
}

/** Later moments are left to the exact reading. */
function isInRange(value: string): string {
  return `${value} BETWEEN DATE '1900-01-01' AND DATE '2199-12-31'`;
}
