import { checkNumber, checkSameLength, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { normalQuantile } from "../core/special-functions.js";

/** Share of customers still there after a time. */
export interface SurvivalPoint {
  readonly time: number;
  /** Customers watched up to this time. */
  readonly atRisk: number;
  readonly ended: number;
  /** 0…1, never rising. */
  readonly survival: number;
  /** Pointwise; null where nobody has ended yet or nobody is left. */
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * How long customers stay, when some are still there: Kaplan–Meier with log–log bands.
 *
 * One point per distinct time. O(customers · log customers).
 *
 * @param times - How long each customer was watched, 0 or more.
 * @param ended - 1 where the customer left at that time, 0 where the watch ended first.
 * @throws InputError if lengths differ, a time is below 0 or not finite, a flag is neither 0 nor 1, or there is nobody.
 * @see Kaplan & Meier (1958), doi:10.1080/01621459.1958.10501452; Kalbfleisch & Prentice (2002), doi:10.1002/9781118032985,
 * section 1.4. Checked against R's survival in test/reference/act.json.
 */
export function kaplanMeier(
  times: ArrayLike<number>,
  ended: ArrayLike<number>,
  options: { readonly level?: number } = {},
): readonly SurvivalPoint[] {
  const { level = 0.95 } = options;
  checkNumber("kaplanMeier", "level", level, 0.5, 0.999);
  checkWatches(times, ended);
  const order = Array.from({ length: times.length }, (_, i) => i).sort((i, j) => times[i]! - times[j]!);
  const z = normalQuantile((1 + level) / 2);
  const points: SurvivalPoint[] = [];
  let [survival, variance, place] = [1, 0, 0];
  while (place < order.length) {
    const time = times[order[place]!]!;
    const atRisk = order.length - place;
    let left = 0;
    for (; place < order.length && times[order[place]!] === time; place++) left += ended[order[place]!]!;
    survival *= 1 - left / atRisk;
    variance += left / (atRisk * (atRisk - left));
    points.push({ time, atRisk, ended: left, survival, ...bandOf(survival, variance, z) });
  }
  return points;
}

/** Greenwood's variance on the scale of ln(−ln survival), where bands stay within 0…1. */
function bandOf(survival: number, variance: number, z: number): { low: number | null; high: number | null } {
  if (survival === 1 || survival === 0) return { low: null, high: null };
  const reach = Math.exp((z * Math.sqrt(variance)) / Math.abs(Math.log(survival)));
  return { low: survival ** reach, high: survival ** (1 / reach) };
}

function checkWatches(times: ArrayLike<number>, ended: ArrayLike<number>): void {
  checkSameLength("kaplanMeier", "ended", ended, times.length, "one per customer");
  if (times.length === 0)
    throw new InputError("kaplanMeier: times must hold at least one customer, got none");
  for (let i = 0; i < times.length; i++) {
    if (!(times[i]! >= 0 && times[i]! < Infinity))
      throw new InputError(`kaplanMeier: times must be 0 or more, got ${describeValue(times[i])} at ${i}`);
    if (ended[i] !== 0 && ended[i] !== 1)
      throw new InputError(`kaplanMeier: ended must be 0 or 1, got ${describeValue(ended[i])} at ${i}`);
  }
}
