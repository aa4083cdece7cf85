import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { principalPlane } from "#src/charts/principal-plane.js";
import { matrixOf, matrixOfColumns } from "#src/core/matrix.js";

const reference = JSON.parse(readFileSync("test/reference/charts.json", "utf8"));

test("the principal plane of the irises is scikit-learn’s", () => {
  const iris = reference.iris as number[][];
  const plane = principalPlane(
    matrixOfColumns(
      ["a", "b", "c", "d"],
      [0, 1, 2, 3].map((j) => iris.map((row) => row[j]!)),
    ),
  );
  const close = (got: number, expected: number): void =>
    assert.ok(Math.abs(got - expected) <= reference.tolerance, `${got} ${expected}`);
  for (const [i, share] of plane.varianceShares.entries()) close(share, reference.varianceShares[i]);
  close(plane.x[0]!, reference.firstRow[0]);
  close(plane.y[0]!, reference.firstRow[1]);
});

test("one column spans no plane", () => {
  assert.throws(() => principalPlane(matrixOf({ x: [1, 2] })), {
    name: "InputError",
    message: /at least 2 rows and 2 columns, got 2 × 1/,
  });
});

test("customers who are all equal have a plane without variance", () => {
  assert.deepEqual(principalPlane(matrixOf({ x: [1, 1], y: [2, 2] })).varianceShares, [0, 0]);
});
