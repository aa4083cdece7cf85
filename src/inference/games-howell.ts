import { checkNumber } from "../core/check.js";
import { knownGroups, type MissingOptions, rowCountOf } from "./check-groups.js";
import { type GroupMoments, momentsToCompare } from "./group-moments.js";
import { hedgesFromMoments } from "./hedges-g.js";
import { everyPair, type PairDifference, type PairwiseResult } from "./pairwise-result.js";
import { pValueNotes, skewNotes, smallGroupNotes } from "./result-notes.js";
import { type StudentizedRange, studentizedRange } from "./studentized-range.js";
import { welchDifference } from "./welch-t.js";

/** Options of comparisons of every pair of means. */
export interface PairwiseOptions extends MissingOptions {
  /** Share of such families of intervals that all hold, above 0.5; default 0.95. */
  readonly level?: number;
}

/**
 * Compares every pair of groups' means after {@link welchAnova}, without assuming that they vary equally.
 *
 * p-values and intervals hold for all pairs at once, by the studentized range with Welch's degrees of freedom. Effect: Hedges' g
 * of the pair. O(rows), and some milliseconds a pair.
 *
 * @param given - One array of finite numbers per group; at least two groups of at least two values.
 * @throws InputError if there are fewer groups or values, a value is not finite, or neither group of a pair varies.
 * @see Games & Howell (1976), doi:10.3102/10769986001002113. Checked against pingouin and R in test/reference/.
 */
export function gamesHowell(
  given: readonly ArrayLike<number>[],
  options: PairwiseOptions = {},
): PairwiseResult {
  const { level = 0.95 } = options;
  checkNumber("gamesHowell", "level", level, 0.5, 0.999);
  const { groups, notes } = knownGroups("gamesHowell", given, { ...options, smallest: 2 });
  const moments = momentsToCompare(groups);
  const pairs = everyPair(groups.length, (first, second) => {
    const distance = welchDifference("gamesHowell", moments[first]!, moments[second]!);
    const range = studentizedRange(groups.length, distance.degreesOfFreedom);
    return comparePair({
      first,
      second,
      moments,
      level,
      range,
      critical: range.quantile(level),
      ...distance,
    });
  });
  return {
    method: "Games–Howell",
    adjustment: "studentized range",
    pairs,
    notes: [
      ...notes,
      ...smallGroupNotes(moments),
      ...skewNotes(groups, moments),
      ...pValueNotes(Math.min(...pairs.map(({ adjustedPValue }) => adjustedPValue)), rowCountOf(groups)),
    ],
  };
}

/** A pair's difference judged by the studentized range of all groups' means. */
export function comparePair(pair: {
  readonly first: number;
  readonly second: number;
  readonly moments: readonly GroupMoments[];
  readonly difference: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
  readonly level: number;
  readonly range: StudentizedRange;
  /** The range's quantile at `level`. */
  readonly critical: number;
}): PairDifference {
  const { first, second, moments, difference, standardError, degreesOfFreedom, level } = pair;
  const statistic = difference / standardError;
  const reach = (standardError * pair.critical) / Math.SQRT2;
  return {
    first,
    second,
    difference,
    standardError,
    statistic,
    degreesOfFreedom,
    pValue: null,
    adjustedPValue: pair.range.above(Math.SQRT2 * Math.abs(statistic)),
    interval: { low: difference - reach, high: difference + reach, level, method: "studentized range" },
    effect: hedgesFromMoments(moments[first]!, moments[second]!, level),
  };
}
