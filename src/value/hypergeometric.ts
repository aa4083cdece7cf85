import { RunError } from "../core/errors.js";

const mostTerms = 1_000_000;

/**
 * Gauss's hypergeometric function ₂F₁(a, b; c; z) less 1, for z in 0…1, below 1, and c above 0, by its series.
 *
 * Less 1, because a caller who needs the difference would lose its digits. O(terms): some 37 / (1 − z) of them; to rounding where terms do not cancel.
 *
 * @throws RunError if a million terms do not settle it.
 * @see DLMF 15.2.1, https://dlmf.nist.gov/15.2
 */
export function hypergeometricLessOne(a: number, b: number, c: number, z: number): number {
  let term = 1;
  let sum = 0;
  for (let n = 0; n < mostTerms; n++) {
    const ratio = (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z;
    term *= ratio;
    sum += term;
    // Later terms shrink by about z each, so what is left is at most the term over 1 − z.
    if (term === 0 || (Math.abs(ratio) < 1 && Math.abs(term) <= 1e-17 * Math.abs(sum) * (1 - z))) return sum;
  }
  throw new RunError(`hypergeometricLessOne: the series must settle in ${mostTerms} terms, got z = ${z}`);
}
