import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandom } from "#src/core/random.js";
import { adjustedResiduals } from "#src/inference/adjusted-residuals.js";
import { chiSquareTest } from "#src/inference/chi-square-test.js";
import { cramersV } from "#src/inference/cramers-v.js";
import { assertNear, reference } from "./reference.js";

test("χ² by hand: 10 20 against 20 10 is four cells of 5²/15", () => {
  const result = chiSquareTest([
    [10, 20],
    [20, 10],
  ]);
  assertNear(result.statistic, 100 / 15);
  assert.deepEqual(result.degreesOfFreedom, [1]);
});

test("χ², p and adjusted residuals agree with SciPy and statsmodels, Cramér's V with Bergsma's formula", () => {
  for (const expected of reference.chiSquare) {
    const result = chiSquareTest(expected.table, { resamples: 0 });
    assertNear(result.statistic, expected.statistic);
    assertNear(result.pValue, expected.pValue, 1e-8);
    assertNear(result.effect.value, expected.cramersV);
    adjustedResiduals(expected.table).forEach((row, i) => {
      row.forEach((residual, j) => {
        assertNear(residual, expected.residuals[i]![j]!, 1e-8);
      });
    });
  }
});

test("p is below 0.05 in about 5 % of tables of independent rows and columns, where Cramér's V is near 0", () => {
  const random = createRandom(8);
  const runs = 2000;
  let below = 0;
  let sum = 0;
  for (let run = 0; run < runs; run++) {
    const table = Array.from({ length: 3 }, () => [0, 0, 0, 0]);
    for (let i = 0; i < 400; i++) table[Math.floor(3 * random.next() ** 1.3)]![random.below(4)]! += 1;
    const result = chiSquareTest(table, { resamples: 0 });
    if (result.pValue < 0.05) below++;
    sum += result.effect.value;
  }
  assert.ok(Math.abs(below / runs - 0.05) < 0.0146, `${below} of ${runs}`);
  assert.ok(sum / runs < 0.03);
});

test("empty rows and columns are left out with a note, and small expected counts are noted", () => {
  const result = chiSquareTest([
    [10, 0, 20],
    [0, 0, 0],
    [20, 0, 10],
  ]);
  assertNear(result.statistic, 100 / 15);
  assert.match(result.notes.join(" "), /Left out as empty: 1 row, 1 column/);
  const rough = chiSquareTest([
    [1, 2],
    [3, 30],
  ]);
  assert.match(rough.notes.join(" "), /of the expected counts are below 5/);
  assert.equal(
    adjustedResiduals([
      [10, 0, 20],
      [20, 0, 10],
    ])[0]![1],
    0,
  );
});

test("perfect association has V = 1, and the interval stays in range", () => {
  const effect = cramersV([
    [500, 0],
    [0, 500],
  ]);
  assertNear(effect.value, 1, 0.01);
  assert.ok(effect.interval!.high <= 1);
});

test("tables without a question are input errors", () => {
  assert.throws(() => chiSquareTest([]), /two rows and two columns that hold something, got 0 and 0/);
  assert.throws(() => chiSquareTest([[1, 2]]), /got 1 and 2/);
  assert.throws(() => chiSquareTest([[1, 2], [3]]), /table row 1 must have 2 values \(as in row 0\), got 1/);
  assert.throws(
    () =>
      chiSquareTest([
        [1, -2],
        [3, 4],
      ]),
    /table row 0, column 1 must be a whole number/,
  );
  const huge = Array.from({ length: 40 }, () => new Array<number>(40).fill(1));
  assert.throws(() => chiSquareTest(huge), /at most 1000 degrees of freedom, got 1521/);
});
