import { checkCount } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { cutsBelow, quantileCuts } from "../features/quantile-scores.js";

/** Bins of a feature as they were at the baseline: never cut anew, or figures of two refreshes could not be compared. */
export interface FrozenBins {
  /** Upper ends of all bins but the last, ascending, each once. */
  readonly cuts: readonly number[];
  /** Customers of the baseline in each bin; the last entry are those without a value. */
  readonly counts: readonly number[];
}

/**
 * Cuts a feature into bins of about as many customers, once, at the baseline.
 *
 * Fewer bins where many values are equal. O(n log n).
 *
 * @param values - NaN where unknown.
 * @param bins - Default 10.
 * @throws InputError if no value is known.
 */
export function freezeBins(values: ArrayLike<number>, bins: number = 10): FrozenBins {
  checkCount("freezeBins", "bins", bins, 2, 100);
  const all = quantileCuts(values, bins);
  if (all.length === 0) throw new InputError("freezeBins: values must hold known ones, got none");
  const cuts = [...new Set(all)];
  return { cuts, counts: countInBins(cuts, values) };
}

/** Values in each bin; the last entry counts those that are not known. */
export function countInBins(cuts: readonly number[], values: ArrayLike<number>): number[] {
  const counts = Array.from({ length: cuts.length + 2 }, () => 0);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    counts[Number.isNaN(value) ? cuts.length + 1 : cutsBelow(cuts, value)]! += 1;
  }
  return counts;
}
