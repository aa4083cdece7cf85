import { quantileSorted } from "simple-statistics";
import { checkCount, checkNumber } from "../core/check.js";
import { createRandom, type Random } from "../core/random.js";
import { sum } from "../core/sum.js";
import type { Interval, IntervalOptions } from "./test-result.js";

/** Resamples of a large table are this small; the interval is narrowed to the true size afterwards. */
const mostDraws = 2_000;

/** What is resampled, and where its values may lie. */
export interface BootstrapPlan {
  /** Rows that the estimate rests on. */
  readonly rowCount: number;
  /** The estimate from `share` (0–1) of the rows, drawn with replacement; NaN where that draw has none. */
  readonly resample: (share: number, random: Random) => number;
  readonly range: readonly [number, number];
}

/**
 * Interval of an estimate from seeded resamples of the rows.
 *
 * Quantiles of the resamples around their own mean, laid around the estimate: squared effects are biased upwards in
 * a resample, and the plain percentiles would carry that bias. Above 2,000 rows each resample draws 2,000 and the
 * spread is scaled by √(drawn / rows) (m out of n bootstrap). Cut to the range of the effect. O(resamples · rows drawn).
 *
 * @returns null if `resamples` is 0, or if more than 5 % of the resamples cannot be computed (groups too small).
 * @throws InputError if an option is out of range.
 * @see Efron & Tibshirani (1993), An Introduction to the Bootstrap; Bickel, Götze & van Zwet (1997), Statistica Sinica 7.
 */
export function bootstrapInterval(
  estimate: number,
  plan: BootstrapPlan,
  options: IntervalOptions = {},
): Interval | null {
  const { seed = 1, level = 0.95, resamples = 400 } = options;
  checkNumber("bootstrapInterval", "level", level, 0.5, 0.999);
  checkCount("bootstrapInterval", "resamples", resamples, 0);
  if (resamples === 0) return null;
  const random = createRandom(seed);
  const share = Math.min(1, mostDraws / plan.rowCount);
  const draws = Array.from({ length: resamples }, () => plan.resample(share, random))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  if (draws.length < 0.95 * resamples) return null;
  const centre = sum(draws) / draws.length;
  const bound = (probability: number) => {
    const shifted = estimate + Math.sqrt(share) * (quantileSorted(draws, probability) - centre);
    return Math.min(plan.range[1], Math.max(plan.range[0], shifted));
  };
  const tail = (1 - level) / 2;
  return {
    low: Math.min(estimate, bound(tail)),
    high: Math.max(estimate, bound(1 - tail)),
    level,
    method: `bootstrap over rows, ${resamples} resamples, seed ${seed}`,
  };
}
