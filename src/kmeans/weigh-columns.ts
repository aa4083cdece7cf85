import type { Matrix } from "../core/matrix.js";
import type { KMeansFit } from "./kmeans-fit.js";

/** The matrix in which plain squared distances are the weighted ones: each column times the root of its weight. */
export function weighColumns(matrix: Matrix, columnWeights: readonly number[]): Matrix {
  const { columnCount } = matrix;
  const roots = columnWeights.map(Math.sqrt);
  return { ...matrix, values: matrix.values.map((value, at) => value * roots[at % columnCount]!) };
}

/** Points among weighted columns. */
export function weighPoints(
  points: readonly (readonly number[])[],
  columnWeights: readonly number[],
): number[][] {
  return points.map((point) => point.map((value, j) => value * Math.sqrt(columnWeights[j]!)));
}

/** Points among weighted columns, back in the matrix's own units; 0 in a column of weight 0, where every place is as good. */
function unweighPoints(points: readonly (readonly number[])[], columnWeights: readonly number[]): number[][] {
  return points.map((point) =>
    point.map((value, j) => (columnWeights[j] === 0 ? 0 : value / Math.sqrt(columnWeights[j]!))),
  );
}

/** A fit among weighted columns as one of the matrix itself. */
export function unweighFit(fit: KMeansFit, columnWeights: readonly number[]): KMeansFit {
  return {
    ...fit,
    centres: unweighPoints(fit.centres, columnWeights),
    initialCentres: unweighPoints(fit.initialCentres, columnWeights),
    columnWeights: [...columnWeights],
  };
}
