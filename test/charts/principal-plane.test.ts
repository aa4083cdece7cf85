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

test("one column lies on a line: its own deviations from the mean, and nothing across", () => {
  const { x, y, varianceShares } = principalPlane(matrixOf({ x: [1, 2, 6] }));
  assert.deepEqual([...x], [-2, -1, 3]);
  assert.deepEqual([...y], [0, 0, 0]);
  assert.deepEqual(varianceShares, [1, 0]);
});

test("one customer is a point", () => {
  assert.deepEqual([...principalPlane(matrixOf({ x: [1], y: [2] })).x], [0]);
});

test("no customer makes no plane", () => {
  assert.throws(() => principalPlane(matrixOf({ x: [] })), {
    name: "InputError",
    message: "principalPlane: matrix must have at least one row and one column, got 0 × 1",
  });
});

test("customers who are all equal have a plane without variance", () => {
  assert.deepEqual(principalPlane(matrixOf({ x: [1, 1], y: [2, 2] })).varianceShares, [0, 0]);
});
