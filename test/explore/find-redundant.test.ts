import assert from "node:assert/strict";
import { test } from "node:test";
import { matrixOf, matrixOfColumns } from "#src/core/matrix.js";
import { findRedundant } from "#src/explore/find-redundant.js";

test("of two columns that say the same, the one nearer to all others goes; constants go too", () => {
  const matrix = matrixOf({
    x: [1, 2, 3, 4, 5, 6],
    y: [1, 4, 9, 16, 25, 36],
    noise: [3, 1, 6, 2, 5, 4],
    same: [2, 2, 2, 2, 2, 2],
    none: [Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN],
  });
  assert.deepEqual(findRedundant(matrix), {
    constant: ["same", "none"],
    pairs: [{ keep: "x", drop: "y", correlation: 1 }],
    drop: ["y", "same", "none"],
  });
});

test("of three near copies the middle one goes first and the rest is judged without it", () => {
  // Spearman by 1 − 6Σd²/(n(n² − 1)), n = 5: a–middle 0.9 (Σd² = 2), middle–c 0.9, a–c 0.8 (Σd² = 4).
  const matrix = matrixOf({ a: [1, 2, 3, 4, 5], middle: [2, 1, 3, 4, 5], c: [2, 1, 3, 5, 4] });
  const { pairs, drop } = findRedundant(matrix, { threshold: 0.85 });
  assert.deepEqual(drop, ["middle"]);
  assert.equal(pairs.length, 1);
});

test("opposite columns are redundant, hostile names are names, independent ones stay", () => {
  const rows = [1, 2, 3, 4, 5];
  const matrix = matrixOfColumns(["__proto__", 'a"b', "z"], [rows, rows.map((x) => -x), [2, 5, 1, 4, 3]]);
  assert.deepEqual(findRedundant(matrix).drop, ['a"b']);
  assert.deepEqual(findRedundant(matrixOf({ x: rows, z: [2, 5, 1, 4, 3] })).drop, []);
});

test("a threshold outside 0 to 1 is refused", () => {
  assert.throws(
    () => findRedundant(matrixOf({ x: [1, 2] }), { threshold: 90 }),
    /findRedundant: threshold must be a number from 0 to 1, got 90/,
  );
});
