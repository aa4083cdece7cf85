import assert from "node:assert/strict";
import { test } from "node:test";
import { matrixOf } from "#src/core/matrix.js";
import { fitKMeans } from "#src/kmeans/kmeans.js";
import { assessStability } from "#src/validity/assess-stability.js";
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

test("separate groups come back every time; slices of one cloud do not", () => {
  const apart = drawBlobs({ seed: 1, rowCount: 300, columnCount: 4, groups: 3, spread: 5 });
  const steady = assessStability(apart.matrix, { clusterCount: 3, seed: 1, resamples: 20 });
  assert.ok(steady.meanJaccard > 0.99 && steady.adjustedRand > 0.99);
  assert.deepEqual(
    steady.segments.map(({ recovered, dissolved }) => [recovered, dissolved]),
    [
      [20, 0],
      [20, 0],
      [20, 0],
    ],
  );
  const cloud = drawBlobs({ seed: 2, rowCount: 300, columnCount: 6, groups: 1, spread: 0 });
  const shaky = assessStability(cloud.matrix, { clusterCount: 6, seed: 1, resamples: 20 });
  assert.ok(shaky.meanJaccard < 0.75, `${shaky.meanJaccard}`);
  for (const { low, median, high, jaccard } of shaky.segments) {
    assert.ok(low <= median && median <= high && jaccard >= low && jaccard <= high);
  }
});

test("row order and threads change nothing", () => {
  const { matrix } = drawBlobs({ seed: 3, rowCount: 150, columnCount: 3, groups: 2, spread: 1 });
  const options = { clusterCount: 4, seed: 7, resamples: 10, starts: 3 };
  const assessed = assessStability(matrix, { ...options, threads: 1 });
  assert.deepEqual(assessStability(shuffleRows(matrix, 5).matrix, { ...options, threads: 2 }), assessed);
  assert.deepEqual(
    assessStability(matrix, { ...options, fit: fitKMeans(matrix, { clusterCount: 4, seed: 7 }) }),
    assessed,
  );
});

test("few rows, many of them equal, are assessed without trouble", () => {
  const assessed = assessStability(matrixOf({ x: [1, 1, 1, 2, 9] }), {
    clusterCount: 3,
    seed: 1,
    resamples: 30,
  });
  assert.equal(assessed.segments.length, 3);
  assert.ok(assessed.segments.every(({ jaccard }) => jaccard >= 0 && jaccard <= 1));
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
