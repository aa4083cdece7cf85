import { checkNumber } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { knownGroups, rowCountOf } from "./check-groups.js";
import { type GroupMoments, momentsToCompare } from "./group-moments.js";
import { hedgesFromMoments } from "./hedges-g.js";
import { pValueNotes, skewNotes, smallGroupNotes } from "./result-notes.js";
import { tTwoSided, tUpperQuantile } from "./student-t.js";
import type { Interval, TestOptions, TestResult } from "./test-result.js";

/** What {@link welchT} gives. */
export interface WelchT extends TestResult {
  /** Mean of the first group less mean of the second, in the values' unit. */
  readonly difference: number;
  readonly differenceInterval: Interval;
}

/**
 * Tests whether two groups have equal means, without assuming that they vary equally.
 *
 * `statistic` is t (−∞…∞, positive: the first group is higher), `degreesOfFreedom` Welch's, seldom a whole number; the p-value is
 * two-sided. The effect is {@link hedgesG}. O(rows).
 *
 * @param first - Finite numbers, at least two.
 * @param second - Finite numbers, at least two.
 * @throws InputError if a group is smaller, a value is not finite, or neither group varies.
 * @see Welch (1947), doi:10.1093/biomet/34.1-2.28. Checked against R in test/reference/tests-r.json.
 * @example
 * welchT([1, 2, 3], [2, 4, 6]).statistic // => -1.549193
 */
export function welchT(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: TestOptions = {},
): WelchT {
  const { level = 0.95 } = options;
  checkNumber("welchT", "level", level, 0.5, 0.999);
  const { groups, notes } = knownGroups("welchT", [first, second], { ...options, smallest: 2 });
  const moments = momentsToCompare(groups);
  const [a, b] = moments as [GroupMoments, GroupMoments];
  const { difference, standardError, degreesOfFreedom } = welchDifference("welchT", a, b);
  const statistic = difference / standardError;
  const pValue = tTwoSided(statistic, degreesOfFreedom);
  const reach = standardError * tUpperQuantile((1 - level) / 2, degreesOfFreedom);
  return {
    method: "Welch t",
    statistic,
    degreesOfFreedom: [degreesOfFreedom],
    pValue,
    effect: hedgesFromMoments(a, b, level),
    notes: [
      ...notes,
      ...smallGroupNotes(moments),
      ...skewNotes(groups, moments),
      ...pValueNotes(pValue, rowCountOf(groups)),
    ],
    difference,
    differenceInterval: { low: difference - reach, high: difference + reach, level, method: "Welch t" },
  };
}

/**
 * Difference of two means with its standard error and Welch's degrees of freedom.
 *
 * @throws InputError in the name of `caller` if neither group varies.
 */
export function welchDifference(
  caller: string,
  a: GroupMoments,
  b: GroupMoments,
): { readonly difference: number; readonly standardError: number; readonly degreesOfFreedom: number } {
  const shareA = a.variance / a.size;
  const shareB = b.variance / b.size;
  if (shareA + shareB === 0)
    throw new InputError(
      `${caller}: groups must vary within, got equal values in both groups of a pair. Rank tests take such groups`,
    );
  // As shares of their sum, so that tiny variances do not vanish when squared.
  const weight = shareA / (shareA + shareB);
  return {
    difference: a.mean - b.mean,
    standardError: Math.sqrt(shareA + shareB),
    degreesOfFreedom: 1 / (weight ** 2 / (a.size - 1) + (1 - weight) ** 2 / (b.size - 1)),
  };
}
