import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createRandom } from "#src/core/random.js";
import { compareOutsideVariable } from "#src/inference/compare-outside-variable.js";
import { distanceFromUniform } from "./shop-of-bases.js";

const reference: {
  readonly memberships: readonly (readonly number[])[];
  readonly number: readonly number[];
  readonly word: readonly number[];
  readonly means: readonly number[];
  readonly shares: readonly (readonly number[])[];
} = JSON.parse(readFileSync("test/reference/distal.json", "utf8"));
const model = { clusterCount: 3, probabilities: Float64Array.from(reference.memberships.flat()) };

test("class means and shares of an outside variable are StepMix's with the same memberships", () => {
  const numbers = compareOutsideVariable(model, reference.number);
  numbers.estimates[0]!.classes.forEach(({ value, standardError }, cluster) => {
    assert.ok(Math.abs(value - reference.means[cluster]!) < 1e-8, `${value}`);
    assert.ok(standardError > 0.03 && standardError < 0.5);
  });
  assert.equal(numbers.degreesOfFreedom, 2);
  assert.ok(numbers.pValue < 1e-20);
  const words = compareOutsideVariable(
    model,
    reference.word.map((code) => `w${code}`),
  );
  words.estimates.forEach(({ classes }, category) => {
    for (const { cluster, value } of classes)
      assert.ok(Math.abs(value - reference.shares[cluster]![category]!) < 1e-8, `${value}`);
  });
  assert.equal(words.degreesOfFreedom, 4);
});

test("with certain memberships the correction does nothing", () => {
  const certain = { clusterCount: 2, probabilities: Float64Array.of(1, 0, 1, 0, 0, 1, 0, 1) };
  const [{ classes }] = compareOutsideVariable(certain, [1, 3, 10, 12]).estimates as never as [
    { classes: { value: number; standardError: number }[] },
  ];
  assert.deepEqual(
    classes.map(({ value }) => value),
    [2, 11],
  );
  assert.ok(Math.abs(classes[0]!.standardError - Math.sqrt(0.5)) < 1e-12);
});

test("p is uniform for a variable that has nothing to do with the classes", () => {
  const random = createRandom(4);
  const pValues = Array.from(
    { length: 400 },
    () =>
      compareOutsideVariable(
        model,
        reference.number.map(() => random.normal()),
      ).pValue,
  );
  // The 0.1 % point of the distance of 400 uniform values is 0.098.
  assert.ok(distanceFromUniform(pValues) < 0.098, `${distanceFromUniform(pValues)}`);
});

test("missing values are left out and counted; what cannot be compared is an error or a plain nothing", () => {
  const holes = reference.number.map((value, row) => (row % 4 === 0 ? Number.NaN : value));
  const { known, missing } = compareOutsideVariable(model, holes);
  assert.deepEqual([known, missing], [300, 100]);
  const same = compareOutsideVariable(
    model,
    reference.number.map(() => 7),
  );
  assert.deepEqual([same.statistic, same.pValue], [0, 1]);
  assert.throws(
    () => compareOutsideVariable(model, [1, 2]),
    /values must have 400 values \(one per row\), got 2/,
  );
  assert.throws(
    () =>
      compareOutsideVariable({ clusterCount: 2, probabilities: Float64Array.of(0.6, 0.4, 0.7, 0.3) }, [1, 2]),
    /model must tell every class apart, got one that is no row's likeliest/,
  );
});
