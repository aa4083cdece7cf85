import assert from "node:assert/strict";
import { test } from "node:test";
import { matrixOf } from "#src/core/matrix.js";
import { createRandom } from "#src/core/random.js";
import type { JudgeOptions } from "#src/verdict/judge-options.js";
import { judgeSegments } from "#src/verdict/judge-segments.js";

const normals = (count: number, seed: number) => {
  const random = createRandom(seed);
  return Float64Array.from({ length: count }, () => random.normal());
};
const fifty = matrixOf({ a: normals(50, 1), b: normals(50, 2) });

test("a single row, or a column that never varies, is an answer: one group, and why", () => {
  for (const matrix of [matrixOf({ a: [1], b: [2] }), matrixOf({ a: [3, 3, 3], b: [4, 4, 4] })]) {
    const { recommendedCount, verdict, reason, notes, separations } = judgeSegments(matrix, { seed: 1 });
    assert.equal(recommendedCount, 1);
    assert.equal(verdict, "no-reliable-segments");
    assert.match(reason, /^No count was tried: the customers are too few or too alike/);
    assert.ok(notes.includes("a, b do not vary and were left out."));
    assert.deepEqual(separations, []);
  }
});

test("too few rows for two segments of 20 leave a shown cut not supported, with the reason", () => {
  const few = matrixOf({ a: normals(12, 1), b: normals(12, 2) });
  const { recommendedCount, solutions } = judgeSegments(few, { seed: 1, shown: [3] });
  assert.equal(recommendedCount, 1);
  for (const { verdict, reason } of solutions[0]!.segments) {
    assert.equal(verdict, "not-supported");
    assert.match(reason, /^It holds \d+ customers, and below 20 of 12/);
  }
});

test("a constant column is left out and named; one column is enough", () => {
  const matrix = matrixOf({
    a: normals(80, 1).map((value, i) => value + 8 * (i % 2)),
    b: new Float64Array(80).fill(7),
  });
  const { recommendedCount, notes, solutions } = judgeSegments(matrix, { seed: 1, counts: [2, 2] });
  assert.equal(recommendedCount, 2);
  assert.deepEqual(notes, ["b does not vary and was left out."]);
  assert.equal(solutions[0]!.centres[0]![1], 7);
});

test("who bought and who did not is no gap between segments", () => {
  const matrix = matrixOf({ a: Float64Array.from({ length: 80 }, (_, i) => i % 2) });
  const { recommendedCount, notes } = judgeSegments(matrix, { seed: 1 });
  assert.equal(recommendedCount, 1);
  assert.ok(notes.some((note) => note.startsWith("a: one value holds at least 5 % of the customers")));
});

test("values of any size are judged alike", () => {
  const groups = normals(80, 1).map((value, i) => value + 8 * (i % 2));
  const outcomes = [1, 1e300, 1e-300].map((unit) => {
    const matrix = matrixOf({
      a: groups.map((value) => value * unit),
      b: normals(80, 2).map((v) => v * unit),
    });
    const { recommendedCount, solutions } = judgeSegments(matrix, { seed: 1, counts: [2, 2] });
    return [recommendedCount, solutions[0]!.pairs[0]!.valley < 0.2];
  });
  assert.deepEqual(outcomes, [
    [2, true],
    [2, true],
    [2, true],
  ]);
});

const refusals: readonly [string, Partial<JudgeOptions>, RegExp][] = [
  ["a count below 2", { counts: [1, 4] }, /the least of counts must be a whole number from 2 to 20, got 1$/],
  [
    "counts in the wrong order",
    { counts: [5, 4] },
    /the most of counts must be a whole number from 5 to 20, got 4$/,
  ],
  ["a shown count of 1", { shown: [1] }, /a count under shown must be a whole number from 2 to 20, got 1$/],
  ["too few labels", { shown: [[0, 1]] }, /labels must have 50 values \(one per customer\), got 2$/],
  [
    "labels of one segment",
    { shown: [new Int32Array(50)] },
    /at least two segments from 0 on .* got 1 of them$/,
  ],
  ["a negative seed", { seed: -1 }, /seed must be a whole number of at least 0, got -1$/],
  ["no thread", { threads: 0 }, /threads must be a whole number of at least 1, got 0$/],
];
for (const [what, options, message] of refusals)
  test(`${what} is refused in one sentence`, () => {
    assert.throws(() => judgeSegments(fifty, { seed: 1, ...options }), { name: "InputError", message });
  });

test("a missing value is refused with its place", () => {
  assert.throws(() => judgeSegments(matrixOf({ a: [1, Number.NaN] }), { seed: 1 }), {
    name: "InputError",
    message: 'judgeSegments: matrix must be finite, got NaN at row 1, column "a" (1 such cells)',
  });
});

test("more segments than different rows are refused", () => {
  const alike = matrixOf({ a: Array.from({ length: 40 }, (_, i) => i % 2) });
  assert.throws(() => judgeSegments(alike, { seed: 1, shown: [3] }), {
    message: "judgeSegments: a count under shown must be at most 2 (the number of different rows), got 3",
  });
});
