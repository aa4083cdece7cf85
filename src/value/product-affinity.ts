import { checkCount, checkNumber } from "../core/check.js";
import { checkLabels } from "../core/check-labels.js";
import { countText, numberText } from "../core/number-text.js";
import { normalQuantile } from "../core/special-functions.js";
import { adjustPValues } from "../inference/adjust-p-values.js";
import { chiSquareUpperTail } from "../inference/tail-probability.js";
import type { Interval } from "../inference/test-result.js";
import type { SegmentMembership } from "../segments/campaign-response.js";
import { collectBaskets, type ItemPurchase } from "../segments/item-baskets.js";
import { poolEffects } from "./effect-heterogeneity.js";
import { countProducts, type ObservedBuyers, observeBuyers, type ProductCounts } from "./product-counts.js";

/** How a segment takes to one product or category, beside all customers. */
export interface ProductAffinityCell {
  readonly segment: string;
  readonly name: string;
  readonly item: string;
  /** Customers of the segment who bought it. */
  readonly buyers: number;
  /** Customers of the segment who bought anything. */
  readonly customers: number;
  /** Buyers to expect if segments bought alike. */
  readonly expected: number;
  /** buyers / expected: above 1 the segment leans towards the item; null where fewer than 5 are expected. */
  readonly lift: number | null;
  /** The lift drawn towards those of the segment's other items, the more the less is known; null as `lift`. */
  readonly pooledLift: number | null;
  /** Of the pooled lift; null as `lift`. */
  readonly interval: Interval | null;
  /** Of the lift being 1, Benjamini–Hochberg over all cells with a lift; null as `lift`. */
  readonly qValue: number | null;
}

/** What each segment takes to, and what it leaves. */
export interface ProductAffinity {
  /** Most buyers first, ties by name. */
  readonly items: readonly string[];
  /** One per segment and item: segments in order, items in order. */
  readonly cells: readonly ProductAffinityCell[];
  /** Cells with a lift: those that the false discovery rate is over. */
  readonly judged: number;
  readonly notes: readonly string[];
}

/** Options of {@link productAffinity}. */
export interface ProductAffinityOptions {
  /** Share of intervals that hold the true lift, above 0.5; default 0.95. */
  readonly level?: number;
  /** Items with fewer buyers in all are left out; default 10. */
  readonly fewestBuyers?: number;
  /** Customers are compared with those who buy about as many different items, in so many parts; default 1: with all. */
  readonly breadthGroups?: number;
}

const fewestExpected = 5;

/**
 * Which products or categories each segment buys more, or less, than all customers do.
 *
 * A customer counts once for an item, however many lines there are. Lift is 0 or more, 1 as all customers: buyers over buyers to
 * expect. Lifts are drawn towards those of the segment's other items (empirical Bayes on the logarithm), so that a rare product does
 * not win by luck; a q-value below 0.05 bounds the share of false ones among the cells claimed to 5 %. Segments that buy more of
 * everything have high lifts throughout: `breadthGroups` compares like with like. O(rows + items · segments · breadthGroups).
 *
 * @throws InputError if keys and labels differ in length, a label has no segment, an amount is not finite or an option is out of range.
 * @see Mantel & Haenszel (1959), doi:10.1093/jnci/22.4.719; DuMouchel (1999), doi:10.1080/00031305.1999.10474456, on drawing in
 * lifts; Benjamini & Hochberg (1995). Checked against statsmodels and a bootstrap in test/reference/products.json.
 */
export function productAffinity(
  rows: Iterable<ItemPurchase>,
  membership: SegmentMembership,
  options: ProductAffinityOptions = {},
): ProductAffinity {
  const { level = 0.95, fewestBuyers = 10, breadthGroups = 1 } = options;
  const { keys, labels, segments } = membership;
  checkNumber("productAffinity", "level", level, 0.5, 0.999);
  checkCount("productAffinity", "fewestBuyers", fewestBuyers, 1);
  checkCount("productAffinity", "breadthGroups", breadthGroups, 1, 100);
  checkLabels("productAffinity", labels, keys.length, segments.length);
  const { baskets, strangers } = collectBaskets("productAffinity", rows, membership);
  const counts = countProducts(baskets, { segmentCount: segments.length, fewestBuyers, breadthGroups });
  const observed = segments.map((_, s) => counts.items.map((_, i) => observeBuyers(counts, i, s)));
  const judged = observed.map((own) => own.filter(isJudged));
  const pValues = judged.flat().map(({ statistic }) => chiSquareUpperTail(statistic, 1));
  const qValues = adjustPValues(pValues, "benjamini-hochberg")[Symbol.iterator]();
  return {
    items: counts.items,
    cells: segments.flatMap(({ key, name }, s) => {
      const pooled = pooledLifts(judged[s]!, level)[Symbol.iterator]();
      return observed[s]!.map((cell, i) => {
        const { buyers, customers, expected } = cell;
        const found = isJudged(cell)
          ? { lift: buyers / expected, ...pooled.next().value!, qValue: qValues.next().value! }
          : { lift: null, pooledLift: null, interval: null, qValue: null };
        return { segment: key, name, item: counts.items[i]!, buyers, customers, expected, ...found };
      });
    }),
    judged: pValues.length,
    notes: notesOn(counts, segments, { strangers, fewestBuyers, judged: pValues.length }),
  };
}

/** By what the margins say alone: a cell that was left out for what is in it would bend the false discovery rate. */
function isJudged({ expected, logError }: ObservedBuyers): boolean {
  return expected >= fewestExpected && logError > 0;
}

function pooledLifts(
  cells: readonly ObservedBuyers[],
  level: number,
): readonly { readonly pooledLift: number; readonly interval: Interval }[] {
  const effects = cells.map(({ buyers, expected, logError }) => ({
    estimate: Math.log((buyers + 0.5) / (expected + 0.5)),
    standardError: logError,
  }));
  const z = normalQuantile((1 + level) / 2);
  return (effects.length < 2 ? effects : poolEffects(effects)).map(({ estimate, standardError }) => ({
    pooledLift: Math.exp(estimate),
    interval: {
      low: Math.exp(estimate - z * standardError),
      high: Math.exp(estimate + z * standardError),
      level,
      method: "empirical Bayes on ln(lift), linearised over customers",
    },
  }));
}

/** Segments that buy so many times as many different items as others make every lift speak of that. */
const widerBy = 1.5;

function notesOn(
  { items, rareItems, segments, strata, breadth }: ProductCounts,
  labels: SegmentMembership["segments"],
  found: { readonly strangers: number; readonly fewestBuyers: number; readonly judged: number },
): string[] {
  const unjudged = items.length * segments - found.judged;
  const [most, least] = [Math.max(...breadth), Math.min(...breadth.filter((mean) => mean > 0))];
  const widest = labels[breadth.indexOf(most)]?.name;
  return [
    ...(rareItems === 0
      ? []
      : [`${countText(rareItems)} items with fewer than ${found.fewestBuyers} buyers are left out.`]),
    ...(unjudged === 0
      ? []
      : [
          `${countText(unjudged)} of ${countText(items.length * segments)} cells have no lift: fewer than ${fewestExpected} buyers are to be expected.`,
        ]),
    ...(strata === 1 && most >= widerBy * least
      ? [
          `${widest} buys ${numberText(most / least)} × as many different items as the segment that buys fewest, which lifts every item: breadthGroups compares like with like.`,
        ]
      : []),
    ...(found.strangers === 0
      ? []
      : [`${countText(found.strangers)} rows belong to customers in no segment and are left out.`]),
  ];
}
