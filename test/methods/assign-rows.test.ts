import assert from "node:assert/strict";
import { test } from "node:test";
import { matrixOf } from "#src/core/matrix.js";
import { createRandom } from "#src/core/random.js";
import { assignRows } from "#src/methods/assign-rows.js";

test("rows go to the nearest centre, ties to the lowest number, with a margin from 0 to 1", () => {
  // Centres 0 and 10: 5 is in the middle, 0 at its own centre, 8 is 2 from one and 8 from the other: 1 − 2/8.
  const assigned = assignRows(matrixOf({ x: [5, 0, 8] }), [[0], [10]]);
  assert.deepEqual([...assigned.labels], [0, 0, 1]);
  assert.deepEqual([...assigned.runnersUp], [1, 1, 0]);
  assert.deepEqual([...assigned.distances], [5, 0, 2]);
  assert.deepEqual([...assigned.margins], [0, 1, 0.75]);
});

test("two centres in one place leave no margin; a single centre leaves no runner-up", () => {
  assert.deepEqual([...assignRows(matrixOf({ x: [1] }), [[1], [1]]).margins], [0]);
  const alone = assignRows(matrixOf({ x: [4] }), [[1]]);
  assert.deepEqual([alone.runnersUp[0], alone.margins[0], alone.distances[0]], [-1, 1, 3]);
});

test("centres of another shape and missing values are refused", () => {
  const matrix = matrixOf({ x: [1], y: [2] });
  assert.throws(() => assignRows(matrix, []), {
    message: "assignRows: centres must be one or more rows of 2 finite values, got none",
  });
  assert.throws(() => assignRows(matrix, [[1]]), {
    message: "assignRows: centres must be one or more rows of 2 finite values, got 1 values at centre 0",
  });
  assert.throws(() => assignRows(matrixOf({ x: [Number.NaN] }), [[1]]), {
    name: "InputError",
    message: /^assignRows: matrix must be finite, got NaN at row 0/,
  });
});

test("rows beyond a block of the kernel's memory, an odd number of them, are placed like the first", () => {
  const x = Array.from({ length: 5001 }, (_, i) => i % 10);
  const assigned = assignRows(matrixOf({ x }), [[0], [9]]);
  assert.ok(x.every((value, i) => assigned.labels[i] === Number(value > 4)));
  assert.ok(x.every((value, i) => assigned.distances[i] === Math.min(value, 9 - value)));
  assert.throws(() => assignRows(matrixOf({ x: [...x, Number.NaN] }), [[0], [9]]), {
    message: /got NaN at row 5001/,
  });
});

test("many rows, which threads share, get what each part of them gets alone", () => {
  const random = createRandom(9);
  const columns = Array.from({ length: 8 }, (_, j) => `x${j}`);
  const draw = (rowCount: number) => Float64Array.from({ length: rowCount * 8 }, () => random.normal());
  const matrix = { rowCount: 100_003, columnCount: 8, columns, values: draw(100_003) };
  const centres = Array.from({ length: 70 }, () => [...draw(1)]);
  const whole = assignRows(matrix, centres);
  for (const [begin, end] of [
    [0, 10_000],
    [60_001, 70_000],
    [100_000, 100_003],
  ] as const) {
    const values = matrix.values.slice(begin * 8, end * 8);
    const part = assignRows({ ...matrix, rowCount: end - begin, values }, centres);
    assert.deepEqual(part.labels, whole.labels.slice(begin, end));
    assert.deepEqual(part.runnersUp, whole.runnersUp.slice(begin, end));
    assert.deepEqual(part.distances, whole.distances.slice(begin, end));
    assert.deepEqual(part.margins, whole.margins.slice(begin, end));
  }
});
