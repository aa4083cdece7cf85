import { checkCount, checkSameLength } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { findRoot } from "../inference/find-root.js";
import { chiSquareUpperTail } from "../inference/tail-probability.js";

/** How far the mix over bins has moved, and how far it moves where nothing drifts. */
export interface StabilityIndex {
  /** 0 or more; 0: the same mix. */
  readonly value: number;
  /** The value that no drift stays below in 95 of 100 cases, for these sizes and bins. */
  readonly noDriftLimit: number;
  /** p-value of the index where nothing drifts. */
  readonly pValue: number;
  /** By the common bands: below 0.1, up to 0.25, above. They know nothing of sizes: read beside the limit. */
  readonly band: "small" | "moderate" | "large";
}

/**
 * Population stability index: Σ (p − q) ln(p / q) over bins that were frozen at the baseline.
 *
 * Half a customer is added to each bin, so that an empty one does not make it infinite. Where nothing drifts, the index is about
 * (1/n + 1/m) χ² with one degree of freedom less than bins. O(bins).
 *
 * @param before - Customers in each bin at the baseline; whole numbers.
 * @param after - Customers in the same bins now.
 * @throws InputError if lengths differ, there are fewer than two bins that anybody is in, or a date has nobody.
 * @see Yurdakul (2018), Statistical Properties of Population Stability Index, Western Michigan University, dissertation 3208
 */
export function populationStabilityIndex(
  before: readonly number[],
  after: readonly number[],
): StabilityIndex {
  checkSameLength("populationStabilityIndex", "after", after, before.length, "one per bin before");
  for (const [name, counts] of [
    ["before", before],
    ["after", after],
  ] as const)
    for (const [i, count] of counts.entries())
      checkCount("populationStabilityIndex", `${name}[${i}]`, count, 0);
  // A bin that nobody was ever in is no bin.
  const used = before.map((_, i) => i).filter((i) => before[i]! + after[i]! > 0);
  const [n, m] = [total(before), total(after)];
  if (n === 0 || m === 0 || used.length < 2)
    throw new InputError(
      `populationStabilityIndex: before and after must have customers in at least 2 bins, got ${n} and ${m} in ${used.length}`,
    );
  const value = used.reduce((sum, i) => {
    const p = (before[i]! + 0.5) / (n + 0.5 * used.length);
    const q = (after[i]! + 0.5) / (m + 0.5 * used.length);
    return sum + (p - q) * Math.log(p / q);
  }, 0);
  const unit = 1 / n + 1 / m;
  const degrees = used.length - 1;
  return {
    value,
    noDriftLimit: unit * chiSquareQuantile(0.95, degrees),
    pValue: chiSquareUpperTail(value / unit, degrees),
    band: value < 0.1 ? "small" : value <= 0.25 ? "moderate" : "large",
  };
}

function chiSquareQuantile(probability: number, degrees: number): number {
  return findRoot((x) => 1 - probability - chiSquareUpperTail(x, degrees), 0, 10 * degrees + 100);
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
