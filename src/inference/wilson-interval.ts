import { checkCount, checkNumber } from "../core/check.js";
import { normalQuantile } from "../core/special-functions.js";
import type { Interval } from "./test-result.js";

/**
 * Interval of a share, sound for few rows and for shares near 0 or 1.
 *
 * Bounds in 0…1. Wilson's score interval without continuity correction. O(1).
 *
 * @param successes - Whole number from 0 to `total`.
 * @param total - Whole number of at least 1.
 * @param level - Share of such intervals that hold the true share; default 0.95.
 * @throws InputError if an argument is out of range.
 * @see Wilson (1927), doi:10.1080/01621459.1927.10502953. Checked against statsmodels in test/reference/inference.json.
 */
export function wilsonInterval(successes: number, total: number, level: number = 0.95): Interval {
  checkCount("wilsonInterval", "total", total, 1);
  checkCount("wilsonInterval", "successes", successes, 0, total, "the total");
  checkNumber("wilsonInterval", "level", level, 0.5, 0.999);
  const z = normalQuantile((1 + level) / 2);
  const share = successes / total;
  const divisor = 1 + (z * z) / total;
  const centre = (share + (z * z) / (2 * total)) / divisor;
  const reach = (z / divisor) * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total));
  return {
    low: successes === 0 ? 0 : centre - reach,
    high: successes === total ? 1 : centre + reach,
    level,
    method: "Wilson score",
  };
}
