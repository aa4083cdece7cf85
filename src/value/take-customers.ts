import type { PurchaseSummary } from "./summarize-purchases.js";

/** The summary of some of its customers, in the order of `rows`. */
export function takeCustomers(summary: PurchaseSummary, rows: readonly number[]): PurchaseSummary {
  const take = (values: ArrayLike<number>): Float64Array => Float64Array.from(rows, (row) => values[row]!);
  return {
    ...summary,
    keys: rows.map((row) => summary.keys[row]!),
    firstDay: take(summary.firstDay),
    repeats: take(summary.repeats),
    lastRepeat: take(summary.lastRepeat),
    observed: take(summary.observed),
    values: { purchases: take(summary.values.purchases), meanValue: take(summary.values.meanValue) },
    holdoutPurchases:
      summary.holdoutPurchases.length === 0 ? summary.holdoutPurchases : take(summary.holdoutPurchases),
  };
}
