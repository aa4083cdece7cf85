import { checkChoice, checkCount } from "../core/check.js";
import { knownGroups } from "./check-groups.js";
import { dominanceEffect } from "./cliffs-delta.js";
import { type MergedRanks, mergeRanks, sortGroups } from "./merge-ranks.js";
import { normalTwoSided } from "./normal-distribution.js";
import { exactRankSumP } from "./rank-sum-distribution.js";
import { pValueNotes } from "./result-notes.js";
import { withinReport } from "./tail-probability.js";
import type { TestOptions, TestResult } from "./test-result.js";

/** Up to this many rows in each group every arrangement is counted. */
const mostExactRows = 50;
/** Beyond it the exact count takes minutes. */
const mostRowsAtAll = 200;

/** Options of {@link mannWhitneyU}. */
export interface MannWhitneyOptions extends TestOptions {
  /** Default: "exact" up to 50 rows in each group, ties or not, else "normal". "exact" takes up to 200 rows in all. */
  readonly distribution?: "exact" | "normal";
}

/**
 * Tests whether values of one group tend to be larger than those of another, from ranks.
 *
 * `statistic` is U of the first group: pairs in which its value is larger, ties counted as half (0…mn). The p-value is two-sided:
 * the share of all arrangements of the rows with a rank sum at least as far from its expectation ("exact", with ties too), or the
 * normal approximation with ties in the variance and continuity correction. The effect is {@link rankBiserial}. Values that are
 * all equal give p = 1. O(n log n).
 *
 * @param first - Finite numbers, at least one.
 * @param second - Finite numbers, at least one.
 * @throws InputError if a group is empty, a value is not finite, or "exact" is asked for above 200 rows.
 * @see Mann & Whitney (1947), doi:10.1214/aoms/1177730491. Checked against R in test/reference/tests-r.json.
 * @example
 * mannWhitneyU([1, 2, 3], [4, 5, 6]).pValue // => 0.1
 */
export function mannWhitneyU(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: MannWhitneyOptions = {},
): TestResult {
  const { groups, notes } = knownGroups("mannWhitneyU", [first, second], { ...options, smallest: 1 });
  const [own, others] = sortGroups(groups) as [Float64Array, Float64Array];
  const merged = mergeRanks([own, others]);
  const statistic = merged.rankSums[0]! - (own.length * (own.length + 1)) / 2;
  const isExact = isCountedExactly(own.length, others.length, options.distribution);
  const pValue = withinReport(isExact ? exactRankSumP(own, others) : normalP(statistic, merged));
  const smallest = Math.min(own.length, others.length);
  return {
    method: isExact ? "Mann–Whitney U, exact" : "Mann–Whitney U, normal approximation",
    statistic,
    degreesOfFreedom: [],
    pValue,
    effect: dominanceEffect("rank-biserial correlation", { own, others, level: options.level ?? 0.95 }),
    notes: [
      ...notes,
      ...(merged.distinctCount === 1
        ? ["All values are equal: there is nothing to tell the groups apart."]
        : []),
      ...(!isExact && smallest < 8
        ? [`The smaller group has ${smallest} rows: the normal approximation is rough below 8.`]
        : []),
      ...pValueNotes(pValue, merged.rowCount),
    ],
  };
}

function isCountedExactly(m: number, n: number, asked: MannWhitneyOptions["distribution"]): boolean {
  if (asked === undefined) return Math.max(m, n) <= mostExactRows;
  checkChoice("mannWhitneyU", "distribution", asked, ["exact", "normal"]);
  if (asked === "exact")
    checkCount("mannWhitneyU", "rows for the exact distribution", m + n, 2, mostRowsAtAll);
  return asked === "exact";
}

function normalP(statistic: number, { sizes, rowCount, tieSum }: MergedRanks): number {
  const pairs = sizes[0]! * sizes[1]!;
  const variance = (pairs / 12) * (rowCount + 1 - tieSum / (rowCount * (rowCount - 1)));
  if (variance <= 0) return 1;
  const distance = Math.max(0, Math.abs(statistic - pairs / 2) - 0.5);
  return normalTwoSided(distance / Math.sqrt(variance));
}
