import { Matrix as DenseMatrix, EigenvalueDecomposition } from "ml-matrix";
import { InputError } from "../core/errors.js";
import { checkFiniteMatrix, type Matrix } from "../core/matrix.js";

/** The plane that shows most of a matrix's variance. */
export interface PrincipalPlane {
  /** Coordinates of each row, shape (nRows,) each. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Share of the variance along each axis, 0–1. */
  readonly varianceShares: readonly [number, number];
}

/**
 * Projects rows on their first two principal components.
 *
 * Covariance with n − 1; each axis points to where its largest loading is positive. One column has no second axis: y is 0
 * throughout. Time O(nRows · nColumns²).
 *
 * @throws InputError if the matrix is empty or a value is not finite.
 */
export function principalPlane(matrix: Matrix): PrincipalPlane {
  const { rowCount, columnCount } = matrix;
  if (rowCount < 1 || columnCount < 1)
    throw new InputError(
      `principalPlane: matrix must have at least one row and one column, got ${rowCount} × ${columnCount}`,
    );
  checkFiniteMatrix("principalPlane", matrix);
  const means = columnMeans(matrix);
  const decomposition = new EigenvalueDecomposition(covariance(matrix, means), { assumeSymmetric: true });
  const variances = decomposition.realEigenvalues;
  const total = variances.reduce((sum, value) => sum + value, 0);
  const axes = [columnCount - 1, columnCount - 2].map((k) =>
    k < 0 ? [0] : pointed(decomposition.eigenvectorMatrix.getColumn(k)),
  );
  const [x, y] = axes.map((axis) => project(matrix, means, axis));
  const share = (k: number): number => (total > 0 && k >= 0 ? variances[k]! / total : 0);
  return { x: x!, y: y!, varianceShares: [share(columnCount - 1), share(columnCount - 2)] };
}

function columnMeans({ rowCount, columnCount, values }: Matrix): Float64Array {
  const means = new Float64Array(columnCount);
  for (let i = 0; i < values.length; i++) means[i % columnCount]! += values[i]!;
  return means.map((sum) => sum / rowCount);
}

function covariance({ rowCount, columnCount, values }: Matrix, means: Float64Array): DenseMatrix {
  const sums = DenseMatrix.zeros(columnCount, columnCount);
  for (let start = 0; start < values.length; start += columnCount) {
    for (let j = 0; j < columnCount; j++) {
      const deviation = values[start + j]! - means[j]!;
      for (let k = 0; k <= j; k++)
        sums.set(j, k, sums.get(j, k) + deviation * (values[start + k]! - means[k]!));
    }
  }
  for (let j = 0; j < columnCount; j++) for (let k = 0; k < j; k++) sums.set(k, j, sums.get(j, k));
  return sums.div(Math.max(1, rowCount - 1));
}

function pointed(axis: readonly number[]): readonly number[] {
  const largest = axis.reduce((best, value) => (Math.abs(value) > Math.abs(best) + 1e-12 ? value : best), 0);
  return largest < 0 ? axis.map((value) => -value) : axis;
}

function project(
  { rowCount, columnCount, values }: Matrix,
  means: Float64Array,
  axis: readonly number[],
): Float64Array {
  return Float64Array.from({ length: rowCount }, (_, i) =>
    axis.reduce((sum, loading, j) => sum + loading * (values[i * columnCount + j]! - means[j]!), 0),
  );
}
