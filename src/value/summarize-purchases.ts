import { checkNumber } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { sum } from "../core/sum.js";
import { compareText } from "../core/text-order.js";
import type { PurchaseValues } from "./fit-gamma-gamma.js";
import { type Diary, diariesOf, type Purchases } from "./purchase-diaries.js";
import type { PurchaseHistories } from "./purchase-histories.js";

/** When the look at the purchases ends, and in what unit times are given. */
export interface SummaryOptions {
  /** Last day that counts. */
  readonly until: number;
  /** Days in the unit of time; default 7: weeks. */
  readonly daysPerUnit?: number;
  /** Last day of the holdout after `until`; none by default. */
  readonly holdoutUntil?: number;
}

/** What the purchase models need of each customer, and what the customer did in the holdout; entry i is customer i. */
export interface PurchaseSummary extends PurchaseHistories {
  /** In code-unit order. */
  readonly keys: readonly string[];
  /** Days of the first purchase, on the scale of the days given. */
  readonly firstDay: Float64Array;
  readonly repeats: Float64Array;
  readonly lastRepeat: Float64Array;
  readonly observed: Float64Array;
  /** Repeat purchases and their mean amount, for fitGammaGamma; 0 for customers whose repeats were all free. */
  readonly values: PurchaseValues;
  /** Days with a purchase after `until`, up to `holdoutUntil`; empty without a holdout. */
  readonly holdoutPurchases: Float64Array;
  /** Customers who bought after `until` only: not in the summary; 0 without a holdout. */
  readonly cameLater: number;
  /** Days of a customer that refunds ate up: no purchase. */
  readonly refundedDays: number;
  /** Customers who got back more than they had paid. */
  readonly overRefunded: number;
}

/**
 * What each customer bought until a day: how often after the first time, when last, how long observed, what it was worth.
 *
 * Purchases of a customer on one day are one; refunds are taken off, see {@link Purchases}, and a day that they eat up is none. A refund
 * after the day changes nothing up to it: nobody knew of it then. O(purchases · log purchases).
 *
 * @throws InputError if lengths differ, a day is not whole, an amount is not finite, or nobody bought until the day.
 */
export function summarizePurchases(purchases: Purchases, options: SummaryOptions): PurchaseSummary {
  const { until, daysPerUnit = 7, holdoutUntil = until } = options;
  checkNumber("summarizePurchases", "until", until);
  checkNumber("summarizePurchases", "daysPerUnit", daysPerUnit, 1e-9, 1e9);
  checkNumber("summarizePurchases", "holdoutUntil", holdoutUntil, until);
  const { diaries, refundedDays, overRefunded } = diariesOf("summarizePurchases", purchases, until);
  const after =
    holdoutUntil === until
      ? new Map<string, number>()
      : daysAfter(until, diariesOf("summarizePurchases", purchases, holdoutUntil).diaries);
  const histories = [...diaries]
    .filter(([, diary]) => diary.size > 0)
    .map(([key, diary]) => ({ key, ...historyOf(diary), later: after.get(key) ?? 0 }))
    .sort((a, b) => compareText(a.key, b.key));
  if (histories.length === 0)
    throw new InputError(`summarizePurchases: purchases must hold some until day ${until}, got none`);
  const column = (value: (history: History & { readonly later: number }) => number) =>
    Float64Array.from(histories, value);
  return {
    keys: histories.map(({ key }) => key),
    firstDay: column(({ first }) => first),
    repeats: column(({ repeats }) => repeats.length),
    lastRepeat: column(({ first, last }) => (last - first) / daysPerUnit),
    observed: column(({ first }) => (until - first) / daysPerUnit),
    values: {
      purchases: column(({ repeats }) => (sum(repeats) > 0 ? repeats.length : 0)),
      meanValue: column(({ repeats }) => (sum(repeats) > 0 ? sum(repeats) / repeats.length : 0)),
    },
    holdoutPurchases: holdoutUntil === until ? new Float64Array(0) : column(({ later }) => later),
    cameLater: [...after].filter(([key, days]) => days > 0 && !diaries.get(key)?.size).length,
    refundedDays,
    overRefunded,
  };
}

interface History {
  readonly first: number;
  readonly last: number;
  /** Amounts of the repeat purchases. */
  readonly repeats: readonly number[];
}

function historyOf(diary: Diary): History {
  const days = [...diary.keys()].sort((a, b) => a - b);
  return { first: days[0]!, last: days.at(-1)!, repeats: days.slice(1).map((day) => diary.get(day)!) };
}

/** Days with a purchase after a day, by customer. */
function daysAfter(until: number, diaries: ReadonlyMap<string, Diary>): ReadonlyMap<string, number> {
  return new Map(
    [...diaries].map(([key, diary]) => [key, [...diary.keys()].filter((day) => day > until).length]),
  );
}
