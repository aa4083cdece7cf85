import type { Matrix } from "../core/matrix.js";
import { clusterMeans, type LabelledRows, squaredDistances, takeLabelledRows } from "./labelled-rows.js";

/**
 * Calinski–Harabasz index: spread between cluster means over spread inside clusters, each per degree of freedom.
 *
 * Range 0…∞, higher is better, unit-free. [between / (clusterCount − 1)] / [within / (nRows − clusterCount)] of sums of
 * squares. Infinity where every row lies at its cluster's mean. Time O(nRows · nColumns).
 *
 * @param matrix - Shape (nRows, nColumns); scale columns first. No missing values.
 * @param labels - Shape (nRows,), 0…clusterCount − 1; rows labelled −1 are left out.
 * @throws InputError if there are fewer than 2 clusters, a number is unused, lengths differ, or a value is not finite.
 * @see Caliński & Harabasz (1974), doi:10.1080/03610927408827101. Checked against scikit-learn in test/reference/indices.json.
 */
export function calinskiHarabasz(matrix: Matrix, labels: ArrayLike<number>): number {
  const labelled = takeLabelledRows("calinskiHarabasz", matrix, labels);
  const { sizes } = labelled;
  const { columnCount, rowCount } = labelled.matrix;
  const means = clusterMeans(labelled);
  const all = { ...labelled, labels: new Int32Array(rowCount), sizes: [rowCount] };
  const grand = clusterMeans(all);
  const toGrand = squaredDistances({ values: means, columnCount }, { values: grand, columnCount });
  const between = sizes.reduce((sum, size, cluster) => sum + size * toGrand(cluster, 0), 0);
  const toOwn = squaredDistances(labelled.matrix, { values: means, columnCount });
  const within = labelled.labels.reduce((sum, label, i) => sum + toOwn(i, label), 0);
  const ratio = between / (sizes.length - 1) / (within / (rowCount - sizes.length));
  return within === 0 ? Infinity : ratio;
}

/**
 * Davies–Bouldin index: how alike each cluster is to the one it is most alike to, on average.
 *
 * Range 0…∞, lower is better, unit-free. Mean over clusters of the largest (spread_i + spread_j) / distance of means,
 * spread = mean distance to the cluster's mean. Time O(nRows · nColumns + clusterCount²).
 *
 * @param matrix - Shape (nRows, nColumns); scale columns first. No missing values.
 * @param labels - Shape (nRows,), 0…clusterCount − 1; rows labelled −1 are left out.
 * @throws InputError if there are fewer than 2 clusters, a number is unused, lengths differ, or a value is not finite.
 * @see Davies & Bouldin (1979), doi:10.1109/TPAMI.1979.4766909. Checked against scikit-learn in test/reference/indices.json.
 */
export function daviesBouldin(matrix: Matrix, labels: ArrayLike<number>): number {
  const labelled = takeLabelledRows("daviesBouldin", matrix, labels);
  const { columnCount } = labelled.matrix;
  const means = { values: clusterMeans(labelled), columnCount };
  const spreads = meanDistances(labelled, means.values);
  const between = squaredDistances(means, means);
  const worst = spreads.map((spread, i) =>
    Math.max(...spreads.map((other, j) => (i === j ? 0 : ratioOf(spread + other, Math.sqrt(between(i, j)))))),
  );
  return worst.reduce((sum, value) => sum + value, 0) / worst.length;
}

function meanDistances(labelled: LabelledRows, means: Float64Array): number[] {
  const { matrix, labels, sizes } = labelled;
  const toOwn = squaredDistances(matrix, { values: means, columnCount: matrix.columnCount });
  const sums = sizes.map(() => 0);
  labels.forEach((label, i) => {
    sums[label]! += Math.sqrt(toOwn(i, label));
  });
  return sums.map((sum, cluster) => sum / sizes[cluster]!);
}

function ratioOf(numerator: number, denominator: number): number {
  return denominator === 0 && numerator === 0 ? 0 : numerator / denominator;
}
