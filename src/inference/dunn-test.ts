import { adjustPValues, type PAdjustment } from "./adjust-p-values.js";
import { knownGroups } from "./check-groups.js";
import { dominanceEffect } from "./cliffs-delta.js";
import type { PairwiseOptions } from "./games-howell.js";
import { type MergedRanks, mergeRanks, sortGroups } from "./merge-ranks.js";
import { normalTwoSided } from "./normal-distribution.js";
import { everyPair, type PairDifference, type PairwiseResult } from "./pairwise-result.js";
import { pValueNotes } from "./result-notes.js";
import { withinReport } from "./tail-probability.js";

/** Options of {@link dunnTest}. */
export interface DunnOptions extends PairwiseOptions {
  /** How the p-values of all pairs are adjusted; default "holm". */
  readonly adjustment?: PAdjustment;
}

/**
 * Compares every pair of groups after {@link kruskalWallis}, by the mean ranks that all groups together gave, ties corrected for.
 *
 * `statistic` is z, `pValue` two-sided, `adjustedPValue` over all pairs. Effect: Cliff's delta of the pair. Values that are all
 * equal give p = 1. O(n log n · groups).
 *
 * @param given - One array of finite numbers per group; at least two groups of at least one value.
 * @throws InputError if there are fewer groups or values, a value is not finite, or the adjustment is unknown.
 * @see Dunn (1964), doi:10.1080/00401706.1964.10490181. Checked against scikit-posthocs in test/reference/tests-python.json.
 */
export function dunnTest(given: readonly ArrayLike<number>[], options: DunnOptions = {}): PairwiseResult {
  const { adjustment = "holm", level = 0.95 } = options;
  const { groups, notes } = knownGroups("dunnTest", given, { ...options, smallest: 1 });
  const sorted = sortGroups(groups);
  const merged = mergeRanks(sorted);
  const compared = everyPair(groups.length, (first, second) => ({
    ...comparePairOfRanks(merged, first, second),
    effect: dominanceEffect("Cliff's delta", { own: sorted[first]!, others: sorted[second]!, level }),
  }));
  const adjusted = adjustPValues(
    compared.map(({ pValue }) => pValue),
    adjustment,
  );
  const pairs = compared.map((pair, i): PairDifference => ({ ...pair, adjustedPValue: adjusted[i]! }));
  const smallest = Math.min(...merged.sizes);
  return {
    method: "Dunn",
    adjustment,
    pairs,
    notes: [
      ...notes,
      ...(smallest < 5
        ? [`The smallest group has ${smallest} rows: the normal approximation is rough below 5.`]
        : []),
      ...pValueNotes(Math.min(...compared.map(({ pValue }) => pValue)), merged.rowCount),
    ],
  };
}

function comparePairOfRanks(
  { sizes, rankSums, tieSum, rowCount }: MergedRanks,
  first: number,
  second: number,
): Omit<PairDifference, "adjustedPValue" | "effect"> & { readonly pValue: number } {
  const difference = rankSums[first]! / sizes[first]! - rankSums[second]! / sizes[second]!;
  const variance = (rowCount * (rowCount + 1) - tieSum / (rowCount - 1)) / 12;
  const standardError = Math.sqrt(Math.max(0, variance) * (1 / sizes[first]! + 1 / sizes[second]!));
  const statistic = difference === 0 ? 0 : difference / standardError;
  return {
    first,
    second,
    difference,
    standardError,
    statistic,
    degreesOfFreedom: null,
    pValue: withinReport(normalTwoSided(statistic)),
    interval: null,
  };
}
