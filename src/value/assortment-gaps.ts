import { checkCount, checkNumber, checkSameLength } from "../core/check.js";
import { checkLabels } from "../core/check-labels.js";
import type { Matrix } from "../core/matrix.js";
import { countText } from "../core/number-text.js";
import { normalQuantile } from "../core/special-functions.js";
import { compareText } from "../core/text-order.js";
import { adjustPValues } from "../inference/adjust-p-values.js";
import { normalTwoSided } from "../inference/normal-distribution.js";
import { withinReport } from "../inference/tail-probability.js";
import type { Interval } from "../inference/test-result.js";
import type { SegmentMembership } from "../segments/campaign-response.js";
import type { ItemPurchase } from "../segments/item-baskets.js";
import type { SegmentLabel } from "../segments/profile.js";
import { type KnownCustomer, knownCustomers, type LookAlikeGap, lookAlikeGap } from "./look-alike-gap.js";

/** One category in one segment, beside what other customers with the same traits buy. */
export interface AssortmentGap {
  readonly segment: string;
  readonly name: string;
  readonly item: string;
  /** Customers of the segment whose traits are known. */
  readonly customers: number;
  /** Share of them who bought it, 0–1. */
  readonly share: number;
  /** Share that customers of other segments with the same traits would have, 0–1. */
  readonly expected: number;
  /** share − expected: below 0 the segment buys less than its look-alikes. */
  readonly gap: number;
  readonly interval: Interval;
  /** Of no gap, Benjamini–Hochberg over all that are given. */
  readonly qValue: number;
  /** Customers by whom the segment falls short; 0 where it does not. */
  readonly missing: number;
}

/** Gaps of all segments, the most missing customers first. */
export interface AssortmentGaps {
  /** By missing customers, most first; then by gap, segment and item. */
  readonly gaps: readonly AssortmentGap[];
  readonly notes: readonly string[];
}

/** Options of {@link assortmentGaps}. */
export interface AssortmentGapOptions {
  /** Items with fewer buyers are left out; default 10. */
  readonly fewestBuyers?: number;
  /** Share of intervals that hold the true gap, above 0.5; default 0.95. */
  readonly level?: number;
}

const fewestCustomers = 30;

/**
 * What each segment buys less of than its look-alikes: customers of other segments with the same traits.
 *
 * Traits say who is alike: stated values, age, income, how often somebody orders. A line through them, fitted to everybody outside the
 * segment, says what share of the segment would buy; what is missing is the gap (Peters–Belson). A gap is between −1 and 1, with a
 * robust interval. Customers who bought nothing count as not buying. O(segments · items · customers · traits²).
 *
 * @param traits - Shape (nKeys, nTraits), rows as the keys; customers with a missing trait are left out.
 * @throws InputError if lengths differ, a label has no segment, an amount is not finite, an option is out of range, nobody's traits are known, or traits
 * repeat one another.
 * @see Peters (1941), doi:10.1080/00220671.1941.10881036; Belson (1956), doi:10.2307/2985420; White (1980), doi:10.2307/1912934.
 * Checked against statsmodels in test/reference/products.json.
 */
export function assortmentGaps(
  rows: Iterable<ItemPurchase>,
  membership: SegmentMembership,
  traits: Matrix,
  options: AssortmentGapOptions = {},
): AssortmentGaps {
  const { fewestBuyers = 10, level = 0.95 } = options;
  const { keys, labels, segments } = membership;
  checkCount("assortmentGaps", "fewestBuyers", fewestBuyers, 1);
  checkNumber("assortmentGaps", "level", level, 0.5, 0.999);
  checkLabels("assortmentGaps", labels, keys.length, segments.length);
  checkSameLength("assortmentGaps", "traits", { length: traits.rowCount }, keys.length, "one per key");
  const customers = knownCustomers(rows, membership, traits);
  const items = itemsOf(customers, fewestBuyers);
  const parts = segments.map((segment, s) => ({
    segment,
    inside: customers.filter(({ label }) => label === s),
    outside: customers.filter(({ label }) => label !== s),
  }));
  const isTold = ({ inside, outside }: (typeof parts)[number]) =>
    Math.min(inside.length, outside.length) >= fewestCustomers;
  const found = parts
    .filter(isTold)
    .flatMap(({ segment, inside, outside }) =>
      items.map((item) => ({ segment, ...lookAlikeGap(item, inside, outside) })),
    );
  const unknown = keys.length - customers.length;
  return {
    gaps: withQValues(found, level).sort(mostMissingFirst),
    notes: [
      ...(unknown === 0
        ? []
        : [`${countText(unknown)} customers in no segment or without known traits are left out.`]),
      ...parts
        .filter((part) => !isTold(part))
        .map(
          ({ segment }) =>
            `${segment.name} or the rest has fewer than ${fewestCustomers} customers with known traits: no gaps.`,
        ),
    ],
  };
}

function withQValues(
  found: readonly (LookAlikeGap & { readonly segment: SegmentLabel })[],
  level: number,
): AssortmentGap[] {
  const qValues = adjustPValues(
    found.map(({ gap, error }) => withinReport(normalTwoSided(gap / error))),
    "benjamini-hochberg",
  );
  const z = normalQuantile((1 + level) / 2);
  return found.map(({ segment, error, ...own }, i) => {
    const [low, high] = [own.gap - z * error, own.gap + z * error];
    const interval = { low, high, level, method: "normal, robust standard error" };
    const missing = Math.max(0, -own.gap * own.customers);
    return { segment: segment.key, name: segment.name, ...own, interval, qValue: qValues[i]!, missing };
  });
}

function mostMissingFirst(a: AssortmentGap, b: AssortmentGap): number {
  return (
    b.missing - a.missing || a.gap - b.gap || compareText(a.segment, b.segment) || compareText(a.item, b.item)
  );
}

function itemsOf(customers: readonly KnownCustomer[], fewestBuyers: number): string[] {
  const totals = new Map<string, number>();
  for (const { bought } of customers)
    for (const item of bought) totals.set(item, (totals.get(item) ?? 0) + 1);
  return [...totals].flatMap(([item, count]) => (count >= fewestBuyers ? [item] : [])).sort(compareText);
}
