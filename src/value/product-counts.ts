import { sum } from "../core/sum.js";
import { compareText } from "../core/text-order.js";
import type { Basket } from "../segments/item-baskets.js";
import { quantileGroups } from "./out-of-time-value.js";

/** Customers who bought each item, by segment and by how many different items they buy in all. */
export interface ProductCounts {
  /** Most buyers first, ties by name. */
  readonly items: readonly string[];
  /** Items with fewer buyers than asked, left out. */
  readonly rareItems: number;
  readonly segments: number;
  readonly strata: number;
  /** Buyers of item i in segment s and stratum b at (i · segments + s) · strata + b. */
  readonly buyers: Uint32Array;
  /** Customers of segment s and stratum b at s · strata + b. */
  readonly customers: Uint32Array;
  /** Mean number of different items per customer, by segment. */
  readonly breadth: readonly number[];
}

/** How buyers are counted: the rarest item that counts, and the parts that customers are cut into by breadth. */
export interface CountOptions {
  readonly segmentCount: number;
  readonly fewestBuyers: number;
  readonly breadthGroups: number;
}

/** Counts customers who bought more of an item than they gave back; customers who bought nothing do not count. */
export function countProducts(baskets: readonly Basket[], options: CountOptions): ProductCounts {
  const { segmentCount, fewestBuyers, breadthGroups } = options;
  const kept = baskets
    .map(({ label, byItem }) => ({
      label,
      items: [...byItem].flatMap(([item, amount]) => (amount > 0 ? [item] : [])),
    }))
    .filter(({ items }) => items.length > 0);
  const breadths = kept.map(({ items }) => items.length);
  const stratumOf =
    breadthGroups === 1 ? new Int32Array(kept.length) : quantileGroups(breadths, breadthGroups);
  const totals = new Map<string, number>();
  for (const { items } of kept) for (const item of items) totals.set(item, (totals.get(item) ?? 0) + 1);
  const items = [...totals]
    .filter(([, count]) => count >= fewestBuyers)
    .sort(([a, countA], [b, countB]) => countB - countA || compareText(a, b))
    .map(([item]) => item);
  const place = new Map(items.map((item, i) => [item, i]));
  const buyers = new Uint32Array(items.length * segmentCount * breadthGroups);
  const customers = new Uint32Array(segmentCount * breadthGroups);
  kept.forEach(({ label, items: bought }, customer) => {
    const cell = label * breadthGroups + stratumOf[customer]!;
    customers[cell]! += 1;
    for (const item of bought) {
      const i = place.get(item);
      if (i !== undefined) buyers[i * segmentCount * breadthGroups + cell]! += 1;
    }
  });
  const breadth = Array.from({ length: segmentCount }, (_, s) => {
    const own = breadths.filter((_, customer) => kept[customer]!.label === s);
    return own.length === 0 ? 0 : sum(own) / own.length;
  });
  const rareItems = totals.size - items.length;
  return { items, rareItems, segments: segmentCount, strata: breadthGroups, buyers, customers, breadth };
}

/** Buyers of one item in one segment beside those to expect if segments bought alike. */
export interface ObservedBuyers {
  readonly buyers: number;
  /** Customers of the segment. */
  readonly customers: number;
  /** Over strata: customers of the segment × share of all customers of the stratum who bought the item. */
  readonly expected: number;
  /** Standard error of ln(buyers / expected), by linearisation; half a buyer is added, so that none is no certainty. */
  readonly logError: number;
  /** Mantel–Haenszel χ² of buying against being in the segment; 0 where either is the same for all. */
  readonly statistic: number;
}

/** One item in one segment, over the strata. */
export function observeBuyers(counts: ProductCounts, item: number, segment: number): ObservedBuyers {
  const strata = Array.from({ length: counts.strata }, (_, b) => stratumOf(counts, { item, segment, b }));
  const buyers = sum(strata.map(({ bought }) => bought));
  const customers = sum(strata.map(({ own }) => own));
  const expected = sum(strata.map(({ own, all, ofAll }) => (all === 0 ? 0 : (own * ofAll) / all)));
  const [raisedBuyers, raisedExpected] = [buyers + 0.5, expected + 0.5];
  let [variance, nullVariance] = [0, 0];
  for (const { bought, own, all, ofAll } of strata) {
    if (own === 0) continue;
    const part = own / customers;
    const share = (bought + part / 2) / (own + part);
    const pull = own / all / raisedExpected;
    variance += (1 / raisedBuyers - pull) ** 2 * own * share * (1 - share);
    if (all === own) continue;
    const otherShare = (ofAll - bought) / (all - own);
    variance += pull ** 2 * (all - own) * otherShare * (1 - otherShare);
    nullVariance += (own * (all - own) * ofAll * (all - ofAll)) / (all * all * (all - 1));
  }
  const statistic = nullVariance === 0 ? 0 : (buyers - expected) ** 2 / nullVariance;
  return { buyers, customers, expected, logError: Math.sqrt(variance), statistic };
}

function stratumOf(
  { buyers, customers, segments, strata }: ProductCounts,
  { item, segment, b }: { readonly item: number; readonly segment: number; readonly b: number },
) {
  let [all, ofAll] = [0, 0];
  for (let s = 0; s < segments; s++) {
    all += customers[s * strata + b]!;
    ofAll += buyers[(item * segments + s) * strata + b]!;
  }
  return {
    bought: buyers[(item * segments + segment) * strata + b]!,
    own: customers[segment * strata + b]!,
    all,
    ofAll,
  };
}
