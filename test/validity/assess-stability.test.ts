import assert from "node:assert/strict";
import { test } from "node:test";
import { type Matrix, matrixOf, rowsOf } from "#src/core/matrix.js";
import { fitRecipe } from "#src/features/fit-recipe.js";
import { applyRecipe } from "#src/features/recipe.js";
import { fitKMeans } from "#src/kmeans/kmeans.js";
import { assessStability } from "#src/validity/assess-stability.js";
import { resamplingSchemes } from "#src/validity/draw-resample.js";
import { bestOverlaps } from "#src/validity/jaccard.js";
import { drawBlobs, shuffleRows } from "../cluster/matrices.js";

test("Jaccard overlaps by hand", () => {
  // Cluster 0 = {0, 1, 2} meets {0, 1}: 2 of 3. Cluster 1 = {3, 4} meets {2, 3, 4}: 2 of 3. Cluster 2 is empty.
  assert.deepEqual(bestOverlaps(Int32Array.of(0, 0, 0, 1, 1), Int32Array.of(1, 1, 0, 0, 0), 3), [
    2 / 3,
    2 / 3,
    0,
  ]);
});

test("under every scheme separate groups come back every time; slices of one cloud do not", () => {
  const apart = drawBlobs({ seed: 1, rowCount: 300, columnCount: 4, groups: 3, spread: 5 });
  const cloud = drawBlobs({ seed: 2, rowCount: 300, columnCount: 6, groups: 1, spread: 0 });
  for (const scheme of resamplingSchemes) {
    const steady = assessStability(apart.matrix, { clusterCount: 3, seed: 1, resamples: 20, scheme });
    assert.ok(steady.meanJaccard > 0.99 && steady.adjustedRand > 0.99, scheme);
    assert.deepEqual(
      steady.segments.map(({ recovered, dissolved }) => [recovered, dissolved]),
      [
        [20, 0],
        [20, 0],
        [20, 0],
      ],
    );
    const shaky = assessStability(cloud.matrix, { clusterCount: 6, seed: 1, resamples: 20, scheme });
    assert.ok(shaky.meanJaccard < 0.75, `${scheme}: ${shaky.meanJaccard}`);
    for (const { low, median, high, jaccard } of shaky.segments)
      assert.ok(low <= median && median <= high && jaccard >= low && jaccard <= high);
  }
});

test("row order and threads change nothing, whatever the scheme", () => {
  const { matrix } = drawBlobs({ seed: 3, rowCount: 150, columnCount: 3, groups: 2, spread: 1 });
  for (const scheme of resamplingSchemes) {
    const options = { clusterCount: 4, seed: 7, resamples: 10, starts: 3, scheme };
    const assessed = assessStability(matrix, { ...options, threads: 1 });
    assert.deepEqual(assessStability(shuffleRows(matrix, 5).matrix, { ...options, threads: 2 }), assessed);
    assert.deepEqual(
      assessStability(matrix, { ...options, fit: fitKMeans(matrix, { clusterCount: 4, seed: 7 }) }),
      assessed,
    );
  }
});

test("a recipe that is fitted anew on each resample depends on neither row order nor threads", () => {
  const raw = rawOf(200);
  const transforms = { orders: "log1p" } as const;
  const assess = (rows: Matrix, threads: number) =>
    assessStability(applyRecipe(fitRecipe(rows, { transforms }), rows), {
      ...{ clusterCount: 3, seed: 2, resamples: 12, starts: 4, threads },
      prepare: { raw: rows, transforms },
    });
  const assessed = assess(raw, 1);
  assert.deepEqual(assess(shuffleRows(raw, 4).matrix, 2), assessed);
  const fixed = assessStability(applyRecipe(fitRecipe(raw, { transforms }), raw), {
    ...{ clusterCount: 3, seed: 2, resamples: 12, starts: 4 },
  });
  assert.notEqual(assessed.meanJaccard, fixed.meanJaccard);
  assert.ok(Math.abs(assessed.meanJaccard - fixed.meanJaccard) < 0.1);
});

/** Orders with a long tail and shares, one of them missing now and then. */
function rawOf(rowCount: number): Matrix {
  const { matrix } = drawBlobs({ seed: 5, rowCount, columnCount: 2, groups: 2, spread: 1 });
  const values = matrix.values.map((value, at) =>
    at % 2 === 0 ? Math.exp(value) : at % 7 === 0 ? Number.NaN : value,
  );
  return { ...matrix, columns: ["orders", "share"], values };
}

test("repeats of a row can be left out of the refit, as R's fpc does", () => {
  const { matrix } = drawBlobs({ seed: 6, rowCount: 200, columnCount: 3, groups: 2, spread: 1 });
  const options = { clusterCount: 3, seed: 1, resamples: 40 };
  const kept = assessStability(matrix, options);
  const dropped = assessStability(matrix, { ...options, keepRepeats: false });
  assert.deepEqual([kept.keepRepeats, dropped.keepRepeats], [true, false]);
  assert.ok(dropped.meanJaccard > kept.meanJaccard, `${dropped.meanJaccard} ${kept.meanJaccard}`);
});

test("few rows, many of them equal, are assessed without trouble", () => {
  for (const scheme of resamplingSchemes) {
    const matrix = matrixOf({ x: [1, 1, 1, 2, 9] });
    const assessed = assessStability(matrix, {
      clusterCount: 3,
      seed: 1,
      resamples: 30,
      scheme,
      memberships: true,
    });
    assert.equal(assessed.segments.length, 3);
    assert.ok(assessed.segments.every(({ jaccard }) => jaccard >= 0 && jaccard <= 1));
  }
});

test("of many customers a seeded sample takes part, and the result says so", () => {
  const { matrix } = drawBlobs({ seed: 1, rowCount: 20_500, columnCount: 2, groups: 3, spread: 6 });
  const assessed = assessStability(matrix, { clusterCount: 3, seed: 9, resamples: 2, starts: 1 });
  assert.equal(assessed.rowsUsed, 20_000);
  assert.deepEqual(assessed.notes, ["A seeded sample of 20000 of 20500 rows took part (seed 9)."]);
});

test("progress counts resamples, and an error thrown in it ends the work", () => {
  const { matrix } = drawBlobs({ seed: 1, rowCount: 60, columnCount: 2, groups: 2, spread: 3 });
  const seen: number[] = [];
  const options = { clusterCount: 2, seed: 1, resamples: 12, starts: 1 };
  assessStability(matrix, {
    ...options,
    onProgress: ({ done, total }) => seen.push(done / total),
  });
  assert.equal(seen.at(-1), 1);
  const stop = () => {
    throw new Error("enough");
  };
  assert.throws(() => assessStability(matrix, { ...options, threads: 2, onProgress: stop }), {
    message: "enough",
  });
});

test("a fit of other rows or another count is refused", () => {
  const matrix = matrixOf({ x: [1, 2, 3] });
  const fit = fitKMeans(matrix, { clusterCount: 2, seed: 1 });
  assert.throws(() => assessStability(matrix, { clusterCount: 3, seed: 1, fit }), {
    name: "InputError",
    message: /clusterCount must be a whole number from 2 to 2 \(that of fit\), got 3/,
  });
  assert.throws(() => assessStability(matrixOf({ x: [1, 2] }), { clusterCount: 2, seed: 1, fit }), {
    message: "assessStability: fit.labels must have 2 values (one per row of matrix), got 3",
  });
});

test("raw rows that are not the matrix's, and raw rows beside noise, are refused", () => {
  const matrix = matrixOf({ x: [1, 2, 3] });
  const options = { clusterCount: 2, seed: 1 };
  assert.throws(() => assessStability(matrix, { ...options, prepare: { raw: rowsOf(matrix, [0, 1]) } }), {
    message: /prepare.raw.rowCount must be a whole number from 3 to 3 \(the rows of matrix\), got 2/,
  });
  assert.throws(() => assessStability(matrix, { ...options, scheme: "noise", prepare: { raw: matrix } }), {
    name: "InputError",
    message: /prepare must not be given with the scheme noise/,
  });
});
