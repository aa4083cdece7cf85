import assert from "node:assert/strict";
import { test } from "node:test";
import { matrixOf, rowsOf } from "#src/core/matrix.js";
import { createRandom } from "#src/core/random.js";
import { fitKMeans } from "#src/kmeans/kmeans.js";
import { crossCheckKMeans } from "#src/kmeans/second-opinion.js";
import { assignRows } from "#src/methods/assign-rows.js";
import { drawBlobs, shuffleRows } from "../cluster/matrices.js";

/** Rows with weights 0…3, the same rows each as often as it weighs, and some rows as centres. */
function drawWeighted(seed: number) {
  const random = createRandom(seed);
  const columnCount = 1 + (seed % 5);
  const drawn = drawBlobs({ seed, rowCount: 90, columnCount, groups: 3, spread: 1 }).matrix;
  const isCoarse = seed % 2 === 0;
  const values = isCoarse ? drawn.values.map((value) => Math.round(value * 2) / 2) : drawn.values;
  const matrix = { ...drawn, values };
  const caseWeights = Array.from({ length: 90 }, (_, i) => (i < 6 ? 1 : random.below(4)));
  const copies = caseWeights.flatMap((weight, i) => Array<number>(weight).fill(i));
  const clusterCount = 2 + (seed % 4);
  const initialCentres = Array.from({ length: clusterCount }, (_, cluster) => [
    ...matrix.values.subarray(cluster * columnCount, (cluster + 1) * columnCount),
  ]);
  return { matrix, caseWeights, copies, repeated: rowsOf(matrix, copies), clusterCount, initialCentres };
}

test("a row of weight 2 is the row twice: same centres, inertia and iterations from the same centres, bit for bit", () => {
  for (let seed = 0; seed < 60; seed++) {
    const { matrix, caseWeights, copies, repeated, clusterCount, initialCentres } = drawWeighted(seed);
    if (distinct(repeated) < clusterCount) continue;
    for (const maxIterations of [1, 2, 1000]) {
      const options = { clusterCount, seed: 0, initialCentres, maxIterations };
      const weighted = fitKMeans(matrix, { ...options, caseWeights });
      const twice = fitKMeans(repeated, options);
      const { labels, sizes, weights, ...rest } = weighted;
      const { labels: labelsOfCopies, sizes: copiesPerCluster, ...restOfTwice } = twice;
      assert.deepEqual(rest, restOfTwice, `seed ${seed}`);
      assert.deepEqual(weights, copiesPerCluster);
      assert.deepEqual(
        copies.map((row) => labels[row]),
        [...labelsOfCopies],
      );
      assert.equal(
        sizes.reduce((sum, size) => sum + size, 0),
        90,
      );
    }
  }
});

test("from seeds, too, a row of weight 2 comes as low as the row twice, but for single moves of one of two copies", () => {
  for (let seed = 0; seed < 12; seed++) {
    const { matrix, caseWeights, repeated, clusterCount } = drawWeighted(seed);
    const weighted = fitKMeans(matrix, { clusterCount, caseWeights, seed: 4 });
    const twice = fitKMeans(repeated, { clusterCount, seed: 4 });
    assert.ok(
      Math.abs(weighted.inertia / twice.inertia - 1) < 2e-3,
      `seed ${seed}: ${weighted.inertia} ${twice.inertia}`,
    );
  }
});

test("weights of 1 change nothing but that the fit says the weights", () => {
  const { matrix } = drawBlobs({ seed: 3, rowCount: 300, columnCount: 4, groups: 4, spread: 2 });
  const fit = fitKMeans(matrix, { clusterCount: 5, seed: 2 });
  const { weights, ...rest } = fitKMeans(matrix, {
    clusterCount: 5,
    seed: 2,
    caseWeights: new Float64Array(300).fill(1),
  });
  assert.deepEqual(rest, fit);
  assert.deepEqual(weights, fit.sizes);
});

test("weights ten times as large change nothing but the unit of inertia; row order changes nothing at all", () => {
  const { matrix, caseWeights } = drawWeighted(7);
  const options = { clusterCount: 4, seed: 5, starts: 10 };
  const fit = fitKMeans(matrix, { ...options, caseWeights });
  const tenfold = fitKMeans(matrix, { ...options, caseWeights: caseWeights.map((weight) => weight * 10) });
  assert.deepEqual([...tenfold.labels], [...fit.labels]);
  assert.deepEqual(tenfold.centres, fit.centres);
  assert.equal(tenfold.inertia, fit.inertia * 10);
  const { matrix: shuffled, order } = shuffleRows(matrix, 1);
  const again = fitKMeans(shuffled, {
    ...options,
    caseWeights: order.map((row) => caseWeights[row]!),
    threads: 2,
  });
  assert.deepEqual({ ...again, labels: 0 }, { ...fit, labels: 0 });
  assert.deepEqual(
    [...again.labels],
    order.map((row) => fit.labels[row]),
  );
});

test("weights that are not whole are scaled, and the notes say so", () => {
  const matrix = matrixOf({ x: [0, 4, 10, 20] });
  const caseWeights = [0.75, 0.25, 1e-30, 0.5];
  const fit = fitKMeans(matrix, { clusterCount: 2, seed: 1, caseWeights });
  assert.deepEqual([...fit.labels], [0, 0, 0, 1]);
  assert.ok(Math.abs(fit.centres[0]![0]! - 1) < 1e-5);
  assert.ok(Math.abs(fit.inertia - 3) < 1e-5);
  assert.ok(Math.abs(fit.weights![0]! - 1) < 1e-6);
  assert.match(fit.notes.join(), /Case weights were scaled and rounded/);
  const huge = fitKMeans(matrix, { clusterCount: 2, seed: 1, caseWeights: [1e308, 1e308, 1e308, 1e308] });
  assert.deepEqual(huge.sizes, [3, 1]);
});

test("rows of weight 0 get a label and pull nothing; clusters are numbered by weight", () => {
  const matrix = matrixOf({ x: [0, 0.5, 0.25, 9, 9.5, 100] });
  const fit = fitKMeans(matrix, { clusterCount: 2, seed: 1, caseWeights: [1, 1, 0, 3, 3, 0] });
  assert.deepEqual(fit.centres, [[9.25], [0.25]]);
  assert.deepEqual([...fit.labels], [1, 1, 1, 0, 0, 0]);
  assert.deepEqual(fit.sizes, [3, 3]);
  assert.deepEqual(fit.weights, [6, 2]);
  assert.equal(fit.inertia, 0.5);
});

test("column weights are columns multiplied by their root", () => {
  const { matrix } = drawBlobs({ seed: 6, rowCount: 200, columnCount: 3, groups: 3, spread: 2 });
  const columnWeights = [4, 1, 0.25];
  const roots = [2, 1, 0.5];
  const multiplied = { ...matrix, values: matrix.values.map((value, at) => value * roots[at % 3]!) };
  const fit = fitKMeans(matrix, { clusterCount: 4, seed: 1, columnWeights });
  const other = fitKMeans(multiplied, { clusterCount: 4, seed: 1 });
  assert.deepEqual([...fit.labels], [...other.labels]);
  assert.equal(fit.inertia, other.inertia);
  assert.deepEqual(
    fit.centres,
    other.centres.map((centre) => centre.map((value, j) => value / roots[j]!)),
  );
  assert.deepEqual([...assignRows(matrix, fit).labels], [...fit.labels]);
  assert.deepEqual(fit.columnWeights, columnWeights);
  const warm = fitKMeans(matrix, { clusterCount: 4, seed: 1, columnWeights, initialCentres: fit.centres });
  assert.equal(warm.inertia, fit.inertia);
});

test("a column of weight 0 counts for nothing", () => {
  const matrix = matrixOf({ x: [0, 1, 10, 11], noise: [500, -500, 500, -500] });
  const fit = fitKMeans(matrix, { clusterCount: 2, seed: 1, columnWeights: [1, 0] });
  assert.deepEqual(
    [...fit.labels],
    [1, 1, 0, 0].map((label) => label ^ fit.labels[0]! ^ 1),
  );
  assert.equal(fit.inertia, 1);
  assert.deepEqual([...assignRows(matrix, fit).labels], [...fit.labels]);
});

test("ml-kmeans knows no weights, so a fit with weights is not checked against it", () => {
  const matrix = matrixOf({ x: [1, 2, 5] });
  const fit = fitKMeans(matrix, { clusterCount: 2, seed: 1, caseWeights: [1, 2, 1] });
  assert.throws(() => crossCheckKMeans(matrix, fit), {
    name: "InputError",
    message: "crossCheckKMeans: fit must be without weights, got one with weights",
  });
});

function distinct({ values, rowCount, columnCount }: ReturnType<typeof rowsOf>): number {
  return new Set(
    Array.from({ length: rowCount }, (_, i) =>
      values.subarray(i * columnCount, (i + 1) * columnCount).join(),
    ),
  ).size;
}
