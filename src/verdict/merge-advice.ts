import { percentText } from "../core/number-text.js";
import { mergeLosses } from "../validity/merge-losses.js";
import type { MergeAdvice, PairJudgement } from "./judgement.js";

/**
 * The part that each cluster belongs to: clusters that closed pairs join, directly or through others, are one part.
 *
 * @returns One number per cluster, 0 … parts − 1 in order of first appearance.
 */
export function findParts(pairs: readonly PairJudgement[], clusterCount: number): number[] {
  const joined = Array.from({ length: clusterCount }, (_, cluster) => cluster);
  for (const { a, b, open } of pairs) {
    if (open) continue;
    const [kept, gone] = [joined[a]!, joined[b]!];
    joined.forEach((part, cluster) => {
      if (part === gone) joined[cluster] = kept;
    });
  }
  const parts = [...new Set(joined)];
  return joined.map((part) => parts.indexOf(part));
}

/** Rows in the scale of their route, and their cluster. */
export interface RoutedRows {
  readonly points: Float64Array;
  readonly weights: Float64Array;
  readonly labels: Int32Array;
  readonly clusterCount: number;
}

/** The two segments to make one first: the closed pair with the shallowest valley, and of several the one that loses least. */
export function adviseMerge(pairs: readonly PairJudgement[], rows: RoutedRows): MergeAdvice | null {
  const lossOf = openLosses(rows);
  const first = pairs
    .filter(({ open }) => !open)
    .map(({ a, b, valley }) => ({ a, b, valley, loss: lossOf(a, b) }))
    .sort((one, other) => other.valley - one.valley || one.loss - other.loss)[0];
  if (first === undefined) return null;
  const { a, b, valley, loss } = first;
  const gap =
    valley === 1
      ? "no gap at all"
      : `no gap that counts (density between them ${percentText(valley)} of the lower peak)`;
  return {
    a,
    b,
    valley,
    loss,
    sentence: `Segments ${a + 1} and ${b + 1} have ${gap}: read them as one group cut in two. Merging them gives up ${percentText(loss)} of the variation that the segments explain.`,
  };
}

/** Share of the variation between clusters that goes when two become one, in the scale of the route. */
function openLosses({ points, weights, labels, clusterCount }: RoutedRows): (a: number, b: number) => number {
  const columnCount = weights.length;
  const scales = weights.map(Math.sqrt);
  const sizes = new Float64Array(clusterCount);
  const centres = Array.from({ length: clusterCount }, () => new Array<number>(columnCount).fill(0));
  labels.forEach((cluster, row) => {
    if (cluster < 0) return;
    sizes[cluster]!++;
    const centre = centres[cluster]!;
    for (let j = 0; j < columnCount; j++) centre[j]! += scales[j]! * points[row * columnCount + j]!;
  });
  const losses = mergeLosses({
    centres: centres.map((sums, cluster) => sums.map((sum) => sum / Math.max(1, sizes[cluster]!))),
    sizes,
  });
  return (a, b) => losses.find((pair) => pair.a === a && pair.b === b)!.loss;
}
