import { medianSorted } from "simple-statistics";
import { knownGroups, rowCountOf } from "./check-groups.js";
import { varianceScale, varianceWords } from "./effect-words.js";
import { type GroupMoments, momentsToCompare, sumsOfSquares } from "./group-moments.js";
import { classicF } from "./one-way-anova.js";
import { pValueNotes } from "./result-notes.js";
import { fUpperTail } from "./tail-probability.js";
import type { EffectSize, TestOptions, TestResult } from "./test-result.js";
import { momentsInterval, omegaOf } from "./variance-explained.js";

/**
 * Tests whether groups vary equally: analysis of variance of the distances from each group's own median.
 *
 * `statistic` is F (0 and up, higher: the spreads differ more), `degreesOfFreedom` k − 1 and n − k. Holds for skewed values too,
 * where Bartlett's and Levene's tests do not. The effect is omega squared of those distances, with a bootstrap interval. O(n log n).
 *
 * @param given - One array of finite numbers per group; at least two groups of at least two values.
 * @returns statistic 0 and p 1 where no group varies.
 * @throws InputError if there are fewer groups or values, or a value is not finite.
 * @see Brown & Forsythe (1974), doi:10.1080/01621459.1974.10482955. Checked against SciPy in test/reference/tests-python.json.
 */
export function brownForsythe(given: readonly ArrayLike<number>[], options: TestOptions = {}): TestResult {
  const { groups, notes } = knownGroups("brownForsythe", given, { ...options, smallest: 2 });
  const distances = groups.map(distancesFromMedian);
  const moments = momentsToCompare(distances);
  const { statistic, degreesOfFreedom } = classicF(sumsOfSquares(moments));
  const pValue = fUpperTail(statistic, degreesOfFreedom[0]!, degreesOfFreedom[1]!);
  return {
    method: "Brown–Forsythe",
    statistic,
    degreesOfFreedom,
    pValue,
    effect: spreadEffect(distances, moments, options),
    notes: [
      ...notes,
      ...(groups.every((group) => group.length < 5)
        ? ["No group has five rows: a spread from so few is hardly known."]
        : []),
      ...pValueNotes(pValue, rowCountOf(groups)),
    ],
  };
}

function distancesFromMedian(group: ArrayLike<number>): Float64Array {
  const centre = medianSorted(Float64Array.from(group).sort() as unknown as number[]);
  return Float64Array.from(group, (value) => Math.abs(value - centre));
}

function spreadEffect(
  distances: readonly Float64Array[],
  moments: readonly GroupMoments[],
  options: TestOptions,
): EffectSize {
  const estimate = (drawn: readonly GroupMoments[]) => {
    const sums = sumsOfSquares(drawn);
    return sums.within === 0 ? 0 : Math.max(0, omegaOf(sums));
  };
  const value = estimate(moments);
  return {
    name: "omega squared of the distances from the median",
    value,
    scale: varianceScale,
    interval: momentsInterval(value, distances, estimate, options),
    words: varianceWords(value, "distance from the median"),
  };
}
