import assert from "node:assert/strict";
import { test } from "node:test";
import { correlation } from "#src/charts/correlation.js";

test("the strongest pair is the finding, whatever its sign, and heads the table", () => {
  const figure = correlation({
    labels: ["a", "b", "c"],
    coefficients: [
      [1, 0.5, -0.9],
      [0.5, 1, Number.NaN],
      [-0.9, Number.NaN, 1],
    ],
  });
  assert.equal(figure.title, "“a” and “c” move most strongly against each other (−0.90)");
  assert.deepEqual(figure.table.rows, [
    ["a", "c", -0.9],
    ["a", "b", 0.5],
  ]);
});
