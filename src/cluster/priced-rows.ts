import type { LimitProblem, PricedAssignment } from "./assign-within-limits.js";

const mostSampled = 1024;

/**
 * Gives every row the cluster where squared distance and price are lowest, ties to the lowest number; or, with `stay`,
 * leaves it in one of these. Measures how much more each row would pay in the next best cluster: its gap.
 * O(rowCount · clusterCount · stride).
 */
export function priceRows(
  problem: LimitProblem,
  { labels, prices, gaps }: PricedAssignment,
  options: { readonly stay: boolean },
): void {
  const { points, rowCount, stride, centres, clusterCount } = problem;
  for (let i = 0; i < rowCount; i++) {
    let best = Infinity;
    let second = Infinity;
    let label = -1;
    for (let cluster = 0; cluster < clusterCount; cluster++) {
      let cost = prices[cluster]!;
      for (let j = 0; j < stride; j++) {
        const difference = points[i * stride + j]! - centres[cluster * stride + j]!;
        cost += difference * difference;
      }
      if (cost < best) {
        second = best;
        best = cost;
        label = cluster;
      } else if (cost < second) {
        second = cost;
      }
    }
    gaps[i] = second - best;
    if (!options.stay) labels[i] = label;
    else if (labels[i] !== label) gaps[i] = 0;
  }
}

/** A gap that about `wanted` of the rows do not exceed, from a sample of evenly spaced rows. */
export function gapOfNearest(gaps: Float64Array, wanted: number): number {
  if (wanted >= gaps.length) return Infinity;
  const sampled = Math.min(mostSampled, gaps.length);
  const sample = new Float64Array(sampled);
  for (let i = 0; i < sampled; i++) sample[i] = gaps[Math.floor((i * gaps.length) / sampled)]!;
  return sample.sort()[Math.floor((sampled * wanted) / gaps.length)]!;
}
