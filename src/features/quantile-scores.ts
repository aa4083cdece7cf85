import { quantileSorted } from "simple-statistics";

/**
 * Upper ends of all scores but the highest: the quantiles (type 7) that part the known values into so many parts, ascending.
 * Empty where no value is known. Equal neighbours mean that a score is not used.
 *
 * @param values - NaN where unknown.
 */
export function quantileCuts(values: ArrayLike<number>, parts: number): number[] {
  const sorted = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (sorted.length === 0) return [];
  const known = Array.from(sorted);
  return Array.from({ length: parts - 1 }, (_, i) => quantileSorted(known, (i + 1) / parts));
}

/** How many cuts a value exceeds: equal values always share a score. */
export function cutsBelow(cuts: readonly number[], value: number): number {
  let count = 0;
  for (const cut of cuts) if (value > cut) count++;
  return count;
}
