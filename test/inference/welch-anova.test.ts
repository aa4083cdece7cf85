import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandom } from "#src/core/random.js";
import { welchAnova } from "#src/inference/welch-anova.js";
import { withoutDataset } from "../datasets.js";
import { assertNear, groupsBy, normals, readDataset, reference } from "./reference.js";

const wholesale = readDataset("wholesale/wholesale_customers_bom.csv");

test("Welch's F by hand: means 2 and 4, variances 1 and 4, three values each", () => {
  // Weights 3/1 and 3/4, centre (3·2 + 0.75·4) / 3.75 = 2.4, F = 3·0.16 + 0.75·2.56 = 2.4.
  const result = welchAnova([
    [1, 2, 3],
    [2, 4, 6],
  ]);
  assertNear(result.statistic, 2.4);
  assert.equal(result.degreesOfFreedom[0], 1);
  // Variance over size is 1/3 and 4/3: (5/3)² / ((1/9)/2 + (16/9)/2) = 2.9412 as in Welch's t.
  assertNear(result.degreesOfFreedom[1]!, 50 / 17);
  assertNear(result.effect.value, 1.4 / (1.4 + 6));
});

test("statistic, degrees of freedom, p and omega squared agree with pingouin and SciPy", {
  skip: wholesale ? false : withoutDataset,
}, () => {
  for (const expected of reference.welch) {
    const result = welchAnova(groupsBy(wholesale!, expected.column, expected.by), { resamples: 0 });
    assertNear(result.statistic, expected.statistic);
    assertNear(result.degreesOfFreedom[1]!, expected.degreesOfFreedom[1]!);
    assertNear(result.pValue, expected.pValue, 1e-8);
    assertNear(result.effect.value, expected.omegaSquared, 1e-8);
  }
});

test("p is below 0.05 in about 5 % of runs where nothing differs but the spread", () => {
  const random = createRandom(11);
  const runs = 2000;
  let below = 0;
  for (let run = 0; run < runs; run++) {
    const groups = [normals(random, 20), normals(random, 35).map((x) => 3 * x), normals(random, 50)];
    if (welchAnova(groups, { resamples: 0 }).pValue < 0.05) below++;
  }
  // Three standard errors of a share of 0.05 in 2,000 runs are 0.0146.
  assert.ok(Math.abs(below / runs - 0.05) < 0.0146, `${below} of ${runs}`);
});

test("the interval of the effect holds the true effect in about 95 % of runs", () => {
  const random = createRandom(3);
  const runs = 200;
  let covered = 0;
  for (let run = 0; run < runs; run++) {
    const groups = [normals(random, 60), normals(random, 60, 0.5), normals(random, 60, 1)];
    const { interval } = welchAnova(groups, { seed: run, resamples: 200 }).effect;
    // Variance of the means 0, 0.5, 1 is 1/6; omega squared is (1/6) / (1/6 + 1).
    if (interval!.low <= 1 / 7 && 1 / 7 <= interval!.high) covered++;
  }
  assert.ok(covered / runs > 0.9 && covered / runs < 0.985, `${covered} of ${runs}`);
});

test("above 2,000 rows the interval from small resamples is as wide as fresh samples spread", () => {
  const random = createRandom(21);
  const sample = () => [0, 0.3, 0.6].map((centre) => normals(random, 2000, centre));
  const effects = Array.from({ length: 300 }, () => welchAnova(sample(), { resamples: 0 }).effect.value);
  const centre = effects.reduce((sum, effect) => sum + effect, 0) / effects.length;
  const spread = Math.sqrt(effects.reduce((sum, effect) => sum + (effect - centre) ** 2, 0) / effects.length);
  const { low, high } = welchAnova(sample(), { resamples: 2000 }).effect.interval!;
  const ratio = (high - low) / (2 * 1.96 * spread);
  assert.ok(ratio > 0.85 && ratio < 1.15, `ratio ${ratio}`);
});

test("the order of the groups and the unit do not matter; the same seed gives the same interval", () => {
  const random = createRandom(5);
  const groups = [normals(random, 30), normals(random, 40, 1), normals(random, 20, 2)];
  const result = welchAnova(groups, { seed: 9 });
  assert.deepEqual(welchAnova(groups, { seed: 9 }), result);
  assertNear(welchAnova([...groups].reverse()).statistic, result.statistic);
  assertNear(welchAnova(groups.map((group) => group.map((x) => 1000 * x + 5))).statistic, result.statistic);
  assert.ok(
    result.effect.interval!.low < result.effect.value && result.effect.value < result.effect.interval!.high,
  );
});

test("too few or equal values are an input error, never NaN", () => {
  const good = [1, 2, 3];
  assert.throws(() => welchAnova([good]), /welchAnova: groups must be at least 2, got 1/);
  assert.throws(() => welchAnova([good, [4]]), /must hold at least 2 values each, got 1 in group 1/);
  assert.throws(
    () => welchAnova([good, [4, 4, 4]]),
    /must vary within, got 3 equal values in group 1\. kruskalWallis/,
  );
  assert.throws(
    () => welchAnova([good, [4, Number.NaN]]),
    /must hold finite numbers, got NaN at group 1, value 1/,
  );
});

test("groups of fewer than five rows get no interval, and a note says that they are small", () => {
  const result = welchAnova([
    [1, 2, 3],
    [2, 4, 6],
  ]);
  assert.equal(result.effect.interval, null);
  assert.match(result.notes.join(" "), /smallest group has 3 rows/);
});
