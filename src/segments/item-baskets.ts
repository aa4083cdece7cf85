import { InputError } from "../core/errors.js";
import { compareText } from "../core/text-order.js";
import type { SegmentMembership } from "./campaign-response.js";

/** What one customer spent on (or took of) one category or product. Several rows of one customer and item are added. */
export interface ItemPurchase {
  readonly customer: string;
  readonly item: string;
  /** Money or units; net of returns it may be negative. */
  readonly amount: number;
}

/** What one customer bought, by item, and in all. */
export interface Basket {
  readonly label: number;
  readonly byItem: Map<string, number>;
  amount: number;
}

/** One basket per customer in a segment, in the order of the keys. */
export function collectBaskets(
  caller: string,
  rows: Iterable<ItemPurchase>,
  { keys, labels }: SegmentMembership,
): { readonly baskets: readonly Basket[]; readonly strangers: number } {
  const positions = new Map(keys.map((key, i) => [key, i]));
  const baskets = new Map<number, Basket>();
  let strangers = 0;
  for (const { customer, item, amount } of rows) {
    if (!Number.isFinite(amount))
      throw new InputError(
        `${caller}: rows must hold finite amounts, got ${String(amount)} for customer "${customer}"`,
      );
    const position = positions.get(customer);
    if (position === undefined || labels[position]! < 0) {
      strangers++;
      continue;
    }
    const basket = baskets.get(position) ?? { label: labels[position]!, byItem: new Map(), amount: 0 };
    baskets.set(position, basket);
    basket.byItem.set(item, (basket.byItem.get(item) ?? 0) + amount);
    basket.amount += amount;
  }
  return { baskets: [...baskets].sort(([a], [b]) => a - b).map(([, basket]) => basket), strangers };
}

/** Sums of baskets; cell (segment, category) of the flat arrays is at segment · categories + category. */
export interface BasketSums {
  /** Categories with more than 0 in total, largest first, ties by name. */
  readonly categories: readonly string[];
  /** Categories left out, with 0 or less in total. */
  readonly dropped: number;
  readonly categoryAmounts: Float64Array;
  readonly segmentAmounts: Float64Array;
  readonly totalAmount: number;
  readonly amounts: Float64Array;
  /** Customers of the segment who bought the category. */
  readonly buyers: Uint32Array;
}

export function sumBaskets(baskets: readonly Basket[], segmentCount: number): BasketSums {
  const totals = new Map<string, number>();
  for (const { byItem } of baskets)
    for (const [category, amount] of byItem) totals.set(category, (totals.get(category) ?? 0) + amount);
  const kept = [...totals]
    .filter(([, amount]) => amount > 0)
    .sort(([a, amountA], [b, amountB]) => amountB - amountA || compareText(a, b));
  const position = new Map(kept.map(([category], c) => [category, c]));
  const segmentAmounts = new Float64Array(segmentCount);
  const amounts = new Float64Array(segmentCount * kept.length);
  const buyers = new Uint32Array(segmentCount * kept.length);
  for (const { label, byItem, amount } of baskets) {
    segmentAmounts[label]! += amount;
    for (const [category, part] of byItem) {
      const c = position.get(category);
      if (c === undefined) continue;
      amounts[label * kept.length + c]! += part;
      if (part > 0) buyers[label * kept.length + c]! += 1;
    }
  }
  return {
    categories: kept.map(([category]) => category),
    dropped: totals.size - kept.length,
    categoryAmounts: Float64Array.from(kept, ([, amount]) => amount),
    segmentAmounts,
    totalAmount: segmentAmounts.reduce((sum, amount) => sum + amount, 0),
    amounts,
    buyers,
  };
}

/**
 * Standard error of ln(index) of every segment and category: each customer's influence on it, squared and summed.
 *
 * ln(index) = ln A − ln B − ln C + ln D with A the segment's amount of the category, B of all, C everyone's of the category, D of all.
 * A customer outside the segment moves C and D only, alike for every segment, so one pass over the customers is enough.
 */
export function logIndexErrors(baskets: readonly Basket[], sums: BasketSums): Float64Array {
  const count = sums.categories.length;
  const everyone = new Float64Array(count);
  const correction = new Float64Array(sums.amounts.length);
  for (const { label, byItem, amount } of baskets)
    for (let c = 0; c < count; c++) {
      const cell = label * count + c;
      const bought = byItem.get(sums.categories[c]!) ?? 0;
      const outside = amount / sums.totalAmount - bought / sums.categoryAmounts[c]!;
      const inside = outside + bought / sums.amounts[cell]! - amount / sums.segmentAmounts[label]!;
      everyone[c]! += outside ** 2;
      correction[cell]! += inside ** 2 - outside ** 2;
    }
  const unbiased = baskets.length / (baskets.length - 1);
  return correction.map((own, cell) => Math.sqrt(Math.max(0, unbiased * (own + everyone[cell % count]!))));
}
