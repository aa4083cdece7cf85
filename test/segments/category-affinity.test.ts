import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { categoryAffinity } from "#src/segments/category-affinity.js";
import { assertNear } from "../inference/reference.js";

const segments = [
  { key: "s1", name: "Young" },
  { key: "s2", name: "Old" },
];

test("index by hand: 30 of 40 against 40 of 80 is 150", () => {
  const result = categoryAffinity(
    [
      { customer: "a", item: "shoes", amount: 30 },
      { customer: "a", item: "coats", amount: 10 },
      { customer: "b", item: "coats", amount: 30 },
      { customer: "b", item: "shoes", amount: 10 },
      { customer: "b", item: "returned", amount: -3 },
      { customer: "b", item: "vouchers", amount: 3 },
      { customer: "z", item: "shoes", amount: 99 },
    ],
    { keys: ["a", "b"], labels: [0, 1], segments },
  );
  const shoes = result.cells.find(({ segment, category }) => segment === "s1" && category === "shoes")!;
  assert.equal(shoes.share, 0.75);
  assertNear(shoes.index!, 150);
  assert.equal(shoes.interval, null);
  assert.match(
    result.notes.join(" "),
    /1 categories with nothing bought.*1 rows belong to customers in no segment/s,
  );
});

test("indices agree with NumPy, and the interval with a bootstrap over customers", () => {
  const expected = JSON.parse(readFileSync("test/reference/category-affinity.json", "utf8"));
  const keys = expected.labels.map((_: number, i: number) => `c${i}`);
  const rows = expected.amounts.flatMap((amounts: number[], i: number) =>
    amounts.map((amount, c) => ({ customer: keys[i], item: expected.categories[c], amount })),
  );
  const membership = { keys, labels: expected.labels, segments };
  const result = categoryAffinity(rows, membership);
  segments.forEach(({ key }, s) => {
    expected.categories.forEach((category: string, c: number) => {
      const cell = result.cells.find((one) => one.segment === key && one.category === category)!;
      assertNear(cell.index!, expected.index[s][c]);
      const error = Math.log(cell.interval!.high / cell.interval!.low) / 2 / 1.959963984540054;
      assertNear(error, expected.logError[s][c], 0.08, `${key} ${category}`);
    });
  });
  const shuffled = categoryAffinity([...rows].reverse(), membership);
  assert.deepEqual(
    shuffled.cells.map(({ index }) => index!.toPrecision(12)),
    result.cells.map(({ index }) => index!.toPrecision(12)),
  );
});

test("an amount that is no number is an input error; no purchases give no cells", () => {
  const membership = { keys: ["a"], labels: [0], segments };
  assert.throws(
    () => categoryAffinity([{ customer: "a", item: "x", amount: Number.NaN }], membership),
    /rows must hold finite amounts, got NaN for customer "a"/,
  );
  assert.deepEqual(categoryAffinity([], membership).cells, []);
});
