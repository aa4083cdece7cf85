import { checkNumber } from "../core/check.js";
import { checkLabels } from "../core/check-labels.js";
import { normalQuantile } from "../core/special-functions.js";
import type { Interval } from "../inference/test-result.js";
import type { SegmentMembership } from "./campaign-response.js";
import {
  type BasketSums,
  collectBaskets,
  type ItemPurchase,
  logIndexErrors,
  sumBaskets,
} from "./item-baskets.js";

export type { ItemPurchase } from "./item-baskets.js";

/** How much of a segment's purchases goes to one category, beside all customers. */
export interface CategoryAffinityCell {
  readonly segment: string;
  readonly name: string;
  readonly category: string;
  /** Customers of the segment who bought any of it. */
  readonly buyers: number;
  readonly amount: number;
  /** Share of the segment's total, 0–1; null where that total is not above 0. */
  readonly share: number | null;
  /** Share of everyone's total, 0–1. */
  readonly totalShare: number;
  /** 100 · share / totalShare: above 100 the segment leans towards the category. */
  readonly index: number | null;
  /** Of the index; null where fewer than 5 customers of the segment bought it. */
  readonly interval: Interval | null;
}

export interface CategoryAffinity {
  /** Largest in total first, ties by name. */
  readonly categories: readonly string[];
  /** One per segment and category: segments in order, categories in order. */
  readonly cells: readonly CategoryAffinityCell[];
  readonly notes: readonly string[];
}

const fewestBuyers = 5;

/**
 * What each segment buys: share of its purchases by category, and the index against all customers (= 100) with an interval.
 *
 * The interval comes from the customers, not from the lines: a linearised standard error of the logarithm of the index (delta
 * method), so that one customer's many lines count as one. No seed is needed. Customers in no segment are left out of the total too.
 * Categories with no more than 0 in total are left out with a note. O(rows + customers · categories).
 *
 * @param options - `level`: share of such intervals that hold the true index, above 0.5; default 0.95.
 * @throws InputError if keys and labels differ in length, a label has no segment, an amount is not finite or `level` is out of range.
 * @see Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, ch. 5, on linearised ratios. Checked against a
 * bootstrap over customers in test/reference/category-affinity.json.
 */
export function categoryAffinity(
  rows: Iterable<ItemPurchase>,
  membership: SegmentMembership,
  options: { readonly level?: number } = {},
): CategoryAffinity {
  const { level = 0.95 } = options;
  const { keys, labels, segments } = membership;
  checkNumber("categoryAffinity", "level", level, 0.5, 0.999);
  checkLabels("categoryAffinity", labels, keys.length, segments.length);
  const { baskets, strangers } = collectBaskets("categoryAffinity", rows, membership);
  const sums = sumBaskets(baskets, segments.length);
  const errors = logIndexErrors(baskets, sums);
  const notes = [
    `Intervals: delta method over customers; none where fewer than ${fewestBuyers} customers of a segment bought the category.`,
  ];
  if (sums.dropped > 0)
    notes.push(`${sums.dropped} categories with nothing bought in total, net of returns, are left out.`);
  if (strangers > 0) notes.push(`${strangers} rows belong to customers in no segment and are left out.`);
  return {
    categories: sums.categories,
    cells: segments.flatMap(({ key, name }, label) =>
      sums.categories.map((category, c) => {
        const error = errors[label * sums.categories.length + c]!;
        return { segment: key, name, category, ...cellOf(sums, { label, c }, { error, level }) };
      }),
    ),
    notes,
  };
}

function cellOf(
  sums: BasketSums,
  { label, c }: { readonly label: number; readonly c: number },
  { error, level }: { readonly error: number; readonly level: number },
): Omit<CategoryAffinityCell, "segment" | "name" | "category"> {
  const cell = label * sums.categories.length + c;
  const amount = sums.amounts[cell]!;
  const buyers = sums.buyers[cell]!;
  const totalShare = sums.categoryAmounts[c]! / sums.totalAmount;
  const ownAmount = sums.segmentAmounts[label]!;
  if (ownAmount <= 0) return { buyers, amount, share: null, totalShare, index: null, interval: null };
  const share = amount / ownAmount;
  const index = (100 * share) / totalShare;
  if (buyers < fewestBuyers || amount <= 0)
    return { buyers, amount, share, totalShare, index, interval: null };
  const factor = Math.exp(normalQuantile((1 + level) / 2) * error);
  const interval = {
    low: index / factor,
    high: index * factor,
    level,
    method: "delta method over customers",
  };
  return { buyers, amount, share, totalShare, index, interval };
}
