import { checkSameLength, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { checkFiniteMatrix, type Matrix, rowsOf } from "../core/matrix.js";

/** Rows that have a label, and how many rows each cluster holds. */
export interface LabelledRows {
  readonly matrix: Matrix;
  readonly labels: Int32Array;
  readonly sizes: readonly number[];
}

/**
 * The rows an index is about: those labelled −1 are left out.
 *
 * @throws InputError if lengths differ, a value is not finite, a label is not a whole number from −1, a number in
 * 0…clusterCount − 1 labels no row, or there are fewer than `fewest` clusters.
 */
export function takeLabelledRows(
  caller: string,
  matrix: Matrix,
  labels: ArrayLike<number>,
  fewest: number = 2,
): LabelledRows {
  checkSameLength(caller, "labels", labels, matrix.rowCount, "one per row of matrix");
  checkFiniteMatrix(caller, matrix);
  const kept: number[] = [];
  const sizes: number[] = [];
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (!Number.isInteger(label) || label < -1 || label >= matrix.rowCount)
      throw new InputError(
        `${caller}: labels must be whole numbers from −1 to ${matrix.rowCount - 1}, got ${describeValue(label)} at row ${i}`,
      );
    if (label < 0) continue;
    kept.push(i);
    while (sizes.length <= label) sizes.push(0);
    sizes[label]!++;
  }
  const unused = sizes.indexOf(0);
  if (unused >= 0)
    throw new InputError(`${caller}: labels must use every number from 0, got none of ${unused}`);
  if (sizes.length < fewest)
    throw new InputError(`${caller}: labels must name at least ${fewest} clusters, got ${sizes.length}`);
  if (kept.length === matrix.rowCount) return { matrix, labels: Int32Array.from(labels), sizes };
  return { matrix: rowsOf(matrix, kept), labels: Int32Array.from(kept, (i) => labels[i]!), sizes };
}

/** Mean of each cluster, flat, shape (nClusters, nColumns). */
export function clusterMeans({ matrix, labels, sizes }: LabelledRows): Float64Array {
  const { columnCount, rowCount, values } = matrix;
  const means = new Float64Array(sizes.length * columnCount);
  for (let i = 0; i < rowCount; i++)
    for (let j = 0; j < columnCount; j++)
      means[labels[i]! * columnCount + j]! += values[i * columnCount + j]!;
  return means.map((sum, at) => sum / sizes[Math.floor(at / columnCount)]!);
}

/** Row-major points. */
export interface Points {
  readonly values: Float64Array;
  readonly columnCount: number;
}

/** Squared distances between rows of `a` and rows of `b`. */
export function squaredDistances(a: Points, b: Points): (rowOfA: number, rowOfB: number) => number {
  const { columnCount } = a;
  return (rowOfA, rowOfB) => {
    const startA = rowOfA * columnCount;
    const startB = rowOfB * columnCount;
    let sum = 0;
    for (let j = 0; j < columnCount; j++) {
      const difference = a.values[startA + j]! - b.values[startB + j]!;
      sum += difference * difference;
    }
    return sum;
  };
}
