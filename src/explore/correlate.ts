import { sampleCorrelation, sampleRankCorrelation } from "simple-statistics";
import { checkChoice } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { columnOf, type Matrix } from "../core/matrix.js";

/** pearson: straight-line association; spearman: rising or falling together, by ranks, ties at their mean rank. */
export type CorrelationMethod = "pearson" | "spearman";

export interface CorrelationOptions {
  readonly method: CorrelationMethod;
}

/** Correlation of every pair of columns. */
export interface CorrelationTable {
  readonly method: CorrelationMethod;
  readonly columns: readonly string[];
  /** Shape (nColumns, nColumns), symmetric, −1…1, 1 on the diagonal; NaN where a column does not vary. */
  readonly values: readonly (readonly number[])[];
}

/**
 * How strongly columns move together, pair by pair.
 *
 * Range −1…1, unit-free; 0 is no association of that kind. A pair is computed over the rows where both values are known; with
 * fewer than three such rows, or a column that does not vary in them, it is NaN. Time O(nColumns² · nRows · log nRows).
 *
 * @param matrix - Shape (nRows, nColumns), NaN where missing.
 * @throws InputError if the method is neither of the two, or a value is infinite.
 * @see Checked against SciPy in test/reference/explore.json.
 */
export function correlate(matrix: Matrix, options: CorrelationOptions): CorrelationTable {
  checkChoice("correlate", "method", options.method, ["pearson", "spearman"]);
  const correlation = options.method === "pearson" ? sampleCorrelation : sampleRankCorrelation;
  const columns = matrix.columns.map((name, j) => checkedColumn(name, columnOf(matrix, j)));
  const values = columns.map(() => new Array<number>(columns.length).fill(Number.NaN));
  for (let a = 0; a < columns.length; a++) {
    for (let b = 0; b <= a; b++) {
      const value = correlatePair(columns[a]!, columns[b]!, correlation);
      values[a]![b] = value;
      values[b]![a] = value;
    }
  }
  return { method: options.method, columns: matrix.columns, values };
}

function checkedColumn(name: string, values: Float64Array): Float64Array {
  const row = values.findIndex((value) => Math.abs(value) === Infinity);
  if (row >= 0)
    throw new InputError(
      `correlate: matrix must hold no infinite value, got ${values[row]} at row ${row}, column ${JSON.stringify(name)}`,
    );
  return values;
}

function correlatePair(
  left: Float64Array,
  right: Float64Array,
  correlation: (x: number[], y: number[]) => number,
): number {
  const x: number[] = [];
  const y: number[] = [];
  for (let i = 0; i < left.length; i++) {
    if (Number.isNaN(left[i]!) || Number.isNaN(right[i]!)) continue;
    x.push(left[i]!);
    y.push(right[i]!);
  }
  const isConstant = x.every((value) => value === x[0]) || y.every((value) => value === y[0]);
  if (x.length < 3 || isConstant) return Number.NaN;
  return left === right ? 1 : Math.max(-1, Math.min(1, correlation(x, y)));
}
