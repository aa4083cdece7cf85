import { readFileSync } from "node:fs";
import type { Purchases } from "#src/value/purchase-diaries.js";
import { type PurchaseSummary, summarizePurchases } from "#src/value/summarize-purchases.js";

/** The day a date of the file stands for, counted from 1970-01-01. */
export function dayOf(text: string): number {
  return Date.UTC(Number(text.slice(0, 4)), Number(text.slice(4, 6)) - 1, Number(text.slice(6))) / 86_400_000;
}

/** The purchases of the CDNOW sample. */
export function cdnowPurchases(path: string): Purchases {
  const lines = readFileSync(path, "utf8")
    .split(/\r?\n/)
    .map((line) => line.trim().split(/\s+/))
    .filter((cells) => cells.length === 5);
  return {
    customers: lines.map((cells) => cells[1]!),
    days: lines.map((cells) => dayOf(cells[2]!)),
    amounts: lines.map((cells) => Number(cells[4])),
  };
}

/** The published calibration period: nine months in weeks, then nine months of holdout. */
export function cdnowSummary(path: string): PurchaseSummary {
  return summarizePurchases(cdnowPurchases(path), {
    until: dayOf("19970930"),
    holdoutUntil: dayOf("19980630"),
  });
}
