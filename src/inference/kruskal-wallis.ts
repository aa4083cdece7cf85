import type { Random } from "../core/random.js";
import { bootstrapInterval } from "./bootstrap-interval.js";
import { checkGroups, knownGroups } from "./check-groups.js";
import { varianceScale, varianceWords } from "./effect-words.js";
import { type MergedRanks, mergeRanks, sortGroups } from "./merge-ranks.js";
import { pValueNotes } from "./result-notes.js";
import { chiSquareUpperTail } from "./tail-probability.js";
import type { EffectSize, IntervalOptions, TestOptions, TestResult } from "./test-result.js";

/**
 * Tests whether some group tends to larger values than another, from ranks: fit for scores and skewed money.
 *
 * `statistic` is H corrected for ties (0 and up, higher: the groups differ more), `degreesOfFreedom` k − 1, the p-value
 * from χ². The effect is {@link rankEpsilonSquared}. Values that are all equal give H = 0, p = 1. O(n log n) plus the bootstrap.
 *
 * @param given - One array of finite numbers per group; at least two groups of at least one value.
 * @throws InputError if there are fewer groups or values, or a value is not finite.
 * @see Kruskal & Wallis (1952), doi:10.1080/01621459.1952.10483441. Checked against SciPy in test/reference/inference.json.
 * @example
 * kruskalWallis([[1, 2, 3], [4, 5, 6]]).statistic // => 3.85714
 */
export function kruskalWallis(given: readonly ArrayLike<number>[], options: TestOptions = {}): TestResult {
  const { groups, notes } = knownGroups("kruskalWallis", given, { ...options, smallest: 1 });
  const merged = mergeRanks(sortGroups(groups));
  const statistic = tieCorrectedH(merged);
  const smallest = Math.min(...merged.sizes);
  const pValue = chiSquareUpperTail(statistic, groups.length - 1);
  return {
    method: "Kruskal–Wallis",
    statistic,
    degreesOfFreedom: [groups.length - 1],
    pValue,
    effect: effectOf(groups, merged, smallest < 5 ? { ...options, resamples: 0 } : options),
    notes: [
      ...notes,
      ...(merged.distinctCount === 1
        ? ["All values are equal: there is nothing to tell the groups apart."]
        : []),
      ...(smallest < 5
        ? [`The smallest group has ${smallest} rows: the χ² approximation is rough below 5.`]
        : []),
      ...pValueNotes(pValue, merged.rowCount),
    ],
  };
}

/**
 * Share of the variation of ranks that lies between the groups: H / (n − 1), H corrected for ties.
 *
 * Range 0…1, higher: the groups differ more; unit-free. Not corrected for bias: with no difference it is about (k − 1) / (n − 1).
 *
 * @throws InputError as for {@link kruskalWallis}.
 * @see Tomczak & Tomczak (2014), Trends in Sport Sciences 1(21). Checked in test/reference/inference.json.
 */
export function rankEpsilonSquared(
  groups: readonly ArrayLike<number>[],
  options: IntervalOptions = {},
): EffectSize {
  checkGroups("rankEpsilonSquared", groups, 1);
  return effectOf(groups, mergeRanks(sortGroups(groups)), options);
}

function tieCorrectedH({ rowCount, sizes, rankSums, tieSum }: MergedRanks): number {
  const correction = 1 - tieSum / (rowCount ** 3 - rowCount);
  if (correction <= 0) return 0;
  const middle = (rowCount + 1) / 2;
  const spread = rankSums.reduce(
    (sum, rankSum, j) => sum + sizes[j]! * (rankSum / sizes[j]! - middle) ** 2,
    0,
  );
  return (12 * spread) / (rowCount * (rowCount + 1)) / correction;
}

function effectOf(
  groups: readonly ArrayLike<number>[],
  merged: MergedRanks,
  options: IntervalOptions,
): EffectSize {
  const epsilon = (ranks: MergedRanks) =>
    ranks.rowCount < 2 ? 0 : tieCorrectedH(ranks) / (ranks.rowCount - 1);
  const value = epsilon(merged);
  const plan = {
    rowCount: merged.rowCount,
    range: [0, 1] as const,
    resample: (share: number, random: Random) => epsilon(mergeRanks(drawWithinGroups(groups, share, random))),
  };
  return {
    name: "rank epsilon squared",
    value,
    scale: varianceScale,
    interval: bootstrapInterval(value, plan, options),
    words: varianceWords(value, "variation of ranks"),
  };
}

/** Values drawn with replacement, group by group, sorted. */
function drawWithinGroups(
  groups: readonly ArrayLike<number>[],
  share: number,
  random: Random,
): readonly Float64Array[] {
  return groups.map((group) => {
    const drawn = new Float64Array(Math.max(1, Math.round(group.length * share)));
    for (let i = 0; i < drawn.length; i++) drawn[i] = group[random.below(group.length)]!;
    return drawn.sort();
  });
}
