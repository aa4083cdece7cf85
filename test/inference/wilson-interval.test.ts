import assert from "node:assert/strict";
import { test } from "node:test";
import { wilsonInterval } from "#src/inference/wilson-interval.js";
import { assertNear, reference } from "./reference.js";

test("Wilson's bounds agree with statsmodels, at the ends too", () => {
  for (const [successes, total, level, low, high] of reference.wilson) {
    const interval = wilsonInterval(successes, total, level);
    assert.ok(Math.abs(interval.low - low) < 1e-12);
    assertNear(interval.high, high, 1e-12);
  }
});

test("more successes than tries, or no try, is an input error", () => {
  assert.throws(
    () => wilsonInterval(5, 4),
    /successes must be a whole number from 0 to 4 \(the total\), got 5/,
  );
  assert.throws(() => wilsonInterval(0, 0), /total must be a whole number of at least 1, got 0/);
});
