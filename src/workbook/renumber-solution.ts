import type { JudgedSolution } from "../verdict/judgement.js";

/**
 * A judged solution with its clusters numbered as another fit of the same groups numbers them.
 *
 * @param centres - Of that fit, shape (count, nColumns), in the unit of the solution's own centres.
 */
export function renumberSolution(
  solution: JudgedSolution,
  centres: readonly (readonly number[])[],
): JudgedSolution {
  const judgedOf = nearestPairs(centres, solution.centres);
  const numberOf = new Map(judgedOf.map((judged, number) => [judged, number]));
  const renumber = (cluster: number): number => numberOf.get(cluster) ?? -1;
  const inOrder = <Pair extends { readonly a: number; readonly b: number }>(pair: Pair): Pair => {
    const [a, b] = [renumber(pair.a), renumber(pair.b)];
    return { ...pair, a: Math.min(a, b), b: Math.max(a, b) };
  };
  return {
    ...solution,
    labels: solution.labels.map(renumber),
    centres: judgedOf.map((judged) => solution.centres[judged]!),
    segments: judgedOf.map((judged, cluster) => {
      const segment = solution.segments[judged]!;
      const words = (text: string): string =>
        renameSegments(text, (place) => `segment ${renumber(place) + 1}`);
      return {
        ...segment,
        cluster,
        reason: words(segment.reason),
        warnings: segment.warnings.map(words),
      };
    }),
    pairs: solution.pairs.map(inOrder).sort((one, other) => one.a - other.a || one.b - other.b),
    mergeFirst: solution.mergeFirst && inOrder(solution.mergeFirst),
  };
}

/**
 * A reason with other words for the segments that it numbers: "segment 2", "Segments 1 and 2".
 *
 * @param nameOf - Words for the segment at a place, 0 for "segment 1".
 */
export function renameSegments(text: string, nameOf: (place: number) => string): string {
  return text
    .replace(/\b[Ss]egments (\d+) and (\d+)\b/g, "segment $1 and segment $2")
    .replace(/\b[Ss]egment (\d+)\b/g, (_, number: string) => nameOf(Number(number) - 1));
}

/** Which of `others` belongs to each point: the nearest pair first, each taken once. */
function nearestPairs(
  points: readonly (readonly number[])[],
  others: readonly (readonly number[])[],
): number[] {
  const pairs = points.flatMap((point, i) =>
    others.map((other, j) => ({ i, j, distance: squaredDistance(point, other) })),
  );
  const found = new Map<number, number>();
  const taken = new Set<number>();
  for (const { i, j } of pairs.sort((one, next) => one.distance - next.distance)) {
    if (found.has(i) || taken.has(j)) continue;
    found.set(i, j);
    taken.add(j);
  }
  return points.map((_, i) => found.get(i)!);
}

function squaredDistance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, j) => sum + (value - b[j]!) ** 2, 0);
}
