import { checkNumber } from "../core/check.js";
import { numberText } from "../core/number-text.js";
import { checkGroups } from "./check-groups.js";
import { sizeWord } from "./effect-words.js";
import { normalQuantile } from "./special-functions.js";
import type { EffectSize, Interval } from "./test-result.js";

/**
 * How often a value of the first group exceeds one of the second, less how often it falls below.
 *
 * Range −1…1: 1 every value of the first group is larger, 0 neither group leads, −1 every value is smaller. Needs no scale, only order.
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
  const { level = 0.95 } = options;
  checkGroups("cliffsDelta", [first, second], 2);
  checkNumber("cliffsDelta", "level", level, 0.5, 0.999);
  const rows = dominance(first, second);
  const columns = dominance(second, first);
  const value = rows.shares.reduce((sum, share) => sum + share, 0) / rows.shares.length;
  const decided = rows.untied / (first.length * second.length);
  const wins = (1 + value) / 2;
  return {
    name: "Cliff's delta",
    value,
    scale: "−1 to 1, positive: the first group tends to larger values",
    interval: cliffInterval(value, { rows: rows.shares, columns: columns.shares, decided, level }),
    words: `${sizeWord(value, [0.147, 0.33, 0.474])}: ahead in ${numberText(100 * wins)} of 100 pairs, ties shared`,
  };
}

interface Dominance {
  /** For each own value, the share of the others below it less the share above it. */
  readonly shares: Float64Array;
  /** Pairs that are not equal. */
  readonly untied: number;
}

function dominance(own: ArrayLike<number>, others: ArrayLike<number>): Dominance {
  const sorted = Float64Array.from(Array.from(others)).sort();
  let untied = 0;
  const shares = Float64Array.from(Array.from(own), (value) => {
    const below = countWhile(sorted, (other) => other < value);
    const above = sorted.length - countWhile(sorted, (other) => other <= value);
    untied += below + above;
    return (below - above) / sorted.length;
  });
  return { shares, untied };
}

/** Length of the leading part of a sorted array for which the condition holds. */
function countWhile(sorted: Float64Array, holds: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function cliffInterval(
  delta: number,
  spread: { rows: Float64Array; columns: Float64Array; decided: number; level: number },
): Interval {
  const m = spread.rows.length;
  const n = spread.columns.length;
  const z = normalQuantile((1 + spread.level) / 2);
  const method = "Cliff's consistent variance";
  if (Math.abs(delta) === 1) {
    // Nothing overlaps, so the variance is 0 and says nothing; this bound rests on the size of the smaller group.
    const nearest = (Math.min(m, n) - z * z) / (Math.min(m, n) + z * z);
    return { low: delta < 0 ? -1 : nearest, high: delta < 0 ? -nearest : 1, level: spread.level, method };
  }
  const rowSquares = spread.rows.reduce((sum, share) => sum + (share - delta) ** 2, 0);
  // Columns were counted from the other side, where the sign of every comparison is reversed.
  const columnSquares = spread.columns.reduce((sum, share) => sum + (share + delta) ** 2, 0);
  const pairSquares = m * n * (spread.decided - delta ** 2);
  const unbiased = (n * n * rowSquares + m * m * columnSquares - pairSquares) / (m * n * (m - 1) * (n - 1));
  const variance = Math.max(unbiased, (1 - delta ** 2) / (m * n - 1));
  const reach = z * Math.sqrt(variance) * Math.sqrt((1 - delta ** 2) ** 2 + z * z * variance);
  const centre = delta - delta ** 3;
  const divisor = 1 - delta ** 2 + z * z * variance;
  return { low: (centre - reach) / divisor, high: (centre + reach) / divisor, level: spread.level, method };
}
