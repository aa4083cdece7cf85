import { invert } from "../inference/invert.js";

/** A line of least squares through rows of numbers. */
export interface LeastSquares {
  readonly coefficients: Float64Array;
  /** (XᵀX)⁻¹, row by row. */
  readonly inverse: readonly Float64Array[];
  /** What the line misses in each row. */
  readonly residuals: Float64Array;
  /** Rows less coefficients. */
  readonly degreesOfFreedom: number;
}

/** Ordinary least squares of `values` on rows of a design; undefined where the rows do not fix the coefficients. O(rows · columns²). */
export function fitLeastSquares(
  design: readonly Float64Array[],
  values: ArrayLike<number>,
): LeastSquares | undefined {
  const count = design[0]?.length ?? 0;
  if (design.length < count) return undefined;
  const squares = Array.from({ length: count }, () => new Float64Array(count));
  const products = new Float64Array(count);
  design.forEach((row, i) => {
    for (let a = 0; a < count; a++) {
      products[a]! += row[a]! * values[i]!;
      for (let b = 0; b <= a; b++) squares[a]![b]! += row[a]! * row[b]!;
    }
  });
  for (let a = 0; a < count; a++) for (let b = 0; b < a; b++) squares[b]![a] = squares[a]![b]!;
  const inverse = invertScaled(squares);
  if (inverse === undefined) return undefined;
  const coefficients = Float64Array.from(inverse, (row) => scalarProduct(row, products));
  return {
    coefficients,
    inverse,
    residuals: Float64Array.from(design, (row, i) => values[i]! - scalarProduct(row, coefficients)),
    degreesOfFreedom: design.length - count,
  };
}

/** The inverse by way of columns of length 1: else an income in pence beside a share would pass for columns that repeat one another. */
function invertScaled(squares: readonly Float64Array[]): Float64Array[] | undefined {
  const lengths = Float64Array.from(squares, (row, a) => Math.sqrt(row[a]!) || 1);
  const scale = (rows: readonly Float64Array[]) =>
    rows.map((row, a) => row.map((value, b) => value / (lengths[a]! * lengths[b]!)));
  const inverse = invert(scale(squares));
  return inverse && scale(inverse);
}

/** rowᵀ · matrix · row. */
export function quadraticForm(row: Float64Array, matrix: readonly Float64Array[]): number {
  return matrix.reduce((sum, line, i) => sum + row[i]! * scalarProduct(line, row), 0);
}

export function scalarProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
