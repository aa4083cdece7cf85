import { checkCount, checkNumber } from "../core/check.js";
import { normalQuantile } from "../core/special-functions.js";
import { sum } from "../core/sum.js";
import { normalUpperTail } from "../inference/normal-distribution.js";
import type { SegmentLabel } from "../segments/profile.js";

/** A segment in which an effect is to be measured. */
export interface SegmentToTest extends SegmentLabel {
  readonly customers: number;
  /** Share who respond without the campaign, 0…1, both excluded. */
  readonly baseRate: number;
}

/** What a test must be able to see. */
export interface HoldoutOptions {
  /** Smallest difference of the response rates worth seeing, above 0: 0.01 is one in a hundred. */
  readonly uplift: number;
  /** Two-sided; default 0.05. */
  readonly alpha?: number;
  /** Chance to see the difference where it is there; default 0.8. */
  readonly power?: number;
  /** Customers held out in all; default: as many as each segment needs. */
  readonly holdout?: number;
}

/** How a segment is divided. */
export interface SegmentHoldout extends SegmentLabel {
  readonly customers: number;
  /** Customers that each arm needs for the power asked. */
  readonly neededPerArm: number;
  /** Customers to leave out. */
  readonly holdout: number;
  /** Chance to see the uplift with this holdout, 0…1; 0 without one. */
  readonly power: number;
  /** Smallest uplift that this holdout sees with the power asked; null without one. */
  readonly detectable: number | null;
  readonly isEnough: boolean;
}

/**
 * How many customers of each segment to leave out of a campaign, so that its effect can be told.
 *
 * With a total given, Neyman allocation: in proportion to size times standard deviation. Never more than half a segment. The n of
 * an arm is 2 z² p (1 − p) / δ². O(segments).
 *
 * @throws InputError if a rate, the uplift, alpha or power is out of range, or the total exceeds half of all customers.
 * @see Neyman (1934), doi:10.2307/2342192; Fleiss, Levin & Paik (2003), doi:10.1002/0471445428, chapter 4
 */
export function holdoutPlan(
  segments: readonly SegmentToTest[],
  options: HoldoutOptions,
): readonly SegmentHoldout[] {
  const { uplift, alpha = 0.05, power = 0.8, holdout } = options;
  checkNumber("holdoutPlan", "uplift", uplift, 1e-9, 1);
  checkNumber("holdoutPlan", "alpha", alpha, 1e-9, 0.5);
  checkNumber("holdoutPlan", "power", power, 0.01, 0.999);
  for (const { key, customers, baseRate } of segments) {
    checkCount("holdoutPlan", `customers of ${key}`, customers, 0);
    checkNumber("holdoutPlan", `baseRate of ${key}`, baseRate, 1e-9, 1 - 1e-9);
  }
  const half = segments.map(({ customers }) => Math.floor(customers / 2));
  if (holdout !== undefined)
    checkCount("holdoutPlan", "holdout", holdout, 1, sum(half), "half of each segment");
  const [ofAlpha, ofPower] = [normalQuantile(1 - alpha / 2), normalQuantile(power)];
  const needed = segments.map(({ baseRate }) =>
    Math.ceil((2 * (ofAlpha + ofPower) ** 2 * baseRate * (1 - baseRate)) / uplift ** 2),
  );
  const sizes =
    holdout === undefined
      ? needed.map((count, i) => Math.min(count, half[i]!))
      : shareOut(
          holdout,
          segments.map(({ customers, baseRate }) => customers * Math.sqrt(baseRate * (1 - baseRate))),
          half,
        );
  return segments.map(({ key, name, customers, baseRate }, i) => {
    const arms = 1 / sizes[i]! + 1 / (customers - sizes[i]!);
    const error = Math.sqrt(baseRate * (1 - baseRate) * arms);
    return {
      key,
      name,
      customers,
      neededPerArm: needed[i]!,
      holdout: sizes[i]!,
      power:
        sizes[i] === 0
          ? 0
          : normalUpperTail(ofAlpha - uplift / error) + normalUpperTail(ofAlpha + uplift / error),
      detectable: sizes[i] === 0 ? null : (ofAlpha + ofPower) * error,
      isEnough: sizes[i]! > 0 && uplift >= (ofAlpha + ofPower) * error * (1 - 1e-9),
    };
  });
}

/** A total in proportion to weights, in whole customers, none above its limit; what a full segment cannot take goes to the others. */
function shareOut(total: number, weights: readonly number[], limits: readonly number[]): number[] {
  const full = new Set<number>();
  for (;;) {
    const open = weights.flatMap((weight, i) => (full.has(i) ? [] : [{ weight, i }]));
    const left = total - sum([...full].map((i) => limits[i]!));
    const unit = left / sum(open.map(({ weight }) => weight));
    const over = open.filter(({ weight, i }) => weight * unit > limits[i]!);
    if (over.length === 0)
      return roundTo(
        total,
        weights.map((weight, i) => (full.has(i) ? limits[i]! : weight * unit)),
        limits,
      );
    for (const { i } of over) full.add(i);
  }
}

/** Whole numbers with the same sum: the largest remainders go up, ties to the first. */
function roundTo(total: number, parts: readonly number[], limits: readonly number[]): number[] {
  const whole = parts.map((part) => Math.floor(part + 1e-9));
  const order = parts
    .map((part, i) => ({ i, rest: part - whole[i]! }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i)
    .filter(({ i }) => whole[i]! < limits[i]!);
  let missing = total - sum(whole);
  for (const { i } of order) if (missing-- > 0) whole[i] = whole[i]! + 1;
  return whole;
}
