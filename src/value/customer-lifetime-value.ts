import { checkCount, checkNumber } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { AnyPurchaseFit } from "./any-purchase-fit.js";
import { expectedPurchases } from "./expected-purchases.js";
import { expectedSpend, type GammaGammaFit, type PurchaseValues } from "./fit-gamma-gamma.js";
import type { PurchaseHistories } from "./purchase-histories.js";

/** What money ahead is worth: all must be said, for the result hangs on each. */
export interface ValueTerms {
  /** Share of a purchase that is left after what it costs, above 0 to 1. */
  readonly margin: number;
  /** Days ahead that count, 1 to 36,500. */
  readonly horizonDays: number;
  /** Interest of a year, 0 or more: 0.1 makes money a year ahead worth 1 / 1.1. */
  readonly discountRate: number;
  /** Days in the unit of the histories' time; default 7: weeks. */
  readonly daysPerUnit?: number;
}

/** The models of when customers buy and of what they spend. */
export interface ValueModels {
  readonly purchases: AnyPurchaseFit;
  readonly spend: GammaGammaFit;
}

/** What a customer is worth ahead; entry i is customer i. */
export interface LifetimeValues {
  /** Discounted margin ahead, in the unit of the amounts. */
  readonly values: Float64Array;
  /** Purchases to expect within the horizon, not discounted. */
  readonly purchases: Float64Array;
  /** Mean amount of a purchase to expect. */
  readonly spend: Float64Array;
}

/** Days from one payment that is discounted to the next: a month. */
const step = 365.25 / 12;

/**
 * What each customer is worth ahead: margin × expected spend × expected purchases, month by month, discounted.
 *
 * 0 or more, in the unit of the amounts. Purchases of a month count at its end, those of a part of a month at the end of the
 * horizon. O(distinct histories · months).
 *
 * @param histories - With the purchases and mean amounts of the same customers, as for fitGammaGamma.
 * @throws InputError if a term is out of range or the customers differ.
 * @see Fader, Hardie & Lee (2005), "RFM and CLV", doi:10.1509/jmkr.2005.42.4.415
 */
export function customerLifetimeValue(
  models: ValueModels,
  histories: PurchaseHistories & { readonly values: PurchaseValues },
  terms: ValueTerms,
): LifetimeValues {
  const { margin, horizonDays, discountRate, daysPerUnit } = checkTerms(terms);
  const spend = expectedSpend(models.spend, histories.values);
  if (spend.length !== histories.repeats.length)
    throw new InputError(
      `customerLifetimeValue: values must have ${histories.repeats.length} customers, got ${spend.length}`,
    );
  const values = new Float64Array(spend.length);
  let before: Float64Array = new Float64Array(spend.length);
  for (let end = 0; end < horizonDays; ) {
    end = Math.min(horizonDays, end + step);
    const until = expectedPurchases(models.purchases, histories, end / daysPerUnit);
    const worth = margin / (1 + discountRate) ** (end / 365.25);
    for (let i = 0; i < values.length; i++) values[i]! += worth * spend[i]! * (until[i]! - before[i]!);
    before = until;
  }
  return { values, purchases: before, spend };
}

/** Throws unless each term is in its range. */
export function checkTerms(terms: ValueTerms): Required<ValueTerms> {
  const { margin, horizonDays, discountRate, daysPerUnit = 7 } = terms;
  checkNumber("customerLifetimeValue", "margin", margin, Number.MIN_VALUE, 1);
  checkCount("customerLifetimeValue", "horizonDays", horizonDays, 1, 36_500);
  checkNumber("customerLifetimeValue", "discountRate", discountRate, 0, 10);
  checkNumber("customerLifetimeValue", "daysPerUnit", daysPerUnit, 1e-9, 1e9);
  return { margin, horizonDays, discountRate, daysPerUnit };
}
