import assert from "node:assert/strict";
import { test } from "node:test";
import { sampleCorrelation } from "simple-statistics";
import { createRandom } from "#src/core/random.js";
import { sum } from "#src/core/sum.js";
import type { PurchaseSummary } from "#src/value/summarize-purchases.js";
import { valueCustomers } from "#src/value/value-customers.js";
import { valueGroups } from "#src/value/value-groups.js";
import { plantBuyers } from "./planted-buyers.js";

const terms = { margin: 0.4, horizonDays: 365, discountRate: 0, fits: 20, seed: 1, threads: 1 };

/** Buyers of so many customers a part; the parts differ in what they spend. */
function shopOf(
  sizes: readonly number[],
  spend: readonly number[],
): { summary: PurchaseSummary; labels: Int32Array } {
  const parts = sizes.map((size, i) => plantBuyers(createRandom(i + 1), size, "MBG/NBD"));
  const join = (column: (part: (typeof parts)[number], i: number) => ArrayLike<number>) =>
    Float64Array.from(parts.flatMap((part, i) => Array.from(column(part, i))));
  const labels = Int32Array.from(sizes.flatMap((size, i) => Array<number>(size).fill(i)));
  const summary = {
    keys: Array.from(labels, (_, i) => `C${i}`),
    firstDay: new Float64Array(labels.length),
    repeats: join(({ repeats }) => repeats),
    lastRepeat: join(({ lastRepeat }) => lastRepeat),
    observed: join(({ observed }) => observed),
    values: {
      purchases: join(({ values }) => values.purchases),
      meanValue: join(({ values }, i) => Array.from(values.meanValue, (value) => value * spend[i]!)),
    },
    holdoutPurchases: new Float64Array(0),
    cameLater: 0,
    refundedDays: 0,
    overRefunded: 0,
  };
  return { summary, labels };
}

test("a group is valued as if it were alone, and one too small by the model of all", () => {
  const { summary, labels } = shopOf([400, 60], [1, 3]);
  const grouped = valueGroups(summary, labels, 2, terms);
  const alone = valueCustomers(shopOf([400], [1]).summary, terms);
  assert.deepEqual(grouped.values.slice(0, 400), alone.values);
  assert.deepEqual(grouped.alive.slice(0, 400), alone.alive);
  const together = valueCustomers(summary, { ...terms, correlationLimit: 1 });
  assert.deepEqual(grouped.values.slice(400), together.values.slice(400));
  assert.deepEqual(
    grouped.groupModels.map((models) => models === null),
    [false, true],
  );
});

test("groups are drawn anew each for itself: two alike do not move together", () => {
  const { summary } = shopOf([300], [1]);
  const twice = (values: ArrayLike<number>) =>
    Float64Array.from([...Array.from(values), ...Array.from(values)]);
  const both = {
    ...summary,
    keys: Array.from({ length: 600 }, (_, i) => `C${i}`),
    firstDay: twice(summary.firstDay),
    repeats: twice(summary.repeats),
    lastRepeat: twice(summary.lastRepeat),
    observed: twice(summary.observed),
    values: { purchases: twice(summary.values.purchases), meanValue: twice(summary.values.meanValue) },
  };
  const labels = Int32Array.from({ length: 600 }, (_, i) => (i < 300 ? 0 : 1));
  const { refits, fits } = valueGroups(both, labels, 2, { ...terms, fits: 60 });
  const sums = [0, 300].map((from) =>
    Array.from({ length: fits }, (_, fit) => sum(refits.subarray(fit * 600 + from, fit * 600 + from + 300))),
  );
  assert.ok(Math.abs(sampleCorrelation(sums[0]!, sums[1]!)) < 0.35);
});
