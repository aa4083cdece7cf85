import assert from "node:assert/strict";
import { test } from "node:test";
import { canonicalOrder, compareRows, countDistinctRows } from "#src/cluster/canonical-order.js";
import { createRandom } from "#src/core/random.js";

test("the canonical order of rows does not depend on the order given, duplicates included", () => {
  const random = createRandom(1);
  const rows = Array.from({ length: 500 }, () => [random.below(4), random.below(4), -random.below(3), 0]);
  const contents = (list: number[][]) => {
    const flat = Float32Array.from(list.flat());
    return [...canonicalOrder(flat, list.length, 4)].map((row) => list[row]!.join());
  };
  assert.deepEqual(contents([...rows].reverse()), contents(rows));
  assert.deepEqual([...contents(rows)].sort(), rows.map((row) => row.join()).sort());
});

test("rows compare column by column, and different rows are counted up to the limit", () => {
  const rows = Float32Array.of(1, 2, 1, 3, 1, 2);
  assert.ok(compareRows(rows, 2, 0, 1) < 0);
  assert.equal(compareRows(rows, 2, 0, 2), 0);
  assert.equal(countDistinctRows(rows, 3, { stride: 2, limit: 9 }), 2);
  assert.equal(countDistinctRows(rows, 3, { stride: 2, limit: 1 }), 1);
});
