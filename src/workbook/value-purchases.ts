import { dayNumber } from "../core/calendar-day.js";
import type { Purchases } from "../value/purchase-diaries.js";
import { type PurchaseSummary, summarizePurchases } from "../value/summarize-purchases.js";
import type { Workbook } from "./open-workbook.js";

/** Customers up to whom values are computed in this process. */
const mostCustomers = 200_000;

/** The purchases of a workbook, or why there are none. */
export type WorkbookPurchases =
  | { readonly purchases: Purchases; readonly until: number; readonly reason: "" }
  | { readonly purchases: null; readonly reason: string };

/**
 * What customers bought on each day, in minor units of money, refunds as negative amounts.
 *
 * Minor units are whole numbers, so that a purchase and its refund leave nothing over.
 */
export async function valuePurchases(book: Workbook): Promise<WorkbookPurchases> {
  const none = (reason: string): WorkbookPurchases => ({ purchases: null, reason });
  if (book.absentSources.includes("transactions")) return none("no orders were given");
  const [count] = await book.engine.rows(
    `SELECT count(DISTINCT "customer_id")::BIGINT AS "customers" FROM "transactions"`,
  );
  const customers = Number(count?.get("customers") ?? 0);
  if (customers === 0) return none("no orders are left after cleaning");
  if (customers > mostCustomers)
    return none(`there are ${customers} customers, and values are computed of up to ${mostCustomers}`);
  const rows = await book.engine.rows(
    `SELECT "customer_id", ("date" - DATE '1970-01-01')::INTEGER AS "day", sum("amount")::BIGINT AS "amount"
      FROM "transactions" GROUP BY "customer_id", "date", "amount" < 0 ORDER BY ALL`,
  );
  return {
    purchases: {
      customers: rows.map((row) => String(row.get("customer_id"))),
      days: Int32Array.from(rows, (row) => Number(row.get("day"))),
      amounts: Float64Array.from(rows, (row) => Number(row.get("amount"))),
    },
    until: dayNumber(book.config.asOf)!,
    reason: "",
  };
}

/** The summary of purchases in minor units, with amounts in the currency's own. */
export function summaryInMajorUnits(
  purchases: Purchases,
  decimals: number,
  options: { readonly until: number; readonly holdoutUntil?: number },
): PurchaseSummary {
  const summary = summarizePurchases(purchases, options);
  const { values } = summary;
  return {
    ...summary,
    values: { ...values, meanValue: Float64Array.from(values.meanValue, (mean) => mean / 10 ** decimals) },
  };
}
