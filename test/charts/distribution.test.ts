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
  assert.deepEqual(distribution({ label: "Visits", values: [5, 5, 5] }).table.rows, [[5, 6, 3]]);
});

test("a feature that nobody has is refused", () => {
  assert.throws(() => distribution({ label: "Age", values: [Number.NaN] }), {
    name: "InputError",
    message: /at least one known number/,
  });
});
