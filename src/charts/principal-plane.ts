import { InputError } from "../core/errors.js";
import { checkFiniteMatrix, type Matrix } from "../core/matrix.js";
import { findPrincipalAxes, projectRows } from "../core/principal-axes.js";

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
  const { means, axes, variances } = findPrincipalAxes(matrix);
  const total = variances.reduce((sum, value) => sum + value, 0);
  const [x, y] = [0, 1].map((k) => projectRows(matrix, means, axes[k] ?? []));
  const share = (k: number): number => (total > 0 ? (variances[k] ?? 0) / total : 0);
  return { x: x!, y: y!, varianceShares: [share(0), share(1)] };
}
