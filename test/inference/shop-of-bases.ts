import type { CustomerTable } from "#src/core/feature.js";
import { matrixOf } from "#src/core/matrix.js";
import { createRandom, type Random } from "#src/core/random.js";
import { fitKMeans } from "#src/kmeans/kmeans.js";
import { categoryColumn, numberColumn, tableOf } from "../customer-tables.js";

/** A shop whose segments are slices of a continuum, and whose descriptors depend on the bases and on chance alone. */
export interface ShopOfBases {
  readonly table: CustomerTable;
  readonly labels: Int32Array;
}

export const shopSegments: readonly string[] = ["a", "b", "c", "d"];

/**
 * Orders, spend and recency follow one activity; four k-means segments of their logarithms. `satisfaction` goes up with spend,
 * bent as money is (skewed spend, plain noise); `channel` by odds that spend and recency turn together.
 */
export function makeShopOfBases(seed: number, size: number): ShopOfBases {
  const random = createRandom(seed);
  const activity = Array.from({ length: size }, () => random.normal());
  const orders = activity.map((a) => 1 + poisson(random, Math.min(60, Math.exp(1 + 0.8 * a))));
  const spend = orders.map((count, i) => count * Math.exp(3 + 0.2 * activity[i]! + 0.5 * random.normal()));
  const recency = activity.map((a) => Math.floor(-Math.log(1 - random.next()) * Math.exp(4 - 0.6 * a)));
  const logs = [orders, spend, recency].map((values) => standardise(values.map(Math.log1p)));
  const { labels } = fitKMeans(matrixOf({ orders: logs[0]!, spend: logs[1]!, recency: logs[2]! }), {
    clusterCount: shopSegments.length,
    starts: 5,
    seed: 1,
    threads: 1,
  });
  const odds = logs[1]!.map((value, i) => Math.exp(2 * value - 1.5 * logs[2]![i]!));
  const table = tableOf(
    numberColumn("orders", orders, { role: "basis" }),
    numberColumn("spend", spend, { role: "basis" }),
    numberColumn("recency", recency, { role: "basis" }),
    numberColumn(
      "satisfaction",
      spend.map((value) => value / 200 + 2.7 * random.normal()),
    ),
    categoryColumn(
      "channel",
      odds.map((odd) => (random.next() < 0.15 ? "phone" : random.next() < odd / (1 + odd) ? "web" : "shop")),
    ),
  );
  return { table, labels };
}

function poisson(random: Random, mean: number): number {
  let count = 0;
  for (let left = Math.exp(mean) * random.next(); left > 1; left *= random.next()) count++;
  return count;
}

function standardise(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map((value) => (value - mean) / spread);
}

/** Largest distance between the shares of p-values up to each value and that value (Kolmogorov–Smirnov). */
export function distanceFromUniform(pValues: readonly number[]): number {
  const sorted = [...pValues].sort((a, b) => a - b);
  return sorted.reduce((most, p, i) => Math.max(most, (i + 1) / sorted.length - p, p - i / sorted.length), 0);
}

/** p-values of the plain test and of the test beyond the bases, feature by feature, over seeded shops. */
export function pValuesOfShops(
  runs: number,
  test: (shop: ShopOfBases) => readonly {
    readonly feature: string;
    readonly pValue: number | null;
    readonly beyond: { readonly pValue: number } | null;
  }[],
): ReadonlyMap<string, { readonly plain: number[]; readonly beyond: number[] }> {
  const found = new Map<string, { plain: number[]; beyond: number[] }>();
  for (let seed = 0; seed < runs; seed++)
    for (const { feature, pValue, beyond } of test(makeShopOfBases(seed, 300))) {
      if (pValue === null || beyond === null) continue;
      const own = found.get(feature) ?? { plain: [], beyond: [] };
      found.set(feature, own);
      own.plain.push(pValue);
      own.beyond.push(beyond.pValue);
    }
  return found;
}
