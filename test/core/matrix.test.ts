import assert from "node:assert/strict";
import { test } from "node:test";
import { matrixOf } from "#src/core/matrix.js";

test("what code without types leaves empty is missing, never 0", () => {
  const holes = [null, 1, undefined] as unknown as number[];
  assert.deepEqual(matrixOf({ x: holes }).values, Float64Array.of(Number.NaN, 1, Number.NaN));
});

test("a text is no number, even if it reads like one", () => {
  const texts = [1, "2"] as unknown as number[];
  assert.throws(
    () => matrixOf({ x: texts }),
    /^InputError: matrixOf: columns must hold numbers, got "2" at row 1, column "x"$/,
  );
});
