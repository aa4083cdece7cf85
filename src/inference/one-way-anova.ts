import { knownGroups, rowCountOf } from "./check-groups.js";
import { momentsToCompare, type SumsOfSquares, sumsOfSquares } from "./group-moments.js";
import { pValueNotes, skewNotes, smallGroupNotes, varianceNotes } from "./result-notes.js";
import { fUpperTail } from "./tail-probability.js";
import type { TestOptions, TestResult } from "./test-result.js";
import { omegaSquared } from "./variance-explained.js";

/**
 * Tests whether groups have equal means, assuming that they vary equally: the classic analysis of variance.
 *
 * `statistic` is F (0 and up, higher: the means differ more; Infinity where they differ and nothing varies within),
 * `degreesOfFreedom` k − 1 and n − k. The effect is {@link omegaSquared}. Prefer {@link welchAnova}, which assumes less. O(rows)
 * plus the bootstrap.
 *
 * @param given - One array of finite numbers per group; at least two groups of at least two values.
 * @returns statistic 0 and p 1 where all values are equal.
 * @throws InputError if there are fewer groups or values, or a value is not finite.
 * @see Fisher (1925), Statistical Methods for Research Workers. Checked against R in test/reference/tests-r.json and NIST's
 * reference data in test/reference/nist-anova.json.
 */
export function oneWayAnova(given: readonly ArrayLike<number>[], options: TestOptions = {}): TestResult {
  const { groups, notes } = knownGroups("oneWayAnova", given, { ...options, smallest: 2 });
  const moments = momentsToCompare(groups);
  const { statistic, degreesOfFreedom } = classicF(sumsOfSquares(moments));
  const pValue = fUpperTail(statistic, degreesOfFreedom[0]!, degreesOfFreedom[1]!);
  return {
    method: "one-way ANOVA",
    statistic,
    degreesOfFreedom,
    pValue,
    effect: omegaSquared(groups, options),
    notes: [
      ...notes,
      ...smallGroupNotes(moments),
      ...varianceNotes(moments, "Welch ANOVA does not."),
      ...skewNotes(groups, moments),
      ...pValueNotes(pValue, rowCountOf(groups)),
    ],
  };
}

/** F of the classic analysis of variance; 0 where neither the means nor the values within differ. */
export function classicF({ between, within, groupCount, rowCount }: SumsOfSquares): {
  readonly statistic: number;
  readonly degreesOfFreedom: readonly number[];
} {
  const degreesOfFreedom = [groupCount - 1, rowCount - groupCount];
  const statistic = between === 0 ? 0 : between / degreesOfFreedom[0]! / (within / degreesOfFreedom[1]!);
  return { statistic, degreesOfFreedom };
}
