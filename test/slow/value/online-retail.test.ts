import assert from "node:assert/strict";
import { dirname } from "node:path";
import { after, test } from "node:test";
import { dayNumber } from "#src/core/calendar-day.js";
import { matrixOf } from "#src/core/matrix.js";
import { fitRecipe } from "#src/features/fit-recipe.js";
import { applyRecipe } from "#src/features/recipe.js";
import { fitKMeans } from "#src/kmeans/kmeans.js";
import { assortmentGaps } from "#src/value/assortment-gaps.js";
import { basketAffinity } from "#src/value/basket-affinity.js";
import { demandBySegment } from "#src/value/demand-by-segment.js";
import { type Division, quantileGroups } from "#src/value/out-of-time-value.js";
import { productAffinity } from "#src/value/product-affinity.js";
import { summarizePurchases } from "#src/value/summarize-purchases.js";
import { testCriteria } from "#src/value/test-criteria.js";
import { holdoutByRepeats, trackPurchases } from "#src/value/track-purchases.js";
import { valueCustomers } from "#src/value/value-customers.js";
import { openWorkbook, type Workbook } from "#src/workbook/open-workbook.js";
import { datasetFile, withoutDataset } from "../../datasets.js";

// What docs/value-online-retail.md says is printed here: figures of the first six months tried on the six that follow.

const path = datasetFile("online_retail/online_retail_2010-12_2011-12.csv.gz");
const skip = path === undefined ? withoutDataset : false;
const endOfA = "2011-05-31";
const from = dayNumber("2010-12-01")!;
const until = dayNumber(endOfA)!;
const last = dayNumber("2011-12-09")!;

const books: Workbook[] = [];
after(() => {
  for (const book of books) book.close();
});

async function openAt(asOf: string): Promise<Workbook> {
  const dataFolder = dirname(dirname(path!));
  const book = await openWorkbook("data/online-retail/segbook.yaml", { asOf, dataFolder, keepTables: false });
  books.push(book);
  return book;
}

interface Line {
  readonly customer: string;
  readonly invoice: string;
  readonly item: string;
  readonly day: number;
  readonly quantity: number;
  /** Pounds. */
  readonly amount: number;
}

async function linesOf(book: Workbook): Promise<Line[]> {
  const rows = await book.engine.rows(
    `SELECT "customer_id" AS "customer", "invoice", "product" AS "item", ("date" - DATE '1970-01-01')::DOUBLE AS "day",
      "quantity"::DOUBLE AS "quantity", "amount"::DOUBLE / 1000 AS "amount" FROM "transactions" ORDER BY ALL`,
  );
  return rows.map((row) => Object.fromEntries(row) as unknown as Line);
}

/** Segments of the bases named, as many as asked: recipe and k-means as the workbook would have them. */
function segmentsOf(
  columns: Readonly<Record<string, Float64Array>>,
  basis: readonly string[],
  clusterCount: number,
) {
  const raw = matrixOf(Object.fromEntries(basis.map((name) => [name, columns[name]!])));
  const { labels } = fitKMeans(applyRecipe(fitRecipe(raw), raw), { clusterCount, starts: 20, seed: 7 });
  return { name: `${basis.join(" + ")}, ${clusterCount}`, labels };
}

const bases = [
  ["recency_days", "order_count", "spend"],
  ["recency_days", "order_count"],
  ["order_count", "spend"],
  ["recency_days", "spend"],
  ["order_count", "average_order_value"],
  ["recency_days", "order_count", "spend", "tenure_days"],
];
const counts = [2, 3, 4, 5, 6, 8];

test("segments of the first half of the year tell the second half beside deciles and a CLV score", {
  skip,
}, async (t) => {
  const everything = await linesOf(await openAt("2011-12-10"));
  const table = await (await openAt(endOfA)).table();
  const columns = Object.fromEntries(
    table.columns
      .filter(({ kind }) => kind === "number")
      .map(({ feature, values }) => [feature.name, Float64Array.from(values as ArrayLike<number>)]),
  );
  const purchases = {
    customers: everything.map(({ customer }) => customer),
    days: everything.map(({ day }) => day),
    amounts: everything.map(({ amount }) => amount),
  };
  const summary = summarizePurchases(purchases, { until, holdoutUntil: last });
  assert.deepEqual(summary.keys, table.keys);
  const later = new Map<string, number>();
  for (const { customer, day, amount } of everything)
    if (day > until) later.set(customer, (later.get(customer) ?? 0) + amount);
  const spentLater = table.keys.map((key) => later.get(key) ?? 0);

  const valued = valueCustomers(summary, {
    margin: 1,
    horizonDays: last - until,
    discountRate: 0.1,
    fits: 20,
    seed: 7,
    correlationLimit: 1,
  });
  const ranked = (values: Float64Array) => quantileGroups(values, 5);
  const scores = [columns.recency_days!.map((days) => -days), columns.order_count!, columns.spend!].map(
    ranked,
  );
  const rfm = Float64Array.from(scores[0]!, (score, i) => score + scores[1]![i]! + scores[2]![i]!);
  const candidates = bases.flatMap((basis) => counts.map((count) => segmentsOf(columns, basis, count)));
  const baselines: Division[] = [
    { name: "RFM score, deciles", labels: quantileGroups(rfm, 10) },
    { name: "spend, deciles", labels: quantileGroups(columns.spend!, 10) },
    { name: "CLV score, deciles", labels: quantileGroups(valued.values, 10) },
    { name: "none", labels: new Int32Array(table.keys.length) },
  ];
  for (const [unit, margins] of [
    ["pounds", spentLater],
    ["ln(1 + pounds)", spentLater.map(Math.log1p)],
  ] as const) {
    const found = testCriteria(candidates, baselines, margins, { seed: 7, draws: 500 });
    t.diagnostic(
      `margin in ${unit}, ${found.lines[0]!.customers} customers; predicted ${found.predicted.toFixed(3)}, nested ${found.predictedNested.toFixed(3)}`,
    );
    const shown = [...found.lines].sort((a, b) => b.predicted - a.predicted);
    for (const line of shown.filter(({ isCandidate }, i) => i < 5 || !isCandidate))
      t.diagnostic(
        `| ${line.name} | ${line.groups} | ${line.etaSquared.toFixed(3)} (${line.interval.low.toFixed(3)} to ${line.interval.high.toFixed(3)}) | ${line.predicted.toFixed(3)} | ${line.chosen === null ? "–" : line.chosen.toFixed(2)} |`,
      );
    for (const note of found.notes) t.diagnostic(note);
    const none = found.lines.at(-1)!;
    assert.deepEqual([none.etaSquared, Math.abs(none.predicted) < 1e-9], [0, true]);
    if (unit !== "pounds")
      assert.ok(found.predictedNested > 0.1 && found.predictedNested <= found.predicted + 0.01);
  }

  const { purchases: fit } = valued.models;
  const track = trackPurchases(fit, summary, purchases, { until, last });
  track.days.forEach((_, week) => {
    if ((week + 1) % 4 === 0 || week === track.days.length - 1)
      t.diagnostic(
        `| ${week + 1}${week < track.holdoutFrom ? "" : " (holdout)"} | ${track.actual[week]} | ${track.expected[week]!.toFixed(0)} |`,
      );
  });
  for (const { repeats, customers, actual, expected } of holdoutByRepeats(fit, summary, (last - until) / 7))
    t.diagnostic(
      `repeats ${repeats}: ${customers} customers, ${actual.toFixed(2)} bought, ${expected.toFixed(2)} expected`,
    );
  const [actual, expected] = [track.actual, track.expected].map(
    (values) => values.at(-1)! - values[track.holdoutFrom - 1]!,
  );
  t.diagnostic(`in the holdout ${actual} repeat purchases, ${expected!.toFixed(0)} expected`);
  assert.ok(Math.abs(expected! / actual! - 1) < 0.3);
});

test("stock codes: what segments take to, buy together, will want and miss, within seconds", {
  skip,
}, async (t) => {
  const book = await openAt("2011-12-10");
  const lines = await linesOf(book);
  const table = await book.table();
  const columns = Object.fromEntries(
    ["recency_days", "order_count", "spend"].map((name) => [
      name,
      Float64Array.from(
        table.columns.find(({ feature }) => feature.name === name)!.values as ArrayLike<number>,
      ),
    ]),
  );
  const { labels } = segmentsOf(columns, ["recency_days", "order_count", "spend"], 4);
  const segments = [1, 2, 3, 4].map((number) => ({ key: `s${number}`, name: `Segment ${number}` }));
  const membership = { keys: table.keys, labels, segments };
  segments.forEach(({ name }, s) => {
    const own = Array.from(labels, (_, i) => i).filter((i) => labels[i] === s);
    const mean = (values: Float64Array) => own.reduce((sum, i) => sum + values[i]!, 0) / own.length;
    t.diagnostic(
      `${name}: ${own.length} customers, last order ${mean(columns.recency_days!).toFixed(0)} days ago, ${mean(columns.order_count!).toFixed(1)} orders, £${mean(columns.spend!).toFixed(0)}`,
    );
  });
  const timed = <Result>(what: string, work: () => Result): Result => {
    const begin = performance.now();
    const result = work();
    t.diagnostic(`${what}: ${((performance.now() - begin) / 1000).toFixed(1)} s`);
    return result;
  };
  const bought = lines.map(({ customer, item, quantity }) => ({ customer, item, amount: quantity }));
  for (const breadthGroups of [1, 10]) {
    const found = timed("affinity", () => productAffinity(bought, membership, { breadthGroups }));
    const claimed = found.cells.filter(({ qValue }) => qValue !== null && qValue < 0.05);
    t.diagnostic(
      `${breadthGroups} parts: ${found.items.length} codes, ${found.judged} cells judged, ${claimed.length} claimed, ${claimed.filter(({ lift }) => lift! > 1).length} above 1`,
    );
    for (const { name } of segments) {
      const own = claimed.filter((cell) => cell.name === name).sort((a, b) => b.pooledLift! - a.pooledLift!);
      t.diagnostic(
        `${name}: ${own.length} claimed; ${own
          .slice(0, 3)
          .map(
            (cell) =>
              `${cell.item} ${cell.pooledLift!.toFixed(2)} (${cell.interval!.low.toFixed(2)} to ${cell.interval!.high.toFixed(2)})`,
          )
          .join(", ")}`,
      );
    }
    for (const note of found.notes) t.diagnostic(note);
    assert.ok(found.judged > 5000 && claimed.length > 0);
  }
  const pairs = timed("pairs", () =>
    basketAffinity(lines.map(({ invoice, item }) => ({ basket: invoice, item }))),
  );
  t.diagnostic(
    `${pairs.baskets} invoices, ${pairs.items} codes, ${pairs.asked} pairs asked, ${pairs.found} shown`,
  );
  for (const { first, second, together, confidence, lift, interval } of pairs.pairs.slice(0, 3))
    t.diagnostic(
      `${first} with ${second}: ${together} invoices, confidence ${confidence.toFixed(2)}, lift ${lift.toFixed(0)} (${interval.low.toFixed(0)} to ${interval.high.toFixed(0)})`,
    );
  const pounds = new Map<string, number>();
  for (const { item, amount } of lines) pounds.set(item, (pounds.get(item) ?? 0) + amount);
  const top = new Set(
    [...pounds]
      .sort((a, b) => b[1] - a[1])
      .slice(0, 100)
      .map(([item]) => item),
  );
  const wanted = lines.flatMap(({ customer, item, quantity, day }) =>
    top.has(item) ? [{ customer, item, amount: quantity, day }] : [],
  );
  const demand = timed("demand", () =>
    demandBySegment(wanted, membership, { from, until: last, period: "week" }),
  );
  const told = demand.lines.flatMap(({ forecast }) => (forecast === null ? [] : [forecast]));
  for (const rule of ["model", "naive"] as const) {
    const errors = told.map(({ errors: own }) => own.find((error) => error.rule === rule)!);
    const scaled = errors.flatMap(({ scaledError }) => scaledError ?? []).sort((a, b) => a - b);
    t.diagnostic(
      `${rule}: used for ${told.filter((one) => one.rule === rule).length} of ${told.length} lines; median MASE ${scaled[scaled.length >> 1]!.toFixed(2)}`,
    );
  }
  for (const note of demand.notes) t.diagnostic(note);
  assert.ok(demand.periods.length >= 53 && told.length > 200);
  const monthly = demandBySegment(
    lines.map(({ customer, amount, day }) => ({ customer, item: "all", amount, day })),
    { ...membership, labels: new Int32Array(labels.length), segments: [{ key: "all", name: "All" }] },
    { from, until: last },
  );
  for (const { series, forecast } of monthly.lines)
    t.diagnostic(
      `revenue by month ${series.map((value) => value.toFixed(0)).join(", ")}; ${forecast!.rule} £${forecast!.total.toFixed(0)} (${forecast!.interval.low.toFixed(0)} to ${forecast!.interval.high.toFixed(0)}); ${forecast!.errors.map(({ rule, rootError, scaledError }) => `${rule} RMSE ${rootError.toFixed(0)}, MASE ${scaledError!.toFixed(2)}`).join("; ")}`,
    );
  const traits = matrixOf({
    orders: columns.order_count!.map(Math.log1p),
    spend: columns.spend!.map(Math.log1p),
  });
  const some = new Set([...top].slice(0, 40));
  const gaps = timed("gaps", () =>
    assortmentGaps(
      bought.filter(({ item }) => some.has(item)),
      membership,
      traits,
    ),
  );
  for (const { name, item, share, expected, missing, qValue } of gaps.gaps.slice(0, 5))
    t.diagnostic(
      `${name}, ${item}: ${(100 * share).toFixed(0)} % buy it, ${(100 * expected).toFixed(0)} % expected, ${missing.toFixed(0)} customers missing, q ${qValue.toPrecision(2)}`,
    );
  assert.ok(gaps.gaps.length > 100);
});
