import type { Matrix } from "../core/matrix.js";
import { findPrincipalAxes } from "../core/principal-axes.js";
import type { Random } from "../core/random.js";

/** Draws rows without groups, row-major. */
export type DrawRows = (rowCount: number, random: Random) => Float64Array;

/** Rows spread evenly over the box of each column's range. */
export function evenRows({ columnCount, values }: Matrix): DrawRows {
  const lows = new Float64Array(columnCount).fill(Infinity);
  const highs = new Float64Array(columnCount).fill(-Infinity);
  values.forEach((value, at) => {
    lows[at % columnCount] = Math.min(lows[at % columnCount]!, value);
    highs[at % columnCount] = Math.max(highs[at % columnCount]!, value);
  });
  return (rowCount, random) =>
    new Float64Array(rowCount * columnCount).map((_, at) => {
      const j = at % columnCount;
      return lows[j]! + (highs[j]! - lows[j]!) * random.next();
    });
}

/** Rows of one normal cloud with the mean and the covariance of the matrix. */
export function normalRows(matrix: Matrix): DrawRows {
  const { columnCount } = matrix;
  const { means, axes, variances } = findPrincipalAxes(matrix);
  return (rowCount, random) => {
    const values = new Float64Array(rowCount * columnCount);
    for (let start = 0; start < values.length; start += columnCount) {
      values.set(means, start);
      axes.forEach((axis, k) => {
        const score = Math.sqrt(variances[k]!) * random.normal();
        for (let j = 0; j < columnCount; j++) values[start + j]! += score * axis[j]!;
      });
    }
    return values;
  };
}
