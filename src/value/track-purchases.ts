import { checkNumber } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { sum } from "../core/sum.js";
import type { AnyPurchaseFit } from "./any-purchase-fit.js";
import { expectedPurchases, expectedRepeats } from "./expected-purchases.js";
import { diariesOf, type Purchases } from "./purchase-diaries.js";
import type { PurchaseSummary } from "./summarize-purchases.js";

/** Repeat purchases of all customers of a summary, as they came and as the model expects them. */
export interface TrackedPurchases {
  /** Last day of each step of time. */
  readonly days: readonly number[];
  /** Cumulative, up to each day. */
  readonly actual: readonly number[];
  readonly expected: readonly number[];
  /** Index of the first step that the model was not fitted to; the number of steps where there is none. */
  readonly holdoutFrom: number;
}

/**
 * Repeat purchases week by week against what the model expects of customers who came when these did.
 *
 * O(steps · distinct first days), with an expectation for each distinct number of days.
 *
 * @param purchases - The purchases that the summary was made of.
 * @param options - The day and the unit of time of the summary, the last day to track, and the day from which steps count (default:
 * the first purchase).
 * @throws InputError if the tracked time ends before the summary does.
 * @see Fader, Hardie & Lee (2005), doi:10.1287/mksc.1040.0098, figure 3
 */
export function trackPurchases(
  fit: AnyPurchaseFit,
  summary: PurchaseSummary,
  purchases: Purchases,
  options: {
    readonly until: number;
    readonly last: number;
    readonly first?: number;
    readonly daysPerUnit?: number;
  },
): TrackedPurchases {
  const { until, last, daysPerUnit = 7 } = options;
  checkNumber("trackPurchases", "last", last, until);
  const came = countDays(summary.firstDay);
  const start = options.first ?? Math.min(...came.keys());
  const stepCount = Math.ceil((last - start) / daysPerUnit);
  const days = Array.from({ length: stepCount }, (_, i) => Math.min(last, start + (i + 1) * daysPerUnit));
  const bought = countDays(repeatDays(summary, purchases, last));
  const expectedAfter = onceEach((time) => expectedRepeats(fit, time / daysPerUnit));
  const upTo = (counts: ReadonlyMap<number, number>, day: number) =>
    [...counts].reduce((all, [on, count]) => all + (on <= day ? count : 0), 0);
  return {
    days,
    actual: days.map((day) => upTo(bought, day)),
    expected: days.map((day) =>
      [...came].reduce((all, [on, count]) => (on < day ? all + count * expectedAfter(day - on) : all), 0),
    ),
    holdoutFrom:
      days.findIndex((day) => day > until) < 0 ? days.length : days.findIndex((day) => day > until),
  };
}

/** The same function, which computes each of its values once. */
function onceEach(compute: (time: number) => number): (time: number) => number {
  const known = new Map<number, number>();
  return (time) => {
    const value = known.get(time) ?? compute(time);
    known.set(time, value);
    return value;
  };
}

/** Days on which customers of the summary bought again, one per customer and day. */
function repeatDays({ keys, firstDay }: PurchaseSummary, purchases: Purchases, last: number): number[] {
  const { diaries } = diariesOf("trackPurchases", purchases, last);
  return keys.flatMap((key, i) => [...(diaries.get(key)?.keys() ?? [])].filter((day) => day > firstDay[i]!));
}

function countDays(days: Iterable<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const day of days) counts.set(day, (counts.get(day) ?? 0) + 1);
  return counts;
}

/** Customers with as many repeats in the calibration, and what they bought afterwards. */
export interface HoldoutGroup {
  /** Repeats in the calibration; the last group holds this many and more. */
  readonly repeats: number;
  readonly customers: number;
  /** Mean purchases in the holdout per customer. */
  readonly actual: number;
  readonly expected: number;
}

/**
 * Purchases in the holdout by how often customers had bought before: where a model bends, it shows here.
 *
 * @param time - Length of the holdout in the unit of the summary.
 * @param groups - Groups at most; the last one holds all with as many repeats and more. Default 8: 0 to 7+.
 * @returns Groups without customers are left out.
 * @throws InputError if the summary has no holdout.
 */
export function holdoutByRepeats(
  fit: AnyPurchaseFit,
  summary: PurchaseSummary,
  time: number,
  groups: number = 8,
): readonly HoldoutGroup[] {
  if (summary.holdoutPurchases.length === 0)
    throw new InputError("holdoutByRepeats: summary must have a holdout, got none. Give holdoutUntil");
  return holdoutGroups(summary, expectedPurchases(fit, summary, time), groups);
}

/** The same for purchases that were expected by several models; entry i is customer i of the summary. */
export function holdoutGroups(
  summary: PurchaseSummary,
  expected: Float64Array,
  groups: number = 8,
): readonly HoldoutGroup[] {
  return Array.from({ length: groups }, (_, group) => {
    const rows = summary.keys.flatMap((_, i) =>
      Math.min(summary.repeats[i]!, groups - 1) === group ? [i] : [],
    );
    const mean = (values: Float64Array) => sum(rows.map((i) => values[i]!)) / rows.length;
    return {
      repeats: group,
      customers: rows.length,
      actual: mean(summary.holdoutPurchases),
      expected: mean(expected),
    };
  }).filter(({ customers }) => customers > 0);
}
