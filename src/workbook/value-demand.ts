import { dayNumber } from "../core/calendar-day.js";
import { InputError } from "../core/errors.js";
import { countText, moneyText, percentText } from "../core/number-text.js";
import { smallestCell } from "../core/privacy.js";
import { type DemandBySegment, demandBySegment } from "../value/demand-by-segment.js";
import type { Workbook } from "./open-workbook.js";
import type { Segmentation } from "./segmentation.js";

/** What each segment can be expected to take of each category in the next three months, or why it cannot be told. */
export interface NextDemand {
  /** Amounts in minor units of money. */
  readonly demand: DemandBySegment | null;
  readonly currency: string;
  /** Minor units in one of the currency. */
  readonly minorUnits: number;
  /** One sentence; empty where there is an answer. */
  readonly reason: string;
}

/**
 * Revenue to expect of each segment and category in the three months ahead, returns taken off.
 *
 * @see demandBySegment
 */
export async function nextDemand(book: Workbook, found: Segmentation): Promise<NextDemand> {
  const { sources, money, asOf, windowFrom, privacy } = book.config;
  const known = { currency: money.currency, minorUnits: 10 ** money.decimals };
  const none = (reason: string): NextDemand => ({ demand: null, ...known, reason: `Demand: ${reason}.` });
  if (!sources.find(({ kind }) => kind === "transactions")?.columns?.has("category"))
    return none("no orders that name categories were given");
  const rows = await book.engine.rows(
    `SELECT "customer_id", "category", (date_trunc('month', "date")::DATE - DATE '1970-01-01')::INTEGER AS "day",
      sum("amount")::BIGINT AS "amount", (min(min("date")) OVER () - DATE '1970-01-01')::INTEGER AS "first"
      FROM "transactions" WHERE "category" IS NOT NULL GROUP BY ALL ORDER BY ALL`,
  );
  if (rows.length === 0) return none("no orders are left after cleaning");
  const purchases = rows.map((row) => ({
    customer: String(row.get("customer_id")),
    item: String(row.get("category")),
    day: Number(row.get("day")),
    amount: Number(row.get("amount")),
  }));
  const { keys, labels } = found.assignment;
  const from = windowFrom === undefined ? Number(rows[0]!.get("first")) : dayNumber(windowFrom)!;
  try {
    const options = { from, until: dayNumber(asOf)!, fewestBuyers: Math.max(10, smallestCell(privacy)) };
    const demand = demandBySegment(purchases, { keys, labels, segments: found.segments }, options);
    return { demand, ...known, reason: "" };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return none("the orders cover too few whole months");
  }
}

/** What will be wanted most, and how often no model beats a naive forecast. */
export function demandSentence({ demand, currency, minorUnits }: NextDemand): string {
  const told = (demand?.lines ?? []).filter(({ forecast }) => forecast !== null);
  if (told.length === 0) return "Too few customers bought any category to tell what will be wanted.";
  const first = told.reduce((a, b) => (b.forecast!.total > a.forecast!.total ? b : a));
  const { total, interval } = first.forecast!;
  const money = (amount: number): string => moneyText(amount / minorUnits, currency);
  const naive = told.filter(({ forecast }) => forecast!.rule !== "model").length;
  return `Most is expected of “${first.name}” in ${first.item}: ${money(total)} in the next three months (${percentText(interval.level)} interval ${money(interval.low)} to ${money(interval.high)}). For ${countText(naive)} of ${countText(told.length)} pairs of segment and category no model beat a naive forecast on months held out.`;
}
