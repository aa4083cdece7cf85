import type { RouteProblem } from "./route-problem.js";

/** The least variance within clusters that counts: no column gains more than tenfold. */
export const leastVariance = 0.1;

/** What a column's variance within clusters costs on the weighted route. */
export function costOf(variance: number, isFree: boolean): number {
  if (!isFree) return variance - 1;
  return variance >= leastVariance
    ? Math.log(variance)
    : Math.log(leastVariance) + variance / leastVariance - 1;
}

/** Centres (shape (clusterCount, nColumns), row-major) and objective from the labels alone, summed in the order of the rows. */
export function measureRoute(
  points: Float64Array,
  { rowCount, clusterCount, weighted, free }: Omit<RouteProblem, "mostSteps">,
  labels: Int32Array,
): { readonly centres: Float64Array; readonly objective: number } {
  const columnCount = free.length;
  const centres = new Float64Array(clusterCount * columnCount);
  const sizes = new Float64Array(clusterCount);
  for (let row = 0, at = 0; row < labels.length; row++) {
    const cluster = labels[row]!;
    sizes[cluster]!++;
    for (let j = 0, own = cluster * columnCount; j < columnCount; j++) centres[own++]! += points[at++]!;
  }
  for (let at = 0; at < centres.length; at++)
    centres[at]! /= Math.max(1, sizes[Math.floor(at / columnCount)]!);
  const within = new Float64Array(columnCount);
  for (let row = 0, at = 0; row < labels.length; row++)
    for (let j = 0, own = labels[row]! * columnCount; j < columnCount; j++)
      within[j]! += (points[at++]! - centres[own++]!) ** 2;
  const costs = Array.from(within, (sum, j) => (weighted ? costOf(sum / rowCount, free[j]!) : sum));
  return { centres, objective: costs.reduce((sum, cost) => sum + cost, 0) };
}
