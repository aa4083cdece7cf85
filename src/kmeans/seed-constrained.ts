import { drawInProportion } from "../cluster/draw-in-proportion.js";
import type { Random } from "../core/random.js";
import type { ConstrainedProblem } from "./run-constrained.js";

/**
 * Greedy k-means++ over the points: of a few rows drawn in proportion to their squared distance from the centres so far,
 * the one that lowers the sum of these most is the next centre. O(nRows · clusterCount · log clusterCount · stride).
 *
 * @see Arthur & Vassilvitskii (2007), https://dl.acm.org/doi/10.5555/1283383.1283494
 */
export function seedConstrained(problem: ConstrainedProblem, random: Random): Float32Array {
  const { points, rowCount, stride, clusterCount } = problem;
  const trials = 2 + Math.floor(Math.log(clusterCount));
  const centres = new Float32Array(clusterCount * stride);
  let nearest: Float64Array = new Float64Array(rowCount).fill(Infinity);
  let row = random.below(rowCount);
  let total = approach(problem, nearest, row);
  for (let cluster = 0; ; cluster++) {
    for (let j = 0; j < stride; j++)
      centres[cluster * stride + j] = Math.floor(points[row * stride + j]! + 0.5);
    if (cluster === clusterCount - 1) return centres;
    const drawn = Array.from({ length: trials }, () => drawInProportion(nearest, random.next() * total));
    const before = nearest;
    total = Infinity;
    for (const candidate of drawn) {
      const distances = before.slice();
      const sum = approach(problem, distances, candidate);
      if (sum >= total) continue;
      total = sum;
      nearest = distances;
      row = candidate;
    }
  }
}

/** Lowers each row's squared distance to the nearest centre by one more centre; returns the sum. */
function approach(
  { points, rowCount, stride }: ConstrainedProblem,
  nearest: Float64Array,
  centre: number,
): number {
  let total = 0;
  for (let i = 0; i < rowCount; i++) {
    let squared = 0;
    for (let j = 0; j < stride; j++) {
      const difference = points[i * stride + j]! - points[centre * stride + j]!;
      squared += difference * difference;
    }
    if (squared < nearest[i]!) nearest[i] = squared;
    total += nearest[i]!;
  }
  return total;
}
