import type { RouteProblem } from "#src/kmeans/route-problem.js";

/** Where a start ends that compares every row with every centre at every step, in plain doubles. */
export function runExhaustively(
  points: Float64Array,
  { rowCount, clusterCount, weighted, free, mostSteps }: RouteProblem,
  begun: { readonly centres: Float64Array; readonly weights: Float64Array },
): { readonly labels: Int32Array; readonly weights: Float64Array; readonly steps: number } {
  const columnCount = free.length;
  const centres = begun.centres.slice(0, clusterCount * columnCount);
  const weights = begun.weights.slice();
  const labels = new Int32Array(rowCount).fill(-1);
  const squared = (row: number, cluster: number, j: number) =>
    (points[row * columnCount + j]! - centres[cluster * columnCount + j]!) ** 2;
  for (let step = 0; ; step++) {
    let changed = 0;
    for (let row = 0; row < rowCount; row++) {
      let [nearest, least] = [0, Infinity];
      for (let cluster = 0; cluster < clusterCount; cluster++) {
        let distance = 0;
        for (let j = 0; j < columnCount; j++) distance += squared(row, cluster, j) * weights[j]!;
        if (distance < least) [nearest, least] = [cluster, distance];
      }
      if (nearest !== labels[row]) changed++;
      labels[row] = nearest;
    }
    for (let cluster = 0; cluster < clusterCount; cluster++) {
      const own = [...labels.keys()].filter((row) => labels[row] === cluster);
      if (own.length === 0) throw new Error("an empty cluster is not what is tested here");
      for (let j = 0; j < columnCount; j++)
        centres[cluster * columnCount + j] =
          own.reduce((sum, row) => sum + points[row * columnCount + j]!, 0) / own.length;
    }
    if ((changed === 0 && (!weighted || step > 2)) || step + 1 === mostSteps)
      return { labels, weights, steps: step + 1 };
    if (!weighted || step < 2) continue;
    free.forEach((isFree, j) => {
      const within = labels.reduce((sum, cluster, row) => sum + squared(row, cluster, j), 0) / rowCount;
      weights[j] = isFree ? 1 / Math.max(within, 0.1) : 1;
    });
  }
}
