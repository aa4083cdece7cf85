import { quantileSorted } from "simple-statistics";
import { checkCount } from "../core/check.js";
import { createRandom, type Random } from "../core/random.js";
import type { RatedPart } from "./weighted-criteria.js";

/** A weight may be so many times as large, or as small. */
const weightFactor = 2;

/** A rank and what becomes of it under other weights. */
export interface RankStability {
  /** 1 is best, among the segments that are not out and are rated throughout; null otherwise. */
  readonly rank: number | null;
  /** 5 % and 95 % quantiles of the rank when every weight may be half to twice as large; null without a rank. */
  readonly rankRange: readonly [number, number] | null;
  /** Share of the drawn weights with which the segment ranks first, 0–1; null without a rank. */
  readonly firstShare: number | null;
}

/**
 * Ranks of the candidates, and how they move when every weight is multiplied by a factor between a half and two.
 *
 * @param candidates - Ratings of each segment; null for one that is out.
 */
export function rankStability(
  candidates: readonly (readonly RatedPart[] | null)[],
  { seed, draws }: { readonly seed: number; readonly draws: number },
): readonly RankStability[] {
  checkCount("evaluateSegments", "draws", draws, 1, 100_000);
  const random = createRandom(seed);
  const criteria = candidates.find((parts) => parts !== null)?.length ?? 0;
  const same = Array.from({ length: criteria }, () => 1);
  const ranks = ranksOf(candidates, same);
  const drawn = Array.from({ length: draws }, () => ranksOf(candidates, drawFactors(criteria, random)));
  return candidates.map((_, j): RankStability => {
    const rank = ranks[j]!;
    if (rank === null) return { rank, rankRange: null, firstShare: null };
    const own = drawn.map((draw) => draw[j]!).sort((a, b) => a - b);
    const first = own.filter((one) => one === 1).length;
    return {
      rank,
      rankRange: [quantileSorted(own, 0.05), quantileSorted(own, 0.95)],
      firstShare: first / draws,
    };
  });
}

function drawFactors(count: number, random: Random): number[] {
  return Array.from({ length: count }, () => weightFactor ** (2 * random.next() - 1));
}

/** 1 for the highest score; equals share the better rank. */
function ranksOf(
  candidates: readonly (readonly RatedPart[] | null)[],
  factors: readonly number[],
): readonly (number | null)[] {
  const scores = candidates.map((parts) => parts && scoreOf(parts, factors));
  return scores.map((score) =>
    score === null ? null : 1 + scores.filter((other) => other !== null && other > score).length,
  );
}

function scoreOf(parts: readonly RatedPart[], factors: readonly number[]): number | null {
  let score = 1;
  for (const side of ["attractiveness", "fit"] as const) {
    let [weights, sum] = [0, 0];
    for (const [i, part] of parts.entries()) {
      if (part.side !== side) continue;
      if (part.rating === null) return null;
      const weight = part.weight * factors[i]!;
      weights += weight;
      sum += weight * part.rating;
    }
    if (weights === 0) return null;
    score *= sum / weights;
  }
  return score;
}
