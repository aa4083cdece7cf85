import assert from "node:assert/strict";
import { test } from "node:test";
import { InputError } from "#src/core/errors.js";
import { type Matrix, matrixOf, matrixOfColumns, rowsOf } from "#src/core/matrix.js";
import { findPrincipalAxes } from "#src/core/principal-axes.js";
import { createRandom } from "#src/core/random.js";
import { dipOfFirstAxis, dipTest } from "#src/explore/dip-test.js";
import { referenceNumbers } from "../reference-numbers.js";

interface Reference {
  readonly cases: readonly { name: string; values: number[]; dip: number; pValue: number }[];
  readonly iris: {
    readonly rows: readonly (readonly number[])[];
    readonly dip: number;
    readonly pValue: number;
    readonly varianceShare: number;
    readonly variances: readonly number[];
  };
}

const reference = referenceNumbers<Reference>("dip");

function irisMatrix(): Matrix {
  const { rows } = reference.iris;
  const names = ["sepalLength", "sepalWidth", "petalLength", "petalWidth"];
  return matrixOfColumns(
    names,
    names.map((_, j) => rows.map((row) => row[j]!)),
  );
}

/** R interpolates in a table of a million simulations, we count 2,000: four standard errors and the table's coarseness. */
function assertSameP(ours: number, theirs: number): void {
  const tolerance = 0.01 + 4 * Math.sqrt((theirs * (1 - theirs)) / 2000);
  assert.ok(Math.abs(ours - theirs) <= tolerance, `p ${ours} against ${theirs}`);
}

test("dips equal those of R's diptest, ties and all, and p-values do but for simulation", () => {
  for (const { name, values, dip, pValue } of reference.cases) {
    const ours = dipTest(values, { seed: 3 });
    assert.ok(Math.abs(ours.dip - dip) <= 1e-12, `${name}: ${ours.dip} against ${dip}`);
    if (new Set(values).size > 1) assertSameP(ours.pValue, pValue);
  }
});

test("the first axis of iris parts one species from the others, as R finds", () => {
  const { dip, pValue, varianceShare, reading } = dipOfFirstAxis(irisMatrix(), { seed: 1 });
  assert.ok(Math.abs(dip - reference.iris.dip) <= 1e-9);
  assertSameP(pValue, reference.iris.pValue);
  assert.ok(Math.abs(varianceShare - reference.iris.varianceShare) < 1e-5);
  assert.match(reading, /^Along the first principal axis \(92\.5 % of the variance\): more than one mode/);
  findPrincipalAxes(irisMatrix()).variances.forEach((variance, k) => {
    assert.ok(Math.abs(variance - reference.iris.variances[k]!) <= 1e-9);
  });
});

test("neither order nor sign nor unit changes a dip; the order of rows changes no bit of an axis's", () => {
  const random = createRandom(2);
  const values = Array.from({ length: 200 }, () => random.normal());
  const { dip } = dipTest(values, { seed: 1 });
  assert.equal(dipTest([...values].reverse(), { seed: 1 }).dip, dip);
  assert.ok(
    Math.abs(
      dipTest(
        values.map((value) => -8 * value),
        { seed: 1 },
      ).dip - dip,
    ) <= 1e-12,
  );
  const matrix = irisMatrix();
  const order = Array.from({ length: 150 }, (_, i) => (i * 37) % 150);
  assert.deepEqual(dipOfFirstAxis(rowsOf(matrix, order), { seed: 1 }), dipOfFirstAxis(matrix, { seed: 1 }));
});

test("uniform samples, the hardest of one mode, are called more than one in no more than some 5 % of 200", () => {
  const random = createRandom(8);
  let called = 0;
  for (let i = 0; i < 200; i++) {
    const values = Array.from({ length: 60 }, () => random.next());
    if (dipTest(values, { seed: i, simulations: 199 }).pValue <= 0.05) called++;
  }
  assert.ok(called >= 2 && called <= 20, `${called}`);
});

test("a p-value is never 0, and values that are all equal have the smallest dip", () => {
  const apart = Array.from({ length: 60 }, (_, i) => (i % 2) * 100 + i);
  assert.equal(dipTest(apart, { seed: 1, simulations: 99 }).pValue, 0.01);
  assert.deepEqual(dipTest([3, 3, 3, 3], { seed: 1, simulations: 99 }).dip, 1 / 8);
  assert.equal(dipTest([3, 3, 3, 3], { seed: 1, simulations: 99 }).pValue, 1);
});

test("bad input is told in one sentence", () => {
  const options = { seed: 1 };
  const refusals: readonly (readonly [() => unknown, RegExp])[] = [
    [() => dipTest([1, 2, 3], options), /^dipTest: values must hold at least 4 numbers, got 3$/],
    [
      () => dipTest([1, 2, Number.NaN, 3], options),
      /^dipTest: values must be finite numbers, got NaN at row 2$/,
    ],
    [
      () => dipTest([1, 2, 3, 4], { seed: 1, simulations: 9.5 }),
      /simulations must be a whole number of at least 99/,
    ],
    [() => dipTest([1, 2, 3, 4], { seed: -1 }), /seed must be a whole number/],
    [
      () => dipOfFirstAxis(matrixOf({ x: [1] }), options),
      /^dipOfFirstAxis: matrix must have at least 4 rows, got 1$/,
    ],
    [
      () => dipOfFirstAxis(matrixOf({ x: [1, 1, 1, 1], y: [0.1, 0.1, 0.1, 0.1] }), options),
      /must hold rows that differ, got 4 that are all the same$/,
    ],
    [
      () => dipOfFirstAxis(matrixOf({ x: [1, 2, Infinity, 3] }), options),
      /must be finite, got Infinity at row 2/,
    ],
  ];
  for (const [call, message] of refusals)
    assert.throws(
      call,
      (error: unknown) => error instanceof InputError && message.test(error.message),
      `${message}`,
    );
});
