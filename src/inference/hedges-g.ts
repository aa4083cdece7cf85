import { checkNumber } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { numberText } from "../core/number-text.js";
import { logGamma, normalQuantile } from "../core/special-functions.js";
import { checkGroups } from "./check-groups.js";
import { sizeWord } from "./effect-words.js";
import { type GroupMoments, momentsToCompare } from "./group-moments.js";
import type { EffectSize } from "./test-result.js";

/**
 * How far two groups' means are apart, in pooled standard deviations, corrected for small samples.
 *
 * Range −∞…∞, positive: the first group is higher; unit-free. Cohen's d times Γ(m/2) / (√(m/2)·Γ((m − 1)/2)), m = n − 2.
 * Interval from the large-sample standard error. O(rows).
 *
 * @param first - Finite numbers, at least two.
 * @param second - Finite numbers, at least two.
 * @param options - `level` of the interval, above 0.5; default 0.95.
 * @throws InputError if a group is smaller, a value is not finite, or neither group varies.
 * @see Hedges (1981), doi:10.3102/10769986006002107. Checked against pingouin in test/reference/inference.json.
 */
export function hedgesG(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: { readonly level?: number } = {},
): EffectSize {
  const { level = 0.95 } = options;
  checkGroups("hedgesG", [first, second], 2);
  checkNumber("hedgesG", "level", level, 0.5, 0.999);
  const [a, b] = momentsToCompare([first, second]) as [GroupMoments, GroupMoments];
  if (a.variance + b.variance === 0)
    throw new InputError("hedgesG: groups must vary within, got equal values in both groups");
  return hedgesFromMoments(a, b, level);
}

/** {@link hedgesG} from sizes, means and variances, of which one at least is above 0. */
export function hedgesFromMoments(a: GroupMoments, b: GroupMoments, level: number): EffectSize {
  const degrees = a.size + b.size - 2;
  const pooled = Math.sqrt(((a.size - 1) * a.variance + (b.size - 1) * b.variance) / degrees);
  const correction = Math.exp(logGamma(degrees / 2) - logGamma((degrees - 1) / 2)) / Math.sqrt(degrees / 2);
  const value = (correction * (a.mean - b.mean)) / pooled;
  const error = Math.sqrt((a.size + b.size) / (a.size * b.size) + value ** 2 / (2 * (a.size + b.size)));
  const reach = normalQuantile((1 + level) / 2) * error;
  return {
    name: "Hedges' g",
    value,
    scale: "in standard deviations, positive: the first group is higher",
    interval: { low: value - reach, high: value + reach, level, method: "large-sample standard error" },
    words: `${sizeWord(value, [0.2, 0.5, 0.8])}: ${numberText(Math.abs(value))} standard deviations ${value < 0 ? "lower" : "higher"}`,
  };
}
