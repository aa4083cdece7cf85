import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { type Matrix, rowsOf } from "../core/matrix.js";

/** One column of words, each word as the number of its level. */
export interface CodedColumn {
  readonly name: string;
  /** The different words, in code-unit order. */
  readonly levels: readonly string[];
  /** Shape (nRows,): index into levels, −1 where missing. */
  readonly codes: Int32Array;
}

/** Named columns of numbers and of words, equally long. Rows are customers. */
export interface MixedTable {
  readonly rowCount: number;
  /** The numeric columns; there may be none. */
  readonly numbers: Matrix;
  /** The columns of words; there may be none. */
  readonly categories: readonly CodedColumn[];
}

/** What a column of a mixed table is made from: numbers, or words with null where missing. */
export type MixedColumn = ArrayLike<number | string | null | undefined>;

/**
 * A table of numbers and words from named columns, for the methods that take both.
 *
 * A column that holds any text is one of words; its levels are sorted, so that nothing depends on the order of rows.
 *
 * @param columns - Name → values, all of one length.
 * @throws InputError if there is no column, lengths differ, or a column mixes numbers and text.
 * @example
 * mixedTableOf({ spend: [5, 80], region: ["north", "south"] }).categories[0]?.levels // => ["north", "south"]
 */
export function mixedTableOf(columns: Readonly<Record<string, MixedColumn>>): MixedTable {
  return mixedTableOfColumns(Object.keys(columns), Object.values(columns));
}

/** {@link mixedTableOf} for names that may not be object keys (such as `__proto__`) or that repeat. */
export function mixedTableOfColumns(names: readonly string[], columns: readonly MixedColumn[]): MixedTable {
  const rowCount = columns[0]?.length;
  if (rowCount === undefined)
    throw new InputError("mixedTableOf: columns must hold at least one column, got none");
  const entries = columns.map((column, j): [string, MixedColumn] => [names[j]!, column]);
  for (const [name, column] of entries)
    if (column.length !== rowCount)
      throw new InputError(
        `mixedTableOf: columns must be equally long, got ${column.length} values in "${name}" and ${rowCount} in "${names[0]}"`,
      );
  const isText = ([, column]: [string, MixedColumn]) => Array.from(column).some((v) => typeof v === "string");
  const numeric = entries.filter((entry) => !isText(entry));
  return {
    rowCount,
    numbers: numbersOf(numeric, rowCount),
    categories: entries.filter(isText).map(([name, column]) => codeColumn(name, column)),
  };
}

/** A matrix or a mixed table as a mixed table. */
export function toMixedTable(table: Matrix | MixedTable): MixedTable {
  return "numbers" in table ? table : { rowCount: table.rowCount, numbers: table, categories: [] };
}

/** The given rows of a mixed table, in that order, copied. */
export function rowsOfTable(table: MixedTable, rows: ArrayLike<number>): MixedTable {
  return {
    rowCount: rows.length,
    numbers: rowsOf(table.numbers, rows),
    categories: table.categories.map((column) => ({
      ...column,
      codes: Int32Array.from(rows, (row) => column.codes[row]!),
    })),
  };
}

function numbersOf(entries: readonly [string, MixedColumn][], rowCount: number): Matrix {
  const columnCount = entries.length;
  const values = new Float64Array(rowCount * columnCount);
  entries.forEach(([name, column], j) => {
    for (let i = 0; i < rowCount; i++) {
      const value = column[i] ?? Number.NaN;
      if (typeof value !== "number")
        throw new InputError(
          `mixedTableOf: columns must hold numbers or text, got ${describeValue(value)} at row ${i}, column "${name}"`,
        );
      values[i * columnCount + j] = value;
    }
  });
  return { rowCount, columnCount, columns: entries.map(([name]) => name), values };
}

function codeColumn(name: string, column: MixedColumn): CodedColumn {
  const words = Array.from(column, (value, i) => {
    if (typeof value === "string" || value === null || value === undefined) return value ?? null;
    throw new InputError(
      `mixedTableOf: columns must hold numbers or text, not both, got ${describeValue(value)} at row ${i}, column "${name}"`,
    );
  });
  const levels = [...new Set(words.filter((word) => word !== null))].sort();
  const codeOf = new Map(levels.map((level, code) => [level, code]));
  return {
    name,
    levels,
    codes: Int32Array.from(words, (word) => (word === null ? -1 : codeOf.get(word)!)),
  };
}
