import { checkNumber } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { MissingOptions } from "./check-groups.js";
import { knownGroups } from "./check-groups.js";
import { type GroupMoments, momentsToCompare } from "./group-moments.js";
import { skewNotes, smallGroupNotes } from "./result-notes.js";
import { tUpperQuantile, tUpperTail } from "./student-t.js";
import type { Interval } from "./test-result.js";
import { welchDifference } from "./welch-t.js";

/** Which differences count as none. */
export interface EquivalenceOptions extends MissingOptions {
  /** Differences of the means between these two, in the values' unit, would not matter. */
  readonly low: number;
  readonly high: number;
  /** Chance of calling groups equivalent that are not, above 0 and below 0.5; default 0.05. */
  readonly alpha?: number;
}

/** What {@link equivalenceTest} gives. */
export interface Equivalence {
  readonly method: "two one-sided Welch t tests";
  /** Mean of the first group less mean of the second, in the values' unit. */
  readonly difference: number;
  /** Of level 1 − 2·alpha: the groups are equivalent where it lies between the bounds. */
  readonly interval: Interval;
  readonly degreesOfFreedom: number;
  /** Each 1e-300…1: that the difference is at most `low`, and at least `high`. */
  readonly pLow: number;
  readonly pHigh: number;
  /** The larger of the two. */
  readonly pValue: number;
  readonly isEquivalent: boolean;
  readonly words: string;
  readonly notes: readonly string[];
}

/**
 * Tests whether two means are so near that the difference does not matter: two one-sided tests (TOST).
 *
 * What a large p-value cannot show. Variances need not be equal. O(rows).
 *
 * @param first - Finite numbers, at least two.
 * @param second - Finite numbers, at least two.
 * @throws InputError if a group is smaller, a value is not finite, neither group varies, or `low` is not below `high`.
 * @see Schuirmann (1987), doi:10.1007/BF01068419. Checked against R in test/reference/tests-r.json.
 */
export function equivalenceTest(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: EquivalenceOptions,
): Equivalence {
  const { low, high, alpha = 0.05 } = options;
  checkBounds(low, high, alpha);
  const { groups, notes } = knownGroups("equivalenceTest", [first, second], { ...options, smallest: 2 });
  const moments = momentsToCompare(groups);
  const [a, b] = moments as [GroupMoments, GroupMoments];
  const { difference, standardError, degreesOfFreedom } = welchDifference("equivalenceTest", a, b);
  const pLow = tUpperTail((difference - low) / standardError, degreesOfFreedom);
  const pHigh = tUpperTail((high - difference) / standardError, degreesOfFreedom);
  const pValue = Math.max(pLow, pHigh);
  const reach = standardError * tUpperQuantile(alpha, degreesOfFreedom);
  const isEquivalent = pValue <= alpha;
  return {
    method: "two one-sided Welch t tests",
    difference,
    interval: { low: difference - reach, high: difference + reach, level: 1 - 2 * alpha, method: "Welch t" },
    degreesOfFreedom,
    pLow,
    pHigh,
    pValue,
    isEquivalent,
    words: isEquivalent
      ? `equivalent: any difference lies between ${low} and ${high}`
      : `not shown to be equivalent: the difference may lie outside ${low} to ${high}`,
    notes: [...notes, ...smallGroupNotes(moments), ...skewNotes(groups, moments)],
  };
}

function checkBounds(low: number, high: number, alpha: number): void {
  checkNumber("equivalenceTest", "low", low);
  checkNumber("equivalenceTest", "high", high);
  checkNumber("equivalenceTest", "alpha", alpha, 0.0005, 0.4999);
  if (low >= high) throw new InputError(`equivalenceTest: low must be below high, got ${low} and ${high}`);
}
