import assert from "node:assert/strict";
import { test } from "node:test";
import { slippingAway } from "#src/segments/slipping-away.js";
import { numberColumn, tableOf } from "../customer-tables.js";

const segments = [
  { key: "s1", name: "Young" },
  { key: "s2", name: "Old" },
];
const table = tableOf(
  numberColumn("spend", [100, 200, 300, 400, 10, 20, 30, 40, Number.NaN], { unit: "EUR" }),
  numberColumn("recency_days", [50, 61, 20, 500, 400, 400, 400, 400, 400]),
  numberColumn("days_between_orders", [30, 30, 5, Number.NaN, 10, 10, 10, 10, 10]),
);
const labels = [0, 0, 0, 1, 1, 1, 0, 0, 0];

test("by hand: above the median, silent beyond twice the own gap and for at least 30 days", () => {
  // Known spends 10 20 30 40 100 200 300 400: median 70. 100 is silent 50 of 60 days; 200 for 61; 300 for 20 (below 30); 400 has one purchase.
  const result = slippingAway(table, labels, { segments });
  assert.equal(result.spendMark, 70);
  assert.deepEqual([...result.rows], [1]);
  assert.deepEqual(result.segments[0], {
    key: "s1",
    name: "Young",
    valuable: 3,
    notJudged: 0,
    slipping: 1,
    share: 1 / 3,
    spendAtStake: 200,
    shareOfSpend: 200 / 670,
  });
  assert.deepEqual(
    [result.segments[1]!.valuable, result.segments[1]!.notJudged, result.segments[1]!.share],
    [1, 1, null],
  );
  assert.match(
    result.definition,
    /spend above 70 EUR \(the median\).*at least 30 days and more than 2 × the customer's own usual gap/,
  );
});

test("the lines can be drawn elsewhere; largest spend comes first", () => {
  assert.deepEqual(
    [...slippingAway(table, labels, { segments, gapMultiple: 1, fewestDays: 0 }).rows],
    [2, 1, 0],
  );
});

test("a missing feature is an input error with a hint", () => {
  assert.throws(
    () => slippingAway(table, labels, { segments, moneyFeature: "spent" }),
    /slippingAway: moneyFeature must be a numeric feature, got "spent"\. Did you mean "spend"\?/,
  );
});
