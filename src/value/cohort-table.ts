import { checkCount } from "../core/check.js";
import { diariesOf, type Purchases } from "./purchase-diaries.js";

/** Customers who first bought in one month, and how many of them bought in each month after. */
export interface Cohort {
  /** `YYYY-MM` of the first purchase. */
  readonly month: string;
  readonly customers: number;
  /** Customers who bought in the first month, the next, …, up to the last whole month seen. */
  readonly active: readonly number[];
  /** The same as shares of the cohort, 0…1. */
  readonly retention: readonly number[];
}

/**
 * Cohorts by the month of the first purchase, and the share of each that still buys in the months after.
 *
 * Months without first purchases have no cohort. The month of the last day counts only if it is over by then. O(purchases).
 *
 * @param purchases - Days since 1970-01-01.
 * @param until - Last day that was seen.
 * @throws InputError as summarizePurchases.
 */
export function cohortTable(purchases: Purchases, until: number): readonly Cohort[] {
  checkCount("cohortTable", "until", until, 0);
  const { diaries } = diariesOf("cohortTable", purchases, until);
  const end = monthOf(until + 1) - 1;
  const cohorts = new Map<number, Set<string>[]>();
  for (const [key, diary] of diaries) {
    const months = new Set([...diary.keys()].map(monthOf));
    const first = Math.min(...months);
    if (first > end) continue;
    const own = cohorts.get(first) ?? Array.from({ length: end - first + 1 }, () => new Set<string>());
    for (const month of months) own[month - first]?.add(key);
    cohorts.set(first, own);
  }
  return [...cohorts]
    .sort(([a], [b]) => a - b)
    .map(([month, active]) => ({
      month: `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`,
      customers: active[0]!.size,
      active: active.map((keys) => keys.size),
      retention: active.map((keys) => keys.size / active[0]!.size),
    }));
}

/** Month of a day since 1970-01-01, as months since the year 0. */
export function monthOf(day: number): number {
  const date = new Date(day * 86_400_000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
