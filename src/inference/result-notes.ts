import { countText, numberText } from "../core/number-text.js";
import { rowCountOf } from "./check-groups.js";
import type { GroupMoments } from "./group-moments.js";
import { smallestPValue } from "./tail-probability.js";

/** From this many rows on, any difference at all gives a small p. */
const manyRows = 10_000;
const fewRows = 15;
const skewMark = 1;
const varianceRatioMark = 4;

/** What a p-value alone would hide: that it is only a bound, or that there are so many rows that it says little. */
export function pValueNotes(pValue: number, rowCount: number): string[] {
  return [
    ...(pValue <= smallestPValue ? ["p is smaller than can be computed: 1e-300 is an upper bound."] : []),
    ...(rowCount >= manyRows
      ? [`${countText(rowCount)} rows make p small for any difference: the effect size is what counts.`]
      : []),
  ];
}

/** Counts that a comparison of means leans on. */
export function smallGroupNotes(moments: readonly GroupMoments[]): string[] {
  const smallest = Math.min(...moments.map(({ size }) => size));
  return smallest < fewRows
    ? [`The smallest group has ${smallest} rows: means of so few need near-normal values.`]
    : [];
}

/** Said where the values within groups lean to one side: their means move with a few large values. */
export function skewNotes(groups: readonly ArrayLike<number>[], moments: readonly GroupMoments[]): string[] {
  const skewness = skewnessWithin(groups, moments);
  return Math.abs(skewness) > skewMark
    ? [
        `Skewness within groups is ${numberText(skewness)}, beyond ±1: few large values move the means. Compare ranks too.`,
      ]
    : [];
}

/** Said where a method that assumes equal variances has groups that differ four times or more. */
export function varianceNotes(moments: readonly GroupMoments[], instead: string): string[] {
  const ratio = varianceRatio(moments);
  if (ratio < varianceRatioMark) return [];
  const size = Number.isFinite(ratio)
    ? `${numberText(ratio)} times as large in one group as`
    : "0 in one group and not";
  return [`The variance is ${size} in another, and this method assumes equal ones. ${instead}`];
}

/** Largest variance over smallest; 1 where no group varies. */
export function varianceRatio(moments: readonly GroupMoments[]): number {
  const variances = moments.map(({ variance }) => variance);
  const largest = Math.max(...variances);
  return largest === 0 ? 1 : largest / Math.min(...variances);
}

/** Skewness of the differences from the own group's mean, all groups together; 0 where nothing varies. */
export function skewnessWithin(
  groups: readonly ArrayLike<number>[],
  moments: readonly GroupMoments[],
): number {
  const origin = groups[0]![0]!;
  let squares = 0;
  let cubes = 0;
  groups.forEach((group, j) => {
    const { mean } = moments[j]!;
    for (let i = 0; i < group.length; i++) {
      const difference = group[i]! - origin - mean;
      squares += difference * difference;
      cubes += difference * difference * difference;
    }
  });
  const count = rowCountOf(groups);
  return squares === 0 ? 0 : (Math.sqrt(count) * cubes) / squares ** 1.5;
}
