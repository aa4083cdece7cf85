import { checkLabels } from "../core/check-labels.js";
import { countText } from "../core/number-text.js";
import type { SegmentLabel } from "../segments/profile.js";
import { quantileOf } from "../verdict/separation.js";
import { kaplanMeier, type SurvivalPoint } from "./kaplan-meier.js";
import { diariesOf, type Purchases } from "./purchase-diaries.js";
import type { PurchaseSummary } from "./summarize-purchases.js";

/** How long the customers of one segment go on buying. */
export interface SegmentSurvival extends SegmentLabel {
  /** Customers who could be watched for the silence that counts as having left. */
  readonly customers: number;
  /** Times in days since the first purchase; empty where nobody could be watched. */
  readonly points: readonly SurvivalPoint[];
}

/** How long customers go on buying where nobody gives notice. */
export interface CustomerSurvival {
  /** Days of silence that count as having left. */
  readonly quietDays: number;
  /** What that means, in one sentence. */
  readonly definition: string;
  readonly segments: readonly SegmentSurvival[];
}

/** Share of all gaps between purchases that are shorter than the silence that counts. */
const usualGaps = 0.95;

/**
 * Which share of each segment still buys so long after the first purchase: Kaplan–Meier with bands.
 *
 * Without contracts nobody says that they leave. A customer has left at the last purchase that a long silence follows: longer than
 * 95 in 100 gaps between purchases. The last days of that length show of nobody whether they left. O(purchases · log purchases).
 *
 * @param options - Last day that was seen, and the days in the summary's unit of time; default 7.
 * @returns null where nobody bought twice.
 * @throws InputError if labels are not one per customer or beyond the segments.
 * @see kaplanMeier
 */
export function customerSurvival(
  { summary, purchases, labels }: SurvivalInput,
  segments: readonly SegmentLabel[],
  options: { readonly until: number; readonly daysPerUnit?: number },
): CustomerSurvival | null {
  const { until, daysPerUnit = 7 } = options;
  checkLabels("customerSurvival", labels, summary.keys.length, segments.length);
  const gaps = gapsOf(purchases, until);
  if (gaps.length === 0) return null;
  const quietDays = Math.ceil(quantileOf(gaps, usualGaps));
  const watched = (row: number): number => summary.observed[row]! * daysPerUnit - quietDays;
  return {
    quietDays,
    definition: `Left: no purchase for ${countText(quietDays)} days, longer than ${100 * usualGaps} of 100 gaps between purchases.`,
    segments: segments.map(({ key, name }, segment) => {
      const rows = Array.from(summary.keys.keys()).filter(
        (row) => labels[row] === segment && watched(row) >= 0,
      );
      const last = (row: number): number => summary.lastRepeat[row]! * daysPerUnit;
      const times = rows.map((row) => Math.min(last(row), watched(row)));
      const ended = rows.map((row) => Number(last(row) <= watched(row)));
      return {
        key,
        name,
        customers: rows.length,
        points: rows.length === 0 ? [] : kaplanMeier(times, ended),
      };
    }),
  };
}

/** Customers with their purchases and segments. */
export interface SurvivalInput {
  readonly summary: PurchaseSummary;
  /** Those that the summary was made of. */
  readonly purchases: Purchases;
  /** Shape (nCustomers,), segment of each customer of the summary, −1 for none. */
  readonly labels: ArrayLike<number>;
}

/** Days between a customer's purchases, of all customers, ascending. */
function gapsOf(purchases: Purchases, until: number): Float64Array {
  const { diaries } = diariesOf("customerSurvival", purchases, until);
  const gaps = [...diaries.values()].flatMap((diary) => {
    const days = [...diary.keys()].sort((a, b) => a - b);
    return days.slice(1).map((day, i) => day - days[i]!);
  });
  return Float64Array.from(gaps).sort();
}
