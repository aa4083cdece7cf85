import { type MixedTable, rowsOfTable } from "../cluster/mixed-table.js";
import { fillDistances, type Measure } from "../cluster/row-distance.js";
import type { Matrix } from "../core/matrix.js";

/** The mean of each cluster, shape (clusterCount, nColumns). O(nRows · nColumns). */
export function clusterMeans(matrix: Matrix, labels: Int32Array, clusterCount: number): Matrix {
  const { columnCount } = matrix;
  const values = new Float64Array(clusterCount * columnCount);
  const sizes = new Int32Array(clusterCount);
  for (let i = 0; i < labels.length; i++) {
    sizes[labels[i]!]!++;
    for (let j = 0; j < columnCount; j++)
      values[labels[i]! * columnCount + j]! += matrix.values[i * columnCount + j]!;
  }
  for (let at = 0; at < values.length; at++) values[at]! /= sizes[Math.floor(at / columnCount)]!;
  return { ...matrix, rowCount: clusterCount, values };
}

/** The row of each cluster with the smallest sum of distances to its other rows, the first of equals. O(Σ size²). */
export function clusterMedoids(
  table: MixedTable,
  labels: Int32Array,
  { clusterCount, measure }: { readonly clusterCount: number; readonly measure: Measure },
): number[] {
  return Array.from({ length: clusterCount }, (_, cluster) => {
    const members = Array.from(labels.keys()).filter((row) => labels[row] === cluster);
    const rows = rowsOfTable(table, members);
    const distances = new Float64Array(members.length);
    let best = 0;
    let least = Infinity;
    for (let row = 0; row < members.length; row++) {
      fillDistances(distances, measure, { table: rows, from: rows, row });
      const sum = distances.reduce((total, distance) => total + distance, 0);
      if (sum < least) {
        least = sum;
        best = row;
      }
    }
    return members[best]!;
  });
}
