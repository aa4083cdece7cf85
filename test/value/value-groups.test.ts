import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandom } from "#src/core/random.js";
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
  assert.deepEqual(grouped.high.slice(0, 400), alone.high);
  assert.deepEqual(grouped.refits.slice(0, 400), alone.refits.slice(0, 400));
  const together = valueCustomers(summary, { ...terms, correlationLimit: 1 });
  assert.deepEqual(grouped.values.slice(400), together.values.slice(400));
  assert.deepEqual(
    grouped.groupModels.map((models) => models === null),
    [false, true],
  );
});
