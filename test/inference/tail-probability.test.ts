import assert from "node:assert/strict";
import { test } from "node:test";
import { chiSquareUpperTail, fUpperTail } from "#src/inference/tail-probability.js";
import { assertNear, reference } from "./reference.js";

test("upper tails of F agree with SciPy down to 1e-200", () => {
  for (const [statistic, d1, d2, p] of reference.tails.f)
    assertNear(
      fUpperTail(statistic!, d1!, d2!),
      p!,
      p! < 1e-100 ? 1e-6 : 1e-8,
      `F ${statistic}, ${d1}, ${d2}:`,
    );
});

test("upper tails of χ² agree with SciPy down to 1e-200", () => {
  for (const [statistic, degrees, p] of reference.tails.chiSquare) {
    const tolerance = statistic! > 2000 ? 2e-3 : p! < 1e-100 ? 1e-6 : 1e-8;
    assertNear(chiSquareUpperTail(statistic!, degrees!), p!, tolerance, `χ² ${statistic}, ${degrees}:`);
  }
});

test("a p-value is never 0, and 1 where nothing differs", () => {
  assert.equal(fUpperTail(Number.POSITIVE_INFINITY, 2, 30), 1e-300);
  assert.equal(chiSquareUpperTail(1e6, 3), 1e-300);
  assert.equal(fUpperTail(0, 2, 30), 1);
  assert.equal(chiSquareUpperTail(0, 3), 1);
});
