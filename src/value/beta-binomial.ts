import { risingSums } from "./rising-sums.js";

/** So many of so many did it. */
export interface CountedRate {
  readonly successes: number;
  readonly total: number;
}

/**
 * Log-likelihood of counts whose true rates are beta(a, b) over groups, without the terms that hang on the counts alone.
 *
 * O(groups + most).
 *
 * @param most - The largest total.
 * @param gradient - Filled with the derivatives by a and b.
 * @see Skellam (1948)
 */
export function betaBinomial(
  groups: readonly CountedRate[],
  most: number,
  [a, b]: readonly [number, number],
  gradient: Float64Array,
): number {
  const [ofA, ofB, ofBoth] = [risingSums(a, most), risingSums(b, most), risingSums(a + b, most)];
  let [total, byA, byB] = [0, 0, 0];
  for (const { successes, total: rows } of groups) {
    const failures = rows - successes;
    total += ofA.logs[successes]! + ofB.logs[failures]! - ofBoth.logs[rows]!;
    byA += ofA.inverses[successes]! - ofBoth.inverses[rows]!;
    byB += ofB.inverses[failures]! - ofBoth.inverses[rows]!;
  }
  gradient.set([byA, byB]);
  return total;
}
