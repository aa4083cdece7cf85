import assert from "node:assert/strict";
import { test } from "node:test";
import { adjustPValues } from "#src/inference/adjust-p-values.js";
import { assertNear, reference } from "./reference.js";

test("Holm, Benjamini–Hochberg and Bonferroni agree with statsmodels", () => {
  for (const method of ["holm", "benjamini-hochberg", "bonferroni"] as const)
    adjustPValues(reference.adjusted.pValues!, method).forEach((value, i) => {
      assertNear(value, reference.adjusted[method]![i]!, 1e-12);
    });
});

test("Holm by hand is made monotone: 0.01 0.04 0.03 become 0.03 0.06 0.06", () => {
  assert.deepEqual(adjustPValues([0.01, 0.04, 0.03], "holm"), [0.03, 0.06, 0.06]);
  assert.deepEqual(adjustPValues([], "holm"), []);
});

test("what is no p-value is an input error", () => {
  assert.throws(
    () => adjustPValues([0.1, Number.NaN], "holm"),
    /pValues\[1\] must be a number from 0 to 1, got NaN/,
  );
  assert.throws(() => adjustPValues([0.1], "hollm" as "holm"), /Did you mean "holm"\?/);
});
