import { checkCount, checkNumber } from "../core/check.js";
import { countText } from "../core/number-text.js";
import { normalQuantile } from "../core/special-functions.js";
import { adjustPValues } from "../inference/adjust-p-values.js";
import { logFactorials } from "../inference/log-factorials.js";
import { withinReport } from "../inference/tail-probability.js";
import type { Interval } from "../inference/test-result.js";
import { type BasketItem, eachPair, type PackedBaskets, packBaskets } from "./count-pairs.js";

/** Two items that stand in one basket more often than by chance, or less. */
export interface ItemPair {
  /** The one in fewer baskets; ties by name. */
  readonly first: string;
  readonly second: string;
  /** Baskets with both. */
  readonly together: number;
  /** Share of all baskets with both, 0–1. */
  readonly support: number;
  /** Share of the baskets with the first that hold the second too, 0–1. */
  readonly confidence: number;
  /** Share of the baskets with the second that hold the first too, 0–1. */
  readonly reverseConfidence: number;
  /** Baskets with both over those to expect if the two had nothing to do with each other; 1: by chance. */
  readonly lift: number;
  readonly interval: Interval;
  /** Of no more than chance, Benjamini–Hochberg over all pairs of items that were asked. */
  readonly qValue: number;
}

/** Pairs of items, the surest lift first. */
export interface BasketAffinity {
  readonly baskets: number;
  readonly items: number;
  /** Pairs of these items: what the false discovery rate is over. */
  readonly asked: number;
  /** Pairs together often enough to be shown. */
  readonly found: number;
  /** By the lower end of the interval of the lift, highest first; ties by names. */
  readonly pairs: readonly ItemPair[];
  readonly notes: readonly string[];
}

/** Options of {@link basketAffinity}. */
export interface BasketAffinityOptions {
  /** Items in fewer baskets are left out; default 20. */
  readonly fewestBaskets?: number;
  /** Pairs in fewer baskets are not shown; default 10. */
  readonly fewestTogether?: number;
  /** Pairs given back at most; default 1,000. */
  readonly most?: number;
  /** Share of intervals that hold the true lift, above 0.5; default 0.95. */
  readonly level?: number;
}

/**
 * What is bought together: pairs of items with support, confidence and lift.
 *
 * Lift is 0 or more, 1 by chance; its interval is of the logarithm, linearised over baskets. p-values are Fisher's, one-sided, and
 * adjusted for all pairs of the items, shown or not. Baskets of one customer are alike: give customers for baskets where few
 * customers fill many. O(sum over baskets of items²); 4,000 items in 18,000 baskets take seconds.
 *
 * @throws InputError if an option is out of range, or baskets hold more than 5 billion pairs.
 * @see Agrawal, Imieliński & Swami (1993), doi:10.1145/170035.170072; Brin, Motwani, Ullman & Tsur (1997),
 * doi:10.1145/253260.253325. Checked against mlxtend and SciPy in test/reference/products.json.
 */
export function basketAffinity(
  rows: Iterable<BasketItem>,
  options: BasketAffinityOptions = {},
): BasketAffinity {
  const { fewestBaskets = 20, fewestTogether = 10, most = 1000, level = 0.95 } = options;
  checkCount("basketAffinity", "fewestBaskets", fewestBaskets, 1);
  checkCount("basketAffinity", "fewestTogether", fewestTogether, 1);
  checkCount("basketAffinity", "most", most, 1, 1_000_000);
  checkNumber("basketAffinity", "level", level, 0.5, 0.999);
  const packed = packBaskets(rows, fewestBaskets);
  const asked = (packed.items.length * (packed.items.length - 1)) / 2;
  const found = pairsTogether(packed, fewestTogether);
  // Pairs that are too rare to show count with p = 1, so each rank among those shown is its rank among all.
  const qValues = adjustPValues(
    found.map(({ pValue }) => pValue),
    "benjamini-hochberg",
  ).map((value) => Math.min(1, (value * asked) / found.length));
  const pairs = bySurestLift(found, level)
    .slice(0, most)
    .map((i) => pairOf(packed, { ...found[i]!, qValue: qValues[i]! }, level));
  const { baskets, items, rareItems } = packed;
  const notes =
    rareItems === 0
      ? []
      : [`${countText(rareItems)} items in fewer than ${fewestBaskets} baskets are left out.`];
  return { baskets, items: items.length, asked, found: found.length, pairs, notes };
}

interface FoundPair {
  readonly first: number;
  readonly second: number;
  readonly together: number;
  readonly lift: number;
  readonly pValue: number;
  readonly logError: number;
}

interface PairCounts {
  readonly baskets: number;
  readonly first: number;
  readonly second: number;
}

function pairsTogether(packed: PackedBaskets, fewest: number): FoundPair[] {
  const logs = logFactorials(packed.baskets);
  const found: FoundPair[] = [];
  eachPair(packed, fewest, (a, b, together) => {
    const [first, second] = packed.counts[b]! < packed.counts[a]! ? [b, a] : [a, b];
    const counts = { baskets: packed.baskets, first: packed.counts[first]!, second: packed.counts[second]! };
    const pValue = chanceOfAtLeast(together, counts, logs);
    const lift = (together * counts.baskets) / (counts.first * counts.second);
    found.push({ first, second, together, lift, pValue, logError: logErrorOf(together, counts) });
  });
  return found;
}

/** Places of pairs by the lower end of the interval of their lift, highest first; items stand by name. */
function bySurestLift(found: readonly FoundPair[], level: number): number[] {
  const z = normalQuantile((1 + level) / 2);
  const lows = found.map(({ lift, logError }) => Math.log(lift) - z * logError);
  return found
    .map((_, i) => i)
    .sort(
      (i, j) =>
        lows[j]! - lows[i]! || found[i]!.first - found[j]!.first || found[i]!.second - found[j]!.second,
    );
}

/** Upper tail of the hypergeometric distribution, its first term from factorials; 1 for what is no more than expected, where that term may vanish. */
function chanceOfAtLeast(
  together: number,
  { baskets, first, second }: PairCounts,
  logs: Float64Array,
): number {
  if (together * baskets <= first * second) return 1;
  const choose = (of: number, some: number) => logs[of]! - logs[some]! - logs[of - some]!;
  let term = Math.exp(
    choose(second, together) + choose(baskets - second, first - together) - choose(baskets, first),
  );
  let sum = term;
  for (let k = together; k < Math.min(first, second) && term > sum * 1e-17; k++) {
    term *= ((first - k) * (second - k)) / ((k + 1) * (baskets - first - second + k + 1));
    sum += term;
  }
  return withinReport(sum);
}

/** Standard error of ln(lift) with all four cells of a table of baskets as drawn. */
function logErrorOf(together: number, { baskets, first, second }: PairCounts): number {
  const square = 1 / together - 1 / first - 1 / second + (2 * together) / (first * second) - 1 / baskets;
  return Math.sqrt(Math.max(0, square));
}

function pairOf(
  { items, counts, baskets }: PackedBaskets,
  { first, second, together, lift, logError, qValue }: FoundPair & { readonly qValue: number },
  level: number,
): ItemPair {
  const factor = Math.exp(normalQuantile((1 + level) / 2) * logError);
  return {
    first: items[first]!,
    second: items[second]!,
    together,
    support: together / baskets,
    confidence: together / counts[first]!,
    reverseConfidence: together / counts[second]!,
    lift,
    interval: { low: lift / factor, high: lift * factor, level, method: "linearised over baskets" },
    qValue,
  };
}
