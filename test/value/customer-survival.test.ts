import assert from "node:assert/strict";
import { test } from "node:test";
import { customerSurvival } from "#src/value/customer-survival.js";
import { summarizePurchases } from "#src/value/summarize-purchases.js";

test("a customer has left at the last purchase that a long silence follows, and newcomers show nothing of it", () => {
  // Gaps of 10 days throughout, so that 10 days of silence count; seen up to day 40.
  const days = { early: [0, 10, 20], stays: [0, 10, 20, 30, 40], new: [35] };
  const rows = Object.entries(days).flatMap(([customer, own]) => own.map((day) => ({ customer, day })));
  const purchases = {
    customers: rows.map(({ customer }) => customer),
    days: rows.map(({ day }) => day),
    amounts: rows.map(() => 1),
  };
  const summary = summarizePurchases(purchases, { until: 40 });
  const labels = summary.keys.map(() => 0);
  const segments = [{ key: "s1", name: "All" }];
  const { quietDays, segments: curves } = customerSurvival({ summary, purchases, labels }, segments, {
    until: 40,
  })!;
  assert.equal(quietDays, 10);
  assert.equal(curves[0]!.customers, 2);
  // At day 20 one of two leaves; the other is watched up to day 30.
  assert.deepEqual(
    curves[0]!.points.map(({ time, survival }) => [Math.round(time), survival]),
    [
      [20, 0.5],
      [30, 0.5],
    ],
  );
  const once = { customers: ["a"], days: [1], amounts: [5] };
  const single = summarizePurchases(once, { until: 9 });
  assert.equal(
    customerSurvival({ summary: single, purchases: once, labels: [0] }, segments, { until: 9 }),
    null,
  );
});
