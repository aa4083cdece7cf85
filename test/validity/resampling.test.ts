import assert from "node:assert/strict";
import { test } from "node:test";
import { matrixOf } from "#src/core/matrix.js";
import { bootstrapInstability } from "#src/validity/bootstrap-instability.js";
import { chooseClusterCount } from "#src/validity/choose-cluster-count.js";
import { countIndices } from "#src/validity/count-indices.js";
import { gapStatistic } from "#src/validity/gap-statistic.js";
import { predictionStrength } from "#src/validity/prediction-strength.js";
import { drawBlobs, shuffleRows } from "../cluster/matrices.js";

const blobs = drawBlobs({ seed: 3, rowCount: 240, columnCount: 4, groups: 3, spread: 5 }).matrix;
const search = { counts: [1, 5], seed: 2, resamples: 10 } as const;

test("three separate groups: prediction strength falls below 0.8, and instability rises, after 3", () => {
  const strength = predictionStrength(blobs, search);
  assert.equal(strength.recommendedCount, 3);
  assert.equal(strength.rows[0]!.strength, 1);
  assert.ok(strength.rows[2]!.strength! > 0.99 && strength.rows[3]!.strength! < 0.8);
  const { rows } = bootstrapInstability(blobs, search);
  assert.equal(rows[0]!.instability, null);
  assert.ok(rows[2]!.instability! < 0.01 && rows[3]!.instability! > 0.05);
  assert.ok(rows[2]!.disagreement! < 0.01);
});

test("one cloud: no count but 1 is well predicted", () => {
  const { matrix } = drawBlobs({ seed: 5, rowCount: 300, columnCount: 4, groups: 1, spread: 0 });
  assert.equal(predictionStrength(matrix, { ...search, counts: [1, 4] }).recommendedCount, 1);
});

test("resampling does not depend on row order or threads", () => {
  const shuffled = shuffleRows(blobs, 9).matrix;
  assert.deepEqual(
    predictionStrength(shuffled, { ...search, threads: 2 }),
    predictionStrength(blobs, { ...search, threads: 1 }),
  );
  assert.deepEqual(
    bootstrapInstability(shuffled, { ...search, threads: 2 }),
    bootstrapInstability(blobs, { ...search, threads: 1 }),
  );
});

test("a count with more clusters than a half has different rows has no strength", () => {
  const values = Array.from({ length: 40 }, (_, i) => (i < 38 ? i % 2 : i));
  const { rows } = predictionStrength(matrixOf({ x: values }), { counts: [1, 4], seed: 1, resamples: 3 });
  assert.equal(rows[3]!.strength, null);
});

test("every index of the choice is declared; what was not asked for is null and not listed", () => {
  const choice = chooseClusterCount(blobs, {
    counts: [1, 4],
    seed: 1,
    references: 10,
    resamples: 0,
    starts: 10,
  });
  const names = choice.indices.map(({ name }) => name);
  assert.ok(names.includes("dunn") && !names.includes("predictionStrength") && !names.includes("bic"));
  assert.equal(choice.rows[1]!.predictionStrength, null);
  const full = chooseClusterCount(blobs, {
    counts: [1, 4],
    seed: 1,
    references: 10,
    resamples: 4,
    starts: 10,
    mixture: "spherical",
  });
  assert.deepEqual(full.indices, countIndices);
  const lowest = [...full.rows].sort((a, b) => a.bic! - b.bic!)[0]!;
  assert.equal(lowest.count, 3);
  assert.deepEqual([full.recommendedCount, full.gapMethod.references], [3, 10]);
});

test("progress goes up to the total; an error thrown by the listener stops the work and comes out", () => {
  const options = { counts: [1, 3], seed: 1, starts: 6, references: 8, resamples: 3 } as const;
  for (const work of [chooseClusterCount, gapStatistic, predictionStrength, bootstrapInstability]) {
    const seen: number[] = [];
    let total = 0;
    work(blobs, {
      ...options,
      onProgress: (progress) => {
        seen.push(progress.done);
        total = progress.total;
      },
    });
    assert.deepEqual(
      seen,
      [...seen].sort((a, b) => a - b),
    );
    assert.equal(seen.at(-1), total);
    const stop = new Error("stopped");
    const onProgress = () => {
      if (seen.push(0) > 0) throw stop;
    };
    assert.throws(() => work(blobs, { ...options, onProgress }), stop);
  }
});

test("options that make no sense are refused", () => {
  const matrix = matrixOf({ x: [1, 2, 3] });
  assert.throws(() => predictionStrength(matrix, { counts: [1, 2], seed: 1 }), {
    name: "InputError",
    message: "predictionStrength: matrix.rowCount must be a whole number of at least 4, got 3",
  });
  assert.throws(() => bootstrapInstability(blobs, { ...search, resamples: 0 }), {
    name: "InputError",
    message: "bootstrapInstability: resamples must be a whole number from 1 to 100000, got 0",
  });
  assert.throws(() => chooseClusterCount(blobs, { counts: [1, 2], seed: 1, resamples: 1.5 }), {
    name: "InputError",
    message: "chooseClusterCount: resamples must be a whole number from 0 to 100000, got 1.5",
  });
});
