import { InputError } from "../core/errors.js";
import { countText } from "../core/number-text.js";
import { sum } from "../core/sum.js";
import { compareText } from "../core/text-order.js";

/** One item in one basket. An item that stands in a basket twice counts once. */
export interface BasketItem {
  /** Order, or customer where pairs over all orders of a customer are asked. */
  readonly basket: string;
  readonly item: string;
}

/** Baskets and the items that stand in enough of them. */
export interface PackedBaskets {
  /** In code-unit order. */
  readonly items: readonly string[];
  /** Baskets with each item. */
  readonly counts: Uint32Array;
  readonly baskets: number;
  /** Items left out. */
  readonly rareItems: number;
  /** Items of basket after basket, ascending within each. */
  readonly contents: Uint32Array;
  /** Where the basket of each entry of `contents` ends. */
  readonly ends: Uint32Array;
}

/** Most pairs of items that are looked at: some ten seconds. */
const mostPairs = 5e9;

/** Packs baskets into flat arrays, with the items that stand in at least `fewestBaskets` of them. */
export function packBaskets(rows: Iterable<BasketItem>, fewestBaskets: number): PackedBaskets {
  const baskets = new Map<string, Set<string>>();
  for (const { basket, item } of rows) {
    const held = baskets.get(basket);
    if (held === undefined) baskets.set(basket, new Set([item]));
    else held.add(item);
  }
  const totals = new Map<string, number>();
  for (const held of baskets.values()) for (const item of held) totals.set(item, (totals.get(item) ?? 0) + 1);
  const kept = [...totals]
    .filter(([, count]) => count >= fewestBaskets)
    .sort(([a], [b]) => compareText(a, b));
  const place = new Map(kept.map(([item], i) => [item, i]));
  const packed = [...baskets.values()].map((held) =>
    Uint32Array.from([...held].map((item) => place.get(item)).filter((i) => i !== undefined)).sort(),
  );
  const pairs = packed.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
  if (pairs > mostPairs)
    throw new InputError(
      `basketAffinity: rows must hold at most ${countText(mostPairs)} pairs of items in baskets, got ${countText(pairs)}. Raise fewestBaskets, or take orders for baskets`,
    );
  const contents = new Uint32Array(sum(packed.map(({ length }) => length)));
  const ends = new Uint32Array(contents.length);
  let start = 0;
  for (const own of packed) {
    contents.set(own, start);
    ends.fill(start + own.length, start, start + own.length);
    start += own.length;
  }
  return {
    items: kept.map(([item]) => item),
    counts: Uint32Array.from(kept, ([, count]) => count),
    baskets: baskets.size,
    rareItems: totals.size - kept.length,
    contents,
    ends,
  };
}

/** Calls back for every pair of items, the first before the second, that stand together in at least `fewest` baskets. */
export function eachPair(
  { items, counts, contents, ends }: PackedBaskets,
  fewest: number,
  found: (first: number, second: number, together: number) => void,
): void {
  const starts = new Uint32Array(items.length + 1);
  counts.forEach((count, i) => {
    starts[i + 1] = starts[i]! + count;
  });
  const places = new Uint32Array(contents.length);
  const next = starts.slice();
  contents.forEach((item, place) => {
    places[next[item]!] = place;
    next[item]! += 1;
  });
  const together = new Uint32Array(items.length);
  for (let first = 0; first < items.length; first++) {
    for (let k = starts[first]!; k < starts[first + 1]!; k++) {
      const end = ends[places[k]!]!;
      for (let place = places[k]! + 1; place < end; place++) together[contents[place]!]! += 1;
    }
    for (let second = first + 1; second < items.length; second++)
      if (together[second]! >= fewest) found(first, second, together[second]!);
    together.fill(0);
  }
}
