import type { Trial } from "./fit-solution.js";
import type { JudgedSolution, NullBand, PairJudgement, SegmentJudgement } from "./judgement.js";
import { adviseMerge, findParts, type RoutedRows } from "./merge-advice.js";
import type { PairValley } from "./pair-valleys.js";
import { segmentReason, segmentWarnings, solutionReason } from "./reasons.js";
import type { RefitOverlaps } from "./refit-solution.js";
import { bandOf, quantileOf } from "./separation.js";
import { smallestSegment } from "./valley-limits.js";
import { isBorderline, type SegmentEvidence, segmentVerdict, solutionVerdict } from "./verdict-rules.js";

/** What is known of a solution before it is judged. */
export interface SolutionEvidence {
  readonly trial: Trial;
  /** In the scale of the solution's route; labels in canonical order. */
  readonly rows: RoutedRows;
  readonly pairs: readonly PairJudgement[];
  /** p of this solution, and the smallest of all counts and routes. */
  readonly separationP: number;
  readonly smallestP: number;
  /** Whether the first is small enough, and whether the second is. */
  readonly partsFurther: boolean;
  readonly groupsExist: boolean;
  readonly overlaps: RefitOverlaps;
}

/** Everything but where the rows and centres are in the caller's matrix. */
export type BareJudgement = Omit<JudgedSolution, "labels" | "centres">;

/** Pairs with what makes them open: a valley below its limit, no way around it, and two segments large enough to tell. */
export function judgePairs(
  pairs: readonly PairValley[],
  sizes: ArrayLike<number>,
  rowCount: number,
): PairJudgement[] {
  const needed = smallestSegment(rowCount);
  return pairs.map((pair) => ({
    ...pair,
    open:
      pair.valley <= pair.limit && !pair.joinedAround && Math.min(sizes[pair.a]!, sizes[pair.b]!) >= needed,
  }));
}

/** Rows in each cluster. */
export function countSizes(labels: Int32Array, clusterCount: number): Int32Array {
  const sizes = new Int32Array(clusterCount);
  for (const label of labels) if (label >= 0) sizes[label]!++;
  return sizes;
}

/** The verdict on one solution, from its valleys and its refits. */
export function judgeSolution(evidence: SolutionEvidence): BareJudgement {
  const { trial, rows, pairs, groupsExist, separationP, partsFurther } = evidence;
  const sizes = countSizes(rows.labels, trial.count);
  const stability = summariseRefits(evidence.overlaps, sizes);
  // Where nothing separates there is one group, whatever single valleys look like.
  const parts = groupsExist ? findParts(pairs, trial.count) : Array.from(sizes, () => 0);
  const segments = Array.from(sizes, (size, cluster) =>
    judgeSegment(evidence, stability, { cluster, size, part: parts[cluster]! }),
  );
  const rowCount = sizes.reduce((sum, size) => sum + size, 0);
  const verdict = solutionVerdict(segments, { partsFurther, rowCount });
  const naturalParts = new Set(parts).size;
  return {
    ...trial,
    verdict,
    reason: solutionReason({ ...evidence, ...stability, verdict, segments, naturalParts }),
    segments,
    pairs,
    separationP,
    stabilityP: stability.pValue,
    meanJaccard: stability.mean,
    jaccardNull: stability.band,
    naturalParts,
    mergeFirst: groupsExist ? adviseMerge(pairs, rows) : null,
  };
}

function judgeSegment(
  { pairs, rows, groupsExist, overlaps, smallestP }: SolutionEvidence,
  stability: StabilitySummary,
  { cluster, size, part }: Pick<SegmentJudgement, "cluster" | "size" | "part">,
): SegmentJudgement {
  const own = pairs.filter(({ a, b }) => a === cluster || b === cluster);
  const rowCount = rows.labels.length;
  const decided: SegmentEvidence = {
    groupsExist,
    isSeparate: own.every(({ open }) => open),
    isLargeEnough: size >= smallestSegment(rowCount),
    jaccard: stability.jaccards[cluster]!,
    stabilityP: stability.pValue,
  };
  const verdict = segmentVerdict(decided);
  const refits = overlaps.own.length;
  const figures = { ...decided, cluster, size, verdict, pairs: own, refits, smallestP, rowCount };
  return {
    cluster,
    size,
    verdict,
    reason: segmentReason(figures),
    jaccard: decided.jaccard,
    ...stability.quantiles[cluster]!,
    jaccardNull: stability.bands[cluster] ?? null,
    worstValley: own.reduce((worst, { valley }) => Math.max(worst, valley), 0),
    borderline: isBorderline(decided),
    warnings: segmentWarnings(figures),
    part,
  };
}

/** How well segments came back, and where that lies among copies. */
interface StabilitySummary {
  readonly jaccards: readonly number[];
  readonly quantiles: readonly { readonly low: number; readonly high: number }[];
  /** Per segment, of the copies' cluster of the same rank by size. */
  readonly bands: readonly NullBand[];
  readonly mean: number;
  readonly band: NullBand | null;
  readonly pValue: number | null;
}

function summariseRefits({ own, copies }: RefitOverlaps, sizes: Int32Array): StabilitySummary {
  const columns = Array.from(sizes, (_, cluster) =>
    Float64Array.from(own, (overlaps) => overlaps[cluster]!).sort(),
  );
  const jaccards = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / column.length);
  const rowCount = sizes.reduce((sum, size) => sum + size, 0);
  const mean = sizes.reduce((sum, size, cluster) => sum + size * jaccards[cluster]!, 0) / rowCount;
  const copyMeans = Float64Array.from(copies, (copy) => copy.mean);
  const bySize = Array.from(sizes.keys()).sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const atLeast = copyMeans.filter((value) => value >= mean).length;
  return {
    jaccards,
    quantiles: columns.map((column) => ({ low: quantileOf(column, 0.05), high: quantileOf(column, 0.95) })),
    bands: jaccards.map((jaccard, cluster) => {
      const rank = bySize.indexOf(cluster);
      return bandOf({ own: jaccard, copies: Float64Array.from(copies, ({ overlaps }) => overlaps[rank]!) });
    }),
    mean,
    band: bandOf({ own: mean, copies: copyMeans }),
    pValue: (1 + atLeast) / (1 + copies.length),
  };
}
