import type { Random } from "../core/random.js";
import { bootstrapInterval } from "./bootstrap-interval.js";
import { checkGroups } from "./check-groups.js";
import { varianceScale, varianceWords } from "./effect-words.js";
import {
  type GroupMoments,
  momentsFrom,
  momentsToCompare,
  type SumsOfSquares,
  sumsOfSquares,
} from "./group-moments.js";
import type { EffectSize, IntervalOptions } from "./test-result.js";

/**
 * Share of the variation that lies between the groups, as found in these rows.
 *
 * Range 0…1, higher: the groups differ more; unit-free. SS between / SS total. Flatters small groups: prefer
 * {@link omegaSquared}. Values that are all equal give 0. O(rows) plus the bootstrap.
 *
 * @param groups - One array of finite numbers per group, at least two groups, each with a value.
 * @throws InputError if a group is empty or a value is not finite.
 * @see Cohen (1988), Statistical Power Analysis, ch. 8. Checked in test/reference/inference.json.
 */
export function etaSquared(groups: readonly ArrayLike<number>[], options: IntervalOptions = {}): EffectSize {
  return varianceEffect(
    "eta squared",
    groups,
    ({ between, within }) => between / (between + within),
    options,
  );
}

/**
 * {@link etaSquared} without its bias, for the population: (SS between − (k − 1)·MS within) / (SS total + MS within).
 *
 * Range 0…1 (negative estimates are shown as 0), higher: the groups differ more; unit-free.
 *
 * @throws InputError if a group has fewer than 2 values or a value is not finite.
 * @see Hays (1963), Statistics for Psychologists; Okada (2013), doi:10.2333/bhmk.40.129
 */
export function omegaSquared(
  groups: readonly ArrayLike<number>[],
  options: IntervalOptions = {},
): EffectSize {
  return varianceEffect("omega squared", groups, omegaOf, options);
}

/**
 * {@link etaSquared} with Kelley's correction: (SS between − (k − 1)·MS within) / SS total.
 *
 * Range 0…1 (negative estimates are shown as 0), higher: the groups differ more; unit-free. The least biased of the three.
 *
 * @throws InputError as for {@link omegaSquared}.
 * @see Kelley (1935), doi:10.1073/pnas.21.9.554; Okada (2013), doi:10.2333/bhmk.40.129
 */
export function epsilonSquared(
  groups: readonly ArrayLike<number>[],
  options: IntervalOptions = {},
): EffectSize {
  return varianceEffect("epsilon squared", groups, epsilonOf, options);
}

export function omegaOf(sums: SumsOfSquares): number {
  const { between, within, rowCount, groupCount } = sums;
  const meanSquare = within / (rowCount - groupCount);
  return (between - (groupCount - 1) * meanSquare) / (between + within + meanSquare);
}

function epsilonOf({ between, within, rowCount, groupCount }: SumsOfSquares): number {
  return (between - ((groupCount - 1) * within) / (rowCount - groupCount)) / (between + within);
}

function varianceEffect(
  name: string,
  groups: readonly ArrayLike<number>[],
  formula: (sums: SumsOfSquares) => number,
  options: IntervalOptions,
): EffectSize {
  const caller = name.replace(/ s/, "S");
  checkGroups(caller, groups, name === "eta squared" ? 1 : 2);
  const estimate = (moments: readonly GroupMoments[]) => {
    const sums = sumsOfSquares(moments);
    return sums.between + sums.within === 0 ? 0 : Math.max(0, formula(sums));
  };
  const value = estimate(momentsToCompare(groups));
  return {
    name,
    value,
    scale: varianceScale,
    interval: momentsInterval(value, groups, estimate, options),
    words: varianceWords(value),
  };
}

/** Interval of any effect that depends on the groups' sizes, means and variances only; rows are drawn within groups. */
export function momentsInterval(
  value: number,
  groups: readonly ArrayLike<number>[],
  estimate: (moments: readonly GroupMoments[]) => number,
  options: IntervalOptions,
): EffectSize["interval"] {
  const rowCount = groups.reduce((sum, group) => sum + group.length, 0);
  const origin = groups[0]![0]!;
  const drawn = new Float64Array(Math.max(2, ...groups.map((group) => group.length)));
  const drawMoments = (group: ArrayLike<number>, share: number, random: Random) => {
    const size = Math.max(2, Math.round(group.length * share));
    for (let i = 0; i < size; i++) drawn[i] = group[random.below(group.length)]!;
    return momentsFrom(origin, drawn.subarray(0, size));
  };
  const resample = (share: number, random: Random) =>
    estimate(groups.map((group) => drawMoments(group, share, random)));
  return bootstrapInterval(value, { rowCount, range: [0, 1], resample }, options);
}
