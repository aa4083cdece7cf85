import assert from "node:assert/strict";
import { test } from "node:test";
import { sum } from "#src/core/sum.js";

test("a sum runs from the first value to the last, and is 0 of none", () => {
  assert.equal(sum([1, 2, 3.5]), 6.5);
  assert.equal(sum(Float64Array.of(1e16, 1, -1e16)), 0);
  assert.equal(sum([]), 0);
});
