import assert from "node:assert/strict";
import { test } from "node:test";
import { customerLifetimeValue } from "#src/value/customer-lifetime-value.js";
import { expectedPurchases } from "#src/value/expected-purchases.js";
import { fitBgNbd } from "#src/value/fit-beta-geometric.js";
import { fitGammaGamma } from "#src/value/fit-gamma-gamma.js";
import { summarizePurchases } from "#src/value/summarize-purchases.js";
import { holdoutByRepeats, trackPurchases } from "#src/value/track-purchases.js";
import { saveList, valueBySegment } from "#src/value/value-by-segment.js";
import { valueConcentration } from "#src/value/value-concentration.js";
import { type CustomerValuation, valueCustomers } from "#src/value/value-customers.js";
import { datasetFile, withoutDataset } from "../datasets.js";
import { cdnowPurchases, cdnowSummary, dayOf } from "./cdnow.js";

const path = datasetFile("cdnow/CDNOW_sample.txt");
const skip = path === undefined ? withoutDataset : false;
const terms = { margin: 0.3, horizonDays: 365, discountRate: 0.1 };

test("purchases of a day are one, refunds are taken off, and a day that they eat up is none", () => {
  const summary = summarizePurchases(
    {
      customers: ["b", "a", "a", "a", "a", "b", "b", "c", "d"],
      days: [3, 0, 7, 7, 14, 10, 10, 30, 5],
      amounts: [5, 10, 20, 4, 0, 8, -8, 9, -4],
    },
    { until: 21, holdoutUntil: 40, daysPerUnit: 7 },
  );
  assert.deepEqual(summary.keys, ["a", "b"]);
  assert.deepEqual([...summary.repeats], [2, 0]);
  assert.deepEqual([...summary.lastRepeat], [2, 0]);
  assert.deepEqual([...summary.observed], [3, 18 / 7]);
  assert.deepEqual([...(summary.values.meanValue as Float64Array)], [12, 0]);
  assert.deepEqual([summary.cameLater, summary.refundedDays, summary.overRefunded], [1, 1, 1]);
});

test("a refund is taken off the purchases before it, the latest first", () => {
  const summary = summarizePurchases(
    { customers: Array(5).fill("a"), days: [0, 7, 14, 20, 28], amounts: [10, 20, 30, -45, 40] },
    { until: 35 },
  );
  // 30 of the 45 eat up day 14, 15 come off the 20 of day 7.
  assert.deepEqual([...summary.repeats], [2]);
  assert.deepEqual([...(summary.values.meanValue as Float64Array)], [(5 + 40) / 2]);
  assert.deepEqual([summary.refundedDays, summary.overRefunded], [1, 0]);
});

test("what is given back in the holdout changes nothing that was known before it", () => {
  const purchases = {
    customers: ["a", "a", "a", "a", "b", "b", "c"],
    days: [0, 14, 40, 41, 20, 45, 50],
    amounts: [10, 20, 8, -28, 30, -30, 5],
  };
  const known = summarizePurchases(purchases, { until: 30 });
  const tried = summarizePurchases(purchases, { until: 30, holdoutUntil: 60 });
  // The refund of day 41 eats up day 40, which is in the holdout, and what is left of it day 14, which nobody knew on day 30.
  assert.deepEqual({ ...tried, holdoutPurchases: known.holdoutPurchases, cameLater: 0 }, known);
  assert.deepEqual([[...tried.repeats], [...tried.holdoutPurchases], tried.cameLater], [[1, 0], [0, 0], 1]);
});

test("a value without discount is margin times spend times purchases ahead", { skip }, () => {
  const summary = cdnowSummary(path!);
  const models = { purchases: fitBgNbd(summary), spend: fitGammaGamma(summary.values) };
  const value = (discountRate: number) => customerLifetimeValue(models, summary, { ...terms, discountRate });
  const ahead = expectedPurchases(models.purchases, summary, 365 / 7);
  const plain = value(0);
  plain.values.forEach((worth, i) => {
    assert.ok(Math.abs(worth - 0.3 * plain.spend[i]! * ahead[i]!) <= 1e-12 * worth);
  });
  const less = value(0.1).values;
  assert.ok(less.every((worth, i) => worth < plain.values[i]! && worth > plain.values[i]! / 1.1));
});

test("terms that cannot be are refused", { skip }, () => {
  const summary = cdnowSummary(path!);
  const models = { purchases: fitBgNbd(summary), spend: fitGammaGamma(summary.values) };
  const value = (change: object) => () => customerLifetimeValue(models, summary, { ...terms, ...change });
  assert.throws(value({ horizonDays: 0 }), /horizonDays must be a whole number from 1 to 36500, got 0/);
  assert.throws(value({ discountRate: -1 }), /discountRate must be a number from 0 to 10, got -1/);
  assert.throws(value({ margin: 0 }), /margin must be/);
});

test("the weekly track ends at the purchases that were made, and the model stays near them", { skip }, () => {
  const summary = cdnowSummary(path!);
  const [until, last] = [dayOf("19970930"), dayOf("19980630")];
  const track = trackPurchases(fitBgNbd(summary), summary, cdnowPurchases(path!), { until, last });
  const inHoldout = summary.holdoutPurchases.reduce((sum, count) => sum + count, 0);
  assert.equal(track.actual.at(-1), 2457 + inHoldout);
  assert.equal(track.days[track.holdoutFrom - 1]! <= until && track.days[track.holdoutFrom]! > until, true);
  // Fader, Hardie & Lee (2005), figure 3: BG/NBD misses the cumulative total by 4 % at the end of the holdout.
  assert.ok(Math.abs(track.expected.at(-1)! / track.actual.at(-1)! - 1) < 0.05);
  const groups = holdoutByRepeats(fitBgNbd(summary), summary, (last - until) / 7);
  assert.deepEqual(
    groups.map(({ repeats }) => repeats),
    [0, 1, 2, 3, 4, 5, 6, 7],
  );
  assert.equal(
    groups.reduce((sum, { customers }) => sum + customers, 0),
    2357,
  );
});

test("concentration is that of values whose curve is known", () => {
  const even = valueConcentration([3, 3, 3, 3, 3]);
  assert.ok(Math.abs(even.gini) < 1e-12 && Math.abs(even.topFifth - 0.2) < 1e-12);
  const one = valueConcentration([0, 0, 0, 0, 7]);
  assert.deepEqual([one.gini, one.topFifth, one.forFourFifths, one.largest], [0.8, 1, 0.2, 1]);
  // 1, 2, …, n: the Gini coefficient is (n² − 1) / (3 n (n + 1)) · … = (n − 1) / (3 n).
  const steps = valueConcentration(Array.from({ length: 100 }, (_, i) => i + 1));
  assert.ok(Math.abs(steps.gini - 99 / 300) < 1e-12);
  assert.throws(() => valueConcentration([1, -2]), /values must be 0 or more, got -2/);
  assert.throws(() => valueConcentration([0, 0]), /must not all be 0/);
});

const small = (threads: number): CustomerValuation =>
  valueCustomers(cdnowSummary(path!), { ...terms, fits: 20, seed: 3, threads, model: "BG/NBD" });

test("values are the same for any number of threads, and intervals hold them", { skip }, () => {
  const [one, two] = [small(1), small(2)];
  assert.deepEqual(one.low, two.low);
  assert.deepEqual(one.refits, two.refits);
  const inside = one.values.filter((value, i) => one.low[i]! <= value && value <= one.high[i]!).length;
  assert.ok(inside > 0.9 * one.values.length);
  assert.match(
    one.notes.join(" "),
    /1411 of 2357 customers \(59\.9 %\) bought once: the model takes them all for alive/,
  );
  const labels = one.keys.map((_, i) => (i % 10 === 0 ? -1 : i % 2));
  const segments = [
    { key: "s1", name: "Odd" },
    { key: "s2", name: "Even" },
  ];
  const table = valueBySegment(one, labels, segments);
  for (const { total, low, high, atStake } of table) assert.ok(low < total && total < high && atStake > 0);
  assert.throws(() => saveList(one, labels, segments, Number.NaN), /saveList: cost must be/);
  const list = saveList(one, labels, segments, 20);
  assert.ok(
    list.length > 5 &&
      list.every(({ atStake }, i) => atStake > 20 && atStake <= (list[i - 1]?.atStake ?? Infinity)),
  );
});
