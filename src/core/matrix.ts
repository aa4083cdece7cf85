import { describeValue } from "./check.js";
import { InputError } from "./errors.js";

/** Named numeric columns of equal length. Rows are customers. NaN stands for a missing value where a function allows one. */
export interface Matrix {
  readonly rowCount: number;
  readonly columnCount: number;
  /** Column names, in order. */
  readonly columns: readonly string[];
  /** Row-major values: row i, column j is at i · columnCount + j. */
  readonly values: Float64Array;
}

/**
 * A matrix from named columns.
 *
 * @param columns - Name → values, all of one length; plain or typed arrays.
 * @returns Shape (nRows, nColumns), columns in the order given.
 * @throws InputError if there is no column, lengths differ, or a value is no number; null and undefined count as missing.
 * @example
 * matrixOf({ x: [1, 2], y: [3, 4] }).values // => Float64Array [1, 3, 2, 4]
 */
export function matrixOf(columns: Readonly<Record<string, ArrayLike<number>>>): Matrix {
  return matrixOfColumns(Object.keys(columns), Object.values(columns));
}

/** {@link matrixOf} for names that may not be object keys (such as `__proto__`) or that repeat. */
export function matrixOfColumns(names: readonly string[], columns: readonly ArrayLike<number>[]): Matrix {
  const rowCount = columns[0]?.length;
  if (rowCount === undefined)
    throw new InputError("matrixOf: columns must hold at least one column, got none");
  const columnCount = columns.length;
  const values = new Float64Array(rowCount * columnCount);
  columns.forEach((column, j) => {
    if (column.length !== rowCount)
      throw new InputError(
        `matrixOf: columns must be equally long, got ${column.length} values in "${names[j]}" and ${rowCount} in "${names[0]}"`,
      );
    for (let i = 0; i < rowCount; i++) values[i * columnCount + j] = numberAt(column, i, names[j]!);
  });
  return { rowCount, columnCount, columns: [...names], values };
}

/** A cell that code without types may have left empty is missing, not 0; a text is no number, even if it reads like one. */
function numberAt(column: ArrayLike<unknown>, row: number, name: string): number {
  const value = column[row];
  if (typeof value === "number") return value;
  if (value === null || value === undefined) return Number.NaN;
  throw new InputError(
    `matrixOf: columns must hold numbers, got ${describeValue(value)} at row ${row}, column "${name}"`,
  );
}

/** One column of a matrix, copied. */
export function columnOf(matrix: Matrix, index: number): Float64Array {
  const column = new Float64Array(matrix.rowCount);
  for (let i = 0; i < column.length; i++) column[i] = matrix.values[i * matrix.columnCount + index]!;
  return column;
}

/** The given rows of a matrix, in that order, copied. */
export function rowsOf(matrix: Matrix, rows: ArrayLike<number>): Matrix {
  const { columnCount } = matrix;
  const values = new Float64Array(rows.length * columnCount);
  for (let i = 0; i < rows.length; i++) {
    // A loop over few columns: a view per row took longer than copying its values.
    const from = rows[i]! * columnCount;
    for (let j = 0; j < columnCount; j++) values[i * columnCount + j] = matrix.values[from + j]!;
  }
  return { ...matrix, rowCount: rows.length, values };
}

/** Throws if any value is NaN or infinite, naming the first place and how many there are. */
export function checkFiniteMatrix(caller: string, matrix: Matrix): void {
  const first = firstNotFinite(matrix.values);
  if (first < 0) return;
  const count = matrix.values.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0);
  const column = matrix.columns[first % matrix.columnCount];
  throw new InputError(
    `${caller}: matrix must be finite, got ${matrix.values[first]} at row ${Math.floor(first / matrix.columnCount)}, column "${column}" (${count} such cells)`,
  );
}

/** A plain loop: findIndex calls a function per value, which took longer than placing ten million rows. */
function firstNotFinite(values: Float64Array): number {
  for (let at = 0; at < values.length; at++) if (!Number.isFinite(values[at]!)) return at;
  return -1;
}
