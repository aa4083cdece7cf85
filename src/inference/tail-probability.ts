import { incompleteBeta, upperIncompleteGamma } from "../core/special-functions.js";

/** The smallest p-value that is ever reported: chance is never ruled out. */
export const smallestPValue: number = 1e-300;

/**
 * Probability of an F value at least this large when nothing differs.
 *
 * Range 1e-300…1. Taken from the upper tail itself, so it keeps its digits where 1 − cdf would be 0. O(1).
 *
 * @param statistic - F, 0 or more; Infinity is allowed.
 * @see DLMF 8.17, https://dlmf.nist.gov/8.17. Checked against SciPy in test/reference/inference.json.
 */
export function fUpperTail(statistic: number, betweenDegrees: number, withinDegrees: number): number {
  if (statistic <= 0) return 1;
  // With x = d2 / (d2 + d1 F), P(F' > F) is the lower incomplete beta I_x(d2/2, d1/2): no subtraction anywhere.
  const x = withinDegrees / (withinDegrees + betweenDegrees * statistic);
  return withinReport(incompleteBeta(x, withinDegrees / 2, betweenDegrees / 2));
}

/**
 * Probability of a χ² value at least this large when nothing differs.
 *
 * Range 1e-300…1; the upper incomplete gamma function, so tiny values keep their digits: nine of them, three where the
 * statistic is above 2,000. For up to 1,000 degrees of freedom. O(1).
 *
 * @see DLMF 8.2, https://dlmf.nist.gov/8.2. Checked against SciPy in test/reference/inference.json.
 */
export function chiSquareUpperTail(statistic: number, degreesOfFreedom: number): number {
  if (statistic <= 0) return 1;
  return withinReport(upperIncompleteGamma(statistic / 2, degreesOfFreedom / 2));
}

/** Between the smallest p-value that is reported and 1. */
export function withinReport(probability: number): number {
  return Math.min(1, Math.max(smallestPValue, probability));
}
