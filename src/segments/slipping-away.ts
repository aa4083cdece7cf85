import { medianSorted } from "simple-statistics";
import { checkNumber } from "../core/check.js";
import { checkLabels } from "../core/check-labels.js";
import type { CustomerTable } from "../core/feature.js";
import { numberText } from "../core/number-text.js";
import type { SegmentLabel } from "./profile.js";
import { requireNumberColumn } from "./require-column.js";

/** Options of {@link slippingAway}: the names of the features, and where the lines are drawn. */
export interface SlippingOptions {
  readonly segments: readonly SegmentLabel[];
  /** Spend of a customer; default "spend". */
  readonly moneyFeature?: string;
  /** Days since the last purchase; default "recency_days". */
  readonly recencyFeature?: string;
  /** A customer's usual days between purchases; default "days_between_orders". */
  readonly gapFeature?: string;
  /** Slipping from this many usual gaps without a purchase on; at least 1, default 2. */
  readonly gapMultiple?: number;
  /** A shorter silence is never slipping, whatever the usual gap; days, default 30. */
  readonly fewestDays?: number;
}

/** Valuable customers of one segment who have been silent for longer than is usual for them. */
export interface SlippingSegment {
  readonly key: string;
  readonly name: string;
  /** Customers whose spend is above the median of all. */
  readonly valuable: number;
  /** Valuable customers whose usual gap is unknown (one purchase): nobody can say whether they slip. */
  readonly notJudged: number;
  readonly slipping: number;
  /** slipping / (valuable − notJudged), 0–1; null where nobody can be judged. */
  readonly share: number | null;
  /** What the slipping have spent so far, in the unit of the money feature: the spend at stake. */
  readonly spendAtStake: number;
  /** Their part of the segment's spend, 0–1; null where that spend is not above 0. */
  readonly shareOfSpend: number | null;
}

export interface SlippingAway {
  /** What "slipping away" means here, in one sentence. */
  readonly definition: string;
  /** Spend above which a customer counts as valuable. */
  readonly spendMark: number;
  readonly segments: readonly SlippingSegment[];
  /** Rows of the table, largest spend first: whom to win back. */
  readonly rows: Int32Array;
}

/**
 * Who is worth most and slipping away: spend above the median, and silent for more than twice their own usual gap.
 *
 * A rule, not a forecast: it compares each customer with themselves. Customers in no segment and with unknown spend or
 * recency are left out. Set aside in the result: customers with one purchase, who have no usual gap. O(rows log rows).
 *
 * @param table - One row per customer.
 * @param labels - Shape (nRows,), 0…segments − 1, −1 for in no segment.
 * @throws InputError if lengths differ, a label has no segment, a feature is missing or not numeric, or an option is out of range.
 */
export function slippingAway(
  table: CustomerTable,
  labels: ArrayLike<number>,
  options: SlippingOptions,
): SlippingAway {
  const { segments, gapMultiple = 2, fewestDays = 30 } = options;
  checkLabels("slippingAway", labels, table.keys.length, segments.length);
  checkNumber("slippingAway", "gapMultiple", gapMultiple, 1, 100);
  checkNumber("slippingAway", "fewestDays", fewestDays, 0, 36_500);
  const columnOf = (argument: string, name: string) =>
    requireNumberColumn("slippingAway", argument, table, name);
  const money = columnOf("moneyFeature", options.moneyFeature ?? "spend");
  const recency = columnOf("recencyFeature", options.recencyFeature ?? "recency_days").values;
  const gap = columnOf("gapFeature", options.gapFeature ?? "days_between_orders").values;
  const spend = money.values;
  const known = Array.from(table.keys.keys()).filter(
    (row) => labels[row]! >= 0 && Number.isFinite(spend[row]) && Number.isFinite(recency[row]),
  );
  const spendMark =
    known.length === 0 ? 0 : medianSorted(known.map((row) => spend[row]!).sort((a, b) => a - b));
  const valuable = known.filter((row) => spend[row]! > spendMark);
  const judged = valuable.filter((row) => Number.isFinite(gap[row]));
  const slipping = judged.filter(
    (row) => recency[row]! >= fewestDays && recency[row]! > gapMultiple * gap[row]!,
  );
  return {
    definition: `Slipping away: spend above ${numberText(spendMark)} ${money.feature.unit} (the median), and no purchase for at least ${numberText(fewestDays)} days and more than ${numberText(gapMultiple)} × the customer's own usual gap between purchases.`,
    spendMark,
    segments: segments.map((segment, label) => {
      const own = (rows: readonly number[]) => rows.filter((row) => labels[row] === label);
      const parts = {
        known: own(known),
        valuable: own(valuable),
        judged: own(judged),
        slipping: own(slipping),
      };
      return { ...segment, ...summarize(parts, spend) };
    }),
    rows: Int32Array.from(slipping.sort((a, b) => spend[b]! - spend[a]! || a - b)),
  };
}

/** Rows of one segment, each list inside the one before. */
type SegmentRows = Readonly<Record<"known" | "valuable" | "judged" | "slipping", readonly number[]>>;

function summarize(rows: SegmentRows, spend: Float64Array): Omit<SlippingSegment, "key" | "name"> {
  const sumOf = (some: readonly number[]) => some.reduce((sum, row) => sum + spend[row]!, 0);
  const all = sumOf(rows.known);
  const spendAtStake = sumOf(rows.slipping);
  return {
    valuable: rows.valuable.length,
    notJudged: rows.valuable.length - rows.judged.length,
    slipping: rows.slipping.length,
    share: rows.judged.length === 0 ? null : rows.slipping.length / rows.judged.length,
    spendAtStake,
    shareOfSpend: all > 0 ? spendAtStake / all : null,
  };
}
