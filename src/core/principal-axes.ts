import { Matrix as DenseMatrix, EigenvalueDecomposition } from "ml-matrix";
import type { Matrix } from "./matrix.js";

/** Directions in which a matrix varies most, uncorrelated with one another. */
export interface PrincipalAxes {
  /** Mean of each column. */
  readonly means: Float64Array;
  /** Unit vectors, shape (nColumns, nColumns), largest variance first; each points to where its largest loading is positive. */
  readonly axes: readonly (readonly number[])[];
  /** Variance (n − 1) along each axis, descending, none below 0. */
  readonly variances: readonly number[];
}

/** The principal axes of a matrix without missing values; one row varies nowhere. O(nRows · nColumns² + nColumns³). */
export function findPrincipalAxes(matrix: Matrix): PrincipalAxes {
  const means = columnMeans(matrix);
  const decomposition = new EigenvalueDecomposition(covariance(matrix, means), { assumeSymmetric: true });
  const order = matrix.columns.map((_, k) => matrix.columnCount - 1 - k);
  return {
    means,
    axes: order.map((k) => pointed(decomposition.eigenvectorMatrix.getColumn(k))),
    variances: order.map((k) => Math.max(0, decomposition.realEigenvalues[k]!)),
  };
}

/** How far each row lies along an axis from the mean, shape (nRows,). */
export function projectRows(
  { rowCount, columnCount, values }: Matrix,
  means: Float64Array,
  axis: readonly number[],
): Float64Array {
  return Float64Array.from({ length: rowCount }, (_, i) =>
    axis.reduce((sum, loading, j) => sum + loading * (values[i * columnCount + j]! - means[j]!), 0),
  );
}

function columnMeans({ rowCount, columnCount, values }: Matrix): Float64Array {
  const means = new Float64Array(columnCount);
  for (let at = 0; at < values.length; at++) means[at % columnCount]! += values[at]!;
  return means.map((sum) => sum / rowCount);
}

function covariance({ rowCount, columnCount, values }: Matrix, means: Float64Array): DenseMatrix {
  const sums = Array.from({ length: columnCount }, () => new Array<number>(columnCount).fill(0));
  for (let start = 0; start < values.length; start += columnCount) {
    for (let j = 0; j < columnCount; j++) {
      const deviation = values[start + j]! - means[j]!;
      const row = sums[j]!;
      for (let k = 0; k <= j; k++) row[k]! += deviation * (values[start + k]! - means[k]!);
    }
  }
  for (let j = 0; j < columnCount; j++) for (let k = 0; k < j; k++) sums[k]![j] = sums[j]![k]!;
  return new DenseMatrix(sums).div(Math.max(1, rowCount - 1));
}

/** An axis and its reverse are the same axis; one of them is chosen. */
function pointed(axis: readonly number[]): readonly number[] {
  const largest = axis.reduce((best, value) => (Math.abs(value) > Math.abs(best) + 1e-12 ? value : best), 0);
  return largest < 0 ? axis.map((value) => -value) : axis;
}
