import assert from "node:assert/strict";
import { test } from "node:test";
import { matrixOf } from "#src/core/matrix.js";
import { createRandom } from "#src/core/random.js";
import { collectBaskets } from "#src/segments/item-baskets.js";
import { assortmentGaps } from "#src/value/assortment-gaps.js";
import { basketAffinity } from "#src/value/basket-affinity.js";
import { demandBySegment } from "#src/value/demand-by-segment.js";
import { forecastDemand } from "#src/value/forecast-demand.js";
import { type ProductAffinity, productAffinity } from "#src/value/product-affinity.js";
import { countProducts, observeBuyers } from "#src/value/product-counts.js";
import { statedAgainstBought } from "#src/value/stated-against-bought.js";
import { referenceNumbers } from "../reference-numbers.js";

interface AffinityNumbers {
  readonly buyers: readonly (readonly number[])[];
  readonly expected: readonly (readonly number[])[];
  readonly qValue: readonly (readonly (number | null)[])[];
  readonly logError: readonly (readonly number[])[];
}

const reference = referenceNumbers<{
  items: string[];
  labels: number[];
  bought: number[][];
  plain: AffinityNumbers;
  alike: AffinityNumbers;
  baskets: string[][];
  pairs: {
    first: string;
    second: string;
    together: number;
    support: number;
    confidence: number;
    lift: number;
    qValue: number;
  }[];
  demand: {
    series: number[];
    periods: number[];
    low: number;
    high: number;
    scaledError: Record<string, number>;
    rootError: Record<string, number>;
  };
  gap: { traits: number[][]; bought: number[]; share: number; expected: number; error: number };
}>("products");

function near(found: number, expected: number, tolerance: number = 1e-9): void {
  assert.ok(
    Math.abs(found - expected) <= tolerance * Math.max(1e-12, Math.abs(expected)),
    `${found} instead of ${expected}`,
  );
}

const segments = ["A", "B", "C"].map((name, i) => ({ key: `s${i + 1}`, name }));
const keys = reference.labels.map((_, i) => `C${i}`);
const membership = { keys, labels: reference.labels, segments };
const rows = reference.bought.flatMap((own, i) =>
  own.flatMap((flag, j) =>
    flag === 1 ? [{ customer: keys[i]!, item: reference.items[j]!, amount: 1 + (i % 3) }] : [],
  ),
);

function checkAffinity(found: ProductAffinity, expected: AffinityNumbers): void {
  for (const cell of found.cells) {
    const [s, i] = [Number(cell.segment.slice(1)) - 1, reference.items.indexOf(cell.item)];
    assert.equal(cell.buyers, expected.buyers[s]![i]);
    near(cell.expected, expected.expected[s]![i]!);
    if (cell.qValue === null) assert.equal(expected.qValue[s]![i] ?? null, null);
    else assert.ok(Math.abs(cell.qValue - expected.qValue[s]![i]!) < 1e-9); // Of 1 − cdf: digits, not a share.
  }
}

test("lifts and false discovery rates are those of statsmodels, with and without parts of like breadth", () => {
  checkAffinity(productAffinity(rows, membership), reference.plain);
  checkAffinity(productAffinity(rows, membership, { breadthGroups: 2 }), reference.alike);
});

test("standard errors of lifts are those of a bootstrap over customers", () => {
  const { baskets } = collectBaskets("test", rows, membership);
  for (const [breadthGroups, expected] of [
    [1, reference.plain],
    [2, reference.alike],
  ] as const) {
    const counts = countProducts(baskets, { segmentCount: 3, fewestBuyers: 10, breadthGroups });
    counts.items.forEach((item, i) => {
      segments.forEach((_, s) => {
        const found = observeBuyers(counts, i, s);
        if (found.expected < 5) return;
        near(
          found.logError,
          expected.logError[s]![reference.items.indexOf(item)]!,
          found.expected < 25 ? 0.15 : 0.08,
        );
      });
    });
  }
});

test("many lines of one customer count once, what was given back does not count, and order does not matter", () => {
  const once = productAffinity(rows, membership);
  const many = productAffinity([...rows, ...rows].reverse(), membership);
  assert.deepEqual(many.cells, once.cells);
  const returned = productAffinity(
    [...rows, ...rows.map((row) => ({ ...row, amount: -row.amount }))],
    membership,
  );
  assert.deepEqual([returned.cells.length, returned.judged], [0, 0]);
});

test("a small segment's lucky product is drawn in, and rare cells are not judged", () => {
  const random = createRandom(3);
  const names = Array.from({ length: 2000 }, (_, i) => `C${i}`);
  const labels = names.map((_, i) => (i < 60 ? 0 : 1));
  const bought = names.flatMap((customer) =>
    Array.from({ length: 200 }, (_, j) => j).flatMap((j) =>
      random.next() < 0.1 ? [{ customer, item: `P${j}`, amount: 1 }] : [],
    ),
  );
  const { cells, judged } = productAffinity(bought, { keys: names, labels, segments: segments.slice(0, 2) });
  const small = cells.filter(({ segment }) => segment === "s1");
  const luckiest = small.reduce((best, cell) => ((cell.lift ?? 0) > (best.lift ?? 0) ? cell : best));
  assert.ok(luckiest.lift! > 1.6 && luckiest.pooledLift! < 1.25, `${luckiest.lift}, ${luckiest.pooledLift}`);
  assert.ok(judged > 300 && cells.every(({ qValue }) => qValue === null || qValue > 0.05));
});

test("pairs, their confidence, lift and false discovery rate are those of mlxtend and SciPy", () => {
  const items = reference.baskets.flatMap((own, i) => own.map((item) => ({ basket: `B${i}`, item })));
  const found = basketAffinity(items, { fewestBaskets: 1, fewestTogether: 1 });
  assert.equal(found.pairs.length, reference.pairs.length);
  for (const expected of reference.pairs) {
    const pair = found.pairs.find(
      ({ first, second }) => first === expected.first && second === expected.second,
    )!;
    assert.equal(pair.together, expected.together);
    near(pair.support, expected.support);
    near(pair.confidence, expected.confidence);
    near(pair.lift, expected.lift);
    near(pair.qValue, expected.qValue, 1e-7);
  }
  assert.deepEqual([found.pairs[0]!.first, found.pairs[0]!.second], ["b", "c"]);
  // Pairs that are too rare to be shown still count among those asked.
  const shown = basketAffinity(items, { fewestBaskets: 1, fewestTogether: 30 });
  assert.ok(shown.found < found.found);
  assert.equal(shown.asked, found.asked);
  for (const { first, second, qValue } of shown.pairs)
    assert.ok(
      qValue >= found.pairs.find((one) => one.first === first && one.second === second)!.qValue - 1e-12,
    );
});

test("a forecast, its interval and its errors on held-out months are those of statsmodels", () => {
  const { series, periods, low, high, scaledError, rootError } = reference.demand;
  const found = forecastDemand(series, { ahead: 3, season: 12, starts: 4 });
  assert.deepEqual([found.rule, found.starts, found.isSeasonal], ["model", 4, true]);
  found.periods.forEach((value, h) => {
    near(value, periods[h]!);
  });
  near(found.interval.low, low);
  near(found.interval.high, high);
  for (const error of found.errors) {
    near(error.scaledError!, scaledError[error.rule]!);
    near(error.rootError, rootError[error.rule]!);
  }
});

test("where the model does not beat a naive forecast, that is used and said", () => {
  const random = createRandom(1);
  let level = 500;
  const walk = Array.from({ length: 40 }, () => (level += 20 * random.normal()));
  const found = forecastDemand(walk, { ahead: 3, season: 1 });
  assert.equal(found.rule, "naive");
  assert.deepEqual(found.periods, [walk.at(-1), walk.at(-1), walk.at(-1)]);
  assert.match(
    found.notes.join(" "),
    /the model missed by .* a period, the naive forecast by .*: the naive forecast is used/,
  );
  assert.deepEqual(forecastDemand([5, 5, 5, 5, 5, 5, 5], { ahead: 3, season: 12 }).interval.high, 15);
});

test("demand is counted in whole calendar months, for segments and items with enough buyers", () => {
  const day = (text: string) => Date.parse(text) / 86_400_000;
  const months = ["01", "02", "03", "04", "05", "06", "07", "08"];
  const bought = months.flatMap((month, m) =>
    keys
      .slice(0, 60)
      .map((customer) => ({ customer, item: "tea", amount: 1 + m, day: day(`2025-${month}-15`) })),
  );
  const { periods, lines, notes } = demandBySegment(
    [...bought, { customer: "stranger", item: "tea", amount: 9, day: day("2025-02-01") }],
    membership,
    { from: day("2025-01-01"), until: day("2025-08-20") },
  );
  assert.deepEqual([periods[0], periods.at(-1), periods.length], ["2025-01-01", "2025-07-01", 7]);
  const size = reference.labels.slice(0, 60).filter((label) => label === 0).length;
  assert.deepEqual(
    lines[0]!.series,
    [1, 2, 3, 4, 5, 6, 7].map((amount) => amount * size),
  );
  near(lines[0]!.forecast!.total, (8 + 9 + 10) * size);
  assert.match(notes.join(" "), /in the segment now.*1 rows belong to customers in no segment/);
});

test("a gap to look-alikes and its error are those of statsmodels", () => {
  const { traits, bought, share, expected, error } = reference.gap;
  const wanted = bought.flatMap((flag, i) =>
    flag === 1 ? [{ customer: keys[i]!, item: "eco", amount: 1 }] : [],
  );
  const matrix = matrixOf({ green: traits.map(([a]) => a!), age: traits.map(([, b]) => b!) });
  const gap = assortmentGaps(wanted, membership, matrix).gaps.find(({ segment }) => segment === "s1")!;
  near(gap.share, share);
  near(gap.expected, expected);
  near((gap.interval.high - gap.interval.low) / 2 / 1.959963984540054, error);
  near(gap.missing, (expected - share) * gap.customers);
  // The unit of a trait changes nothing.
  const units = Float64Array.from(
    matrix.values,
    (value, i) => (i % matrix.columnCount === 0 ? 1e7 : 1e-3) * value,
  );
  const same = assortmentGaps(wanted, membership, { ...matrix, values: units }).gaps.find(
    ({ segment }) => segment === "s1",
  )!;
  near(same.expected, expected);
  near((same.interval.high - same.interval.low) / 2 / 1.959963984540054, error);
  assert.ok(gap.qValue < 0.05);
});

test("what customers say is laid beside what they buy", () => {
  const lines = statedAgainstBought(
    { labels: [0, 0, 0, 0, 1, -1], stated: [5, 4, 2, Number.NaN, 5, 5], bought: [1, 0, 0, 1, 0, 1] },
    segments.slice(0, 2),
    { agreesFrom: 4 },
  );
  assert.deepEqual(
    lines.map(({ key, answered, agree, others, untapped }) => [
      key,
      answered,
      agree.buyers,
      agree.customers,
      others.customers,
      untapped,
    ]),
    [
      ["s1", 3, 1, 2, 1, 1],
      ["s2", 1, 0, 1, 0, 1],
      ["all", 4, 1, 3, 1, 2],
    ],
  );
  assert.equal(lines[1]!.others.share, null);
});
