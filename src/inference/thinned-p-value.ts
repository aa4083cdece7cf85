import { columnOf, type Matrix } from "../core/matrix.js";
import { createRandom } from "../core/random.js";
import { fitKMeans } from "../kmeans/kmeans.js";
import type { FoundPValue, SelectiveOptions } from "./selective-p-value.js";
import { welchAnova } from "./welch-anova.js";

/** Clusters one half of thinned data and tests the other; a text says why there is no p-value. */
export function thinnedPValue(matrix: Matrix, options: SelectiveOptions): FoundPValue | string {
  const { clusterCount, seed, sigma, feature } = options;
  const [fitted, tested] = thin(matrix, sigma, seed);
  const { labels, sizes } = fitKMeans(fitted, { clusterCount, seed });
  if (sizes.some((size) => size < 2)) return "a cluster has fewer than 2 rows";
  const columns = feature === undefined ? matrix.columns : [feature];
  const results = columns.map((name) => {
    const values = columnOf(tested, matrix.columns.indexOf(name));
    return welchAnova(
      sizes.map((_, cluster) => values.filter((_value, row) => labels[row] === cluster)),
      { resamples: 0 },
    );
  });
  const best = results.reduce((least, result) => (result.pValue < least.pValue ? result : least));
  return {
    method: `data thinning, half and half, Welch ANOVA of ${feature ?? "the column that differs most, p times their number"}`,
    pValue: Math.min(1, best.pValue * columns.length),
    labels,
    statistic: best.statistic,
    notes: best.notes,
  };
}

/** Two independent halves that add up to the data: each has half the mean and half the variance of a normal value. */
function thin(matrix: Matrix, sigma: number, seed: number): readonly [Matrix, Matrix] {
  const random = createRandom(seed);
  const half = matrix.values.map((value) => value / 2 + (sigma / 2) * random.normal());
  return [
    { ...matrix, values: half },
    { ...matrix, values: matrix.values.map((value, at) => value - half[at]!) },
  ];
}
