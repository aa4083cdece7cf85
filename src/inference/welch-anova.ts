import { InputError } from "../core/errors.js";
import { sum } from "../core/sum.js";
import { knownGroups, rowCountOf } from "./check-groups.js";
import { varianceScale, varianceWords } from "./effect-words.js";
import { type GroupMoments, momentsToCompare } from "./group-moments.js";
import { pValueNotes, skewNotes, smallGroupNotes } from "./result-notes.js";
import { fUpperTail } from "./tail-probability.js";
import type { TestOptions, TestResult } from "./test-result.js";
import { momentsInterval } from "./variance-explained.js";

/**
 * Tests whether groups have equal means, without assuming that they vary equally.
 *
 * `statistic` is Welch's F (0 and up, higher: the means differ more); `degreesOfFreedom` are k − 1 and Welch's, the
 * second seldom a whole number. The effect is omega squared from Welch's F, (k − 1)(F − 1) / ((k − 1)(F − 1) + n), cut to 0…1,
 * with a bootstrap interval. O(rows) plus the bootstrap.
 *
 * @param given - One array of finite numbers per group; at least two groups of at least two values.
 * @throws InputError if there are fewer groups or values, a value is not finite, or a group does not vary.
 * @see Welch (1951), doi:10.1093/biomet/38.3-4.330; Hays (1963) for omega squared from F. Checked against pingouin in test/reference/inference.json.
 * @example
 * welchAnova([[1, 2, 3], [2, 4, 6]]).statistic // => 2.4
 */
export function welchAnova(given: readonly ArrayLike<number>[], options: TestOptions = {}): TestResult {
  const { groups, notes } = knownGroups("welchAnova", given, { ...options, smallest: 2 });
  const moments = momentsToCompare(groups);
  const flat = moments.findIndex(({ variance }) => variance === 0);
  if (flat >= 0)
    throw new InputError(
      `welchAnova: groups must vary within, got ${moments[flat]!.size} equal values in group ${flat}. kruskalWallis takes such groups`,
    );
  const { statistic, degreesOfFreedom } = welchF(moments);
  const value = welchOmega(moments);
  const smallest = Math.min(...moments.map(({ size }) => size));
  const pValue = fUpperTail(statistic, degreesOfFreedom[0]!, degreesOfFreedom[1]!);
  return {
    method: "Welch ANOVA",
    statistic,
    degreesOfFreedom,
    pValue,
    effect: {
      name: "omega squared",
      value,
      scale: varianceScale,
      interval: smallest < 5 ? null : momentsInterval(value, groups, welchOmega, options),
      words: varianceWords(value),
    },
    notes: [
      ...notes,
      ...smallGroupNotes(moments),
      ...skewNotes(groups, moments),
      ...pValueNotes(pValue, rowCountOf(groups)),
    ],
  };
}

function welchF(moments: readonly GroupMoments[]): {
  statistic: number;
  degreesOfFreedom: readonly number[];
} {
  const between = moments.length - 1;
  const weights = moments.map(({ size, variance }) => size / variance);
  const total = sum(weights);
  const centre = moments.reduce((sum, { mean }, j) => sum + weights[j]! * mean, 0) / total;
  const spread = moments.reduce((sum, { mean }, j) => sum + weights[j]! * (mean - centre) ** 2, 0) / between;
  const lambda = moments.reduce((sum, { size }, j) => sum + (1 - weights[j]! / total) ** 2 / (size - 1), 0);
  const groupCount = moments.length;
  const correction = 1 + (2 * (groupCount - 2) * lambda) / (groupCount ** 2 - 1);
  return {
    statistic: spread / correction,
    degreesOfFreedom: [between, (groupCount ** 2 - 1) / (3 * lambda)],
  };
}

function welchOmega(moments: readonly GroupMoments[]): number {
  if (moments.some(({ variance }) => variance === 0)) return Number.NaN;
  const { statistic, degreesOfFreedom } = welchF(moments);
  const rowCount = sum(moments.map(({ size }) => size));
  const excess = degreesOfFreedom[0]! * (statistic - 1);
  return Math.max(0, excess / (excess + rowCount));
}
