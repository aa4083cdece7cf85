import { dayNumber } from "../core/calendar-day.js";
import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { compareText } from "../core/text-order.js";

/** One line of an invoice, as people have it in an array. */
export interface Purchase {
  readonly customer: string;
  /** Calendar day, `YYYY-MM-DD`. */
  readonly date: string;
  readonly invoice: string;
  /** Whole number of minor currency units (cents); negative for a return. */
  readonly amountMinor: number;
}

/** Recency, frequency and money of one customer. */
export interface RfmRow {
  readonly customer: string;
  /** Calendar days from the last purchase to the as-of date; NaN for a customer with nothing but returns. */
  readonly recencyDays: number;
  /** Distinct invoices with a purchase. */
  readonly orderCount: number;
  /** Purchases less returns, in minor currency units. */
  readonly spendMinor: number;
}

export interface RfmOptions {
  /** Last calendar day that is known, `YYYY-MM-DD`. */
  readonly asOf: string;
}

/**
 * Recency, frequency and monetary value of every customer, from plain arrays.
 *
 * Lines with an amount below 0 are returns: they reduce spend and are neither orders nor purchases. Money is summed as whole
 * numbers, so the order of lines cannot matter. Time O(nLines + nCustomers · log nCustomers).
 *
 * @param purchases - One entry per invoice line; leave out what lies before your window.
 * @returns One row per customer, sorted by customer in code-unit order.
 * @throws InputError if a date is not a calendar day or later than `asOf`, or an amount (or a customer's sum) is not a whole
 * number within ±(2^53 − 1).
 * @see Checked against pandas on the CDNOW sample in test/reference/rfm.json.
 * @example
 * rfmTable([{ customer: "a", date: "2026-03-01", invoice: "7", amountMinor: 1250 }], { asOf: "2026-03-31" })[0].recencyDays // => 30
 */
export function rfmTable(purchases: readonly Purchase[], options: RfmOptions): readonly RfmRow[] {
  const asOfDay = checkedDay(options.asOf, "asOf");
  const tallies = new Map<string, Tally>();
  purchases.forEach((purchase, i) => {
    const day = checkedDay(purchase.date, `purchases[${i}].date`);
    if (day > asOfDay)
      throw new InputError(
        `rfmTable: purchases[${i}].date must not be later than asOf (${options.asOf}), got ${purchase.date}`,
      );
    const tally = tallies.get(purchase.customer) ?? {
      lastDay: Number.NaN,
      invoices: new Set(),
      spendMinor: 0,
    };
    tallies.set(purchase.customer, tally);
    addPurchase(tally, purchase, { day, index: i });
  });
  return [...tallies]
    .sort(([a], [b]) => compareText(a, b))
    .map(([customer, tally]) => ({
      customer,
      recencyDays: asOfDay - tally.lastDay,
      orderCount: tally.invoices.size,
      spendMinor: tally.spendMinor,
    }));
}

interface Tally {
  lastDay: number;
  readonly invoices: Set<string>;
  spendMinor: number;
}

function addPurchase(tally: Tally, purchase: Purchase, at: { day: number; index: number }): void {
  const { amountMinor, invoice } = purchase;
  tally.spendMinor += amountMinor;
  if (!Number.isSafeInteger(amountMinor) || !Number.isSafeInteger(tally.spendMinor))
    throw new InputError(
      `rfmTable: purchases[${at.index}].amountMinor must be a whole number of minor units within ±(2^53 − 1), also when summed, got ${describeValue(amountMinor)}`,
    );
  if (amountMinor < 0) return;
  tally.invoices.add(invoice);
  tally.lastDay = Number.isNaN(tally.lastDay) ? at.day : Math.max(tally.lastDay, at.day);
}

function checkedDay(text: string, argument: string): number {
  const day = dayNumber(text);
  if (day === undefined)
    throw new InputError(
      `rfmTable: ${argument} must be a calendar day YYYY-MM-DD, got ${describeValue(text)}`,
    );
  return day;
}
