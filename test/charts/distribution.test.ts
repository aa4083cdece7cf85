import assert from "node:assert/strict";
import { test } from "node:test";
import { distribution } from "#src/charts/distribution.js";

test("every known customer is in exactly one bar, the few largest in the last", () => {
  const values = [...Array.from({ length: 199 }, (_, i) => i), 10_000];
  const { table } = distribution({ label: "Orders", unit: "orders", values });
  assert.equal(
    table.rows.reduce((sum, row) => sum + Number(row[2]), 0),
    200,
  );
  assert.equal(table.rows.at(-1)![1], 10_000);
  assert.ok(table.rows.length <= 41);
});

test("unknown values are counted under the table, not drawn", () => {
  const { table } = distribution({ label: "Age", values: [30, Number.NaN, 40, 50] });
  assert.equal(table.note, "3 customers; unknown for 1 (25 %).");
});

test("a constant feature is one bar", () => {
  assert.deepEqual(distribution({ label: "Visits", values: [5, 5, 5] }).table.rows, [[5, 5, 3]]);
});

test("a feature that nobody has is refused", () => {
  assert.throws(() => distribution({ label: "Age", values: [Number.NaN] }), {
    name: "InputError",
    message: /at least one known number/,
  });
});

test("whole numbers have bars on the numbers themselves, and the quartiles are those of R’s method 7", () => {
  const figure = distribution({ label: "Orders", unit: "orders", values: [1, 2, 2, 4] });
  assert.deepEqual(figure.data[0]!.x, [1, 2, 3, 4]);
  assert.equal(
    figure.title,
    "Orders: half of the customers lie from 1.75 to 2.5 orders, the median is 2 orders",
  );
});

test("a share is told as per cent", () => {
  const { title } = distribution({
    label: "Discounts",
    unit: "share 0–1",
    values: [0.1, 0.2, 0.3, 0.4, 0.5],
  });
  assert.equal(title, "Discounts: half of the customers lie from 20 % to 40 %, the median is 30 %");
});
