import { checkNumber } from "../core/check.js";
import { numberText } from "../core/number-text.js";
import { normalQuantile } from "../core/special-functions.js";
import { checkGroups } from "./check-groups.js";
import { type Dominance, dominanceOf } from "./dominance.js";
import { sizeWord } from "./effect-words.js";
import { sortGroups } from "./merge-ranks.js";
import type { EffectSize, Interval } from "./test-result.js";

/**
 * How often a value of the first group exceeds one of the second, less how often it falls below.
 *
 * Range −1…1: 1 every value of the first group is larger, 0 neither group leads, −1 every value is smaller. Needs no scale, only order.
 * The same number as the rank-biserial correlation, 2U / (mn) − 1.
 * Interval: Cliff's consistent variance, bent so that it stays inside −1…1. O(n log n).
 *
 * @param first - Finite numbers, at least two.
 * @param second - Finite numbers, at least two.
 * @param options - `level` of the interval, above 0.5; default 0.95.
 * @throws InputError if a group is smaller or a value is not finite.
 * @see Cliff (1993), doi:10.1037/0033-2909.114.3.494; Feng & Cliff (2004), doi:10.22237/jmasm/1099267560.
 * Checked against all pairs in test/reference/inference.json.
 */
export function cliffsDelta(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: { readonly level?: number } = {},
): EffectSize {
  checkGroups("cliffsDelta", [first, second], 2);
  const [own, others] = sortGroups([first, second]) as [Float64Array, Float64Array];
  return dominanceEffect("Cliff's delta", { own, others, level: options.level ?? 0.95 });
}

/**
 * Correlation of the ranks with belonging to the first group: 2U / (mn) − 1, the effect size of {@link mannWhitneyU}.
 *
 * The same number, range, direction and interval as {@link cliffsDelta}, under the name that goes with the rank test.
 *
 * @throws InputError as for {@link cliffsDelta}.
 * @see Glass (1965), doi:10.1177/001316446502500109; Kerby (2014), doi:10.2466/11.IT.3.1
 */
export function rankBiserial(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: { readonly level?: number } = {},
): EffectSize {
  checkGroups("rankBiserial", [first, second], 2);
  const [own, others] = sortGroups([first, second]) as [Float64Array, Float64Array];
  return dominanceEffect("rank-biserial correlation", { own, others, level: options.level ?? 0.95 });
}

/** The effect under one of its names, from sorted groups; without an interval where a group has a single value. */
export function dominanceEffect(
  name: string,
  { own, others, level }: { own: Float64Array; others: Float64Array; level: number },
): EffectSize {
  checkNumber(name, "level", level, 0.5, 0.999);
  const dominance = dominanceOf(own, others);
  const value = dominance.delta;
  const isKnown = own.length > 1 && others.length > 1;
  return {
    name,
    value,
    scale: "−1 to 1, positive: the first group tends to larger values",
    interval: isKnown ? cliffInterval(dominance, { m: own.length, n: others.length, level }) : null,
    words: `${sizeWord(value, [0.147, 0.33, 0.474])}: ahead in ${numberText(50 * (1 + value))} of 100 pairs, ties shared`,
  };
}

function cliffInterval(
  { delta, ownSquares, otherSquares, untied }: Dominance,
  { m, n, level }: { m: number; n: number; level: number },
): Interval {
  const z = normalQuantile((1 + level) / 2);
  const method = "Cliff's consistent variance";
  if (Math.abs(delta) === 1) {
    // Nothing overlaps, so the variance is 0 and says nothing; this bound rests on the size of the smaller group.
    const nearest = (Math.min(m, n) - z * z) / (Math.min(m, n) + z * z);
    return { low: delta < 0 ? -1 : nearest, high: delta < 0 ? -nearest : 1, level, method };
  }
  const pairSquares = m * n * (untied / (m * n) - delta ** 2);
  const unbiased = (n * n * ownSquares + m * m * otherSquares - pairSquares) / (m * n * (m - 1) * (n - 1));
  const variance = Math.max(unbiased, (1 - delta ** 2) / (m * n - 1));
  const reach = z * Math.sqrt(variance) * Math.sqrt((1 - delta ** 2) ** 2 + z * z * variance);
  const centre = delta - delta ** 3;
  const divisor = 1 - delta ** 2 + z * z * variance;
  return { low: (centre - reach) / divisor, high: (centre + reach) / divisor, level, method };
}
