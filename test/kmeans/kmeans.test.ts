import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { matrixOf, matrixOfColumns } from "#src/core/matrix.js";
import { fitKMeans, type KMeansFit } from "#src/kmeans/kmeans.js";
import { assignRows } from "#src/methods/assign-rows.js";
import { drawBlobs, readWholesale, shuffleRows } from "../cluster/matrices.js";
import { datasetFile, withoutDataset } from "../datasets.js";

const reference = JSON.parse(readFileSync("test/reference/kmeans.json", "utf8")) as {
  wholesale: { clusterCount: number; inertia: number; sizes: number[] }[];
};
const wholesale = datasetFile("wholesale/wholesale_customers_bom.csv");

test("wholesale: inertia and sizes equal the best of 5,000 scikit-learn starts", {
  skip: wholesale === undefined && withoutDataset,
}, () => {
  const matrix = readWholesale(wholesale!);
  for (const { clusterCount, inertia, sizes } of reference.wholesale) {
    const fit = fitKMeans(matrix, { clusterCount, seed: 1, starts: 400 });
    assert.ok(Math.abs(fit.inertia - inertia) < 1e-4, `${clusterCount}: ${fit.inertia} against ${inertia}`);
    assert.deepEqual(fit.sizes, sizes);
    assert.ok(fit.converged);
  }
});

test("four steps of arithmetic by hand: 0, 1 against 10, 11, 12", () => {
  // Means 0.5 and 11; squared distances 0.25 + 0.25 and 1 + 0 + 1.
  const fit = fitKMeans(matrixOf({ x: [0, 10, 1, 12, 11] }), { clusterCount: 2, seed: 1 });
  assert.deepEqual([...fit.labels], [1, 0, 1, 0, 0]);
  assert.deepEqual(fit.centres, [[11], [0.5]]);
  assert.deepEqual(fit.sizes, [3, 2]);
  assert.equal(fit.inertia, 2.5);
  assert.equal(fit.hitRate, 1);
  assert.deepEqual(fit.notes, []);
});

test("shuffled rows have the same labels, centres and inertia, bit for bit", () => {
  const { matrix } = drawBlobs({ seed: 4, rowCount: 700, columnCount: 5, groups: 4, spread: 1 });
  const fit = fitKMeans(matrix, { clusterCount: 6, seed: 9, starts: 8 });
  for (const seed of [1, 2, 3]) {
    const shuffled = shuffleRows(matrix, seed);
    const again = fitKMeans(shuffled.matrix, { clusterCount: 6, seed: 9, starts: 8 });
    assert.deepEqual(
      [...again.labels],
      shuffled.order.map((row) => fit.labels[row]),
    );
    assert.deepEqual({ ...again, labels: 0 }, { ...fit, labels: 0 });
  }
});

test("one, two and three threads give the same fit, whether starts or rows are shared out", () => {
  const { matrix } = drawBlobs({ seed: 5, rowCount: 30_000, columnCount: 6, groups: 5, spread: 0.7 });
  const initialCentres = [0, 1, 2, 3, 4, 5, 6].map((row) => [
    ...matrix.values.subarray(row * 6, row * 6 + 6),
  ]);
  for (const options of [{ starts: 6 }, { starts: 1 }, { initialCentres }]) {
    const fits = [1, 2, 3].map((threads) =>
      fitKMeans(matrix, { clusterCount: 7, seed: 2, threads, ...options }),
    );
    assert.deepEqual(fits[1], fits[0]);
    assert.deepEqual(fits[2], fits[0]);
  }
});

test("the same seed gives the same fit; the matrix stays as it was", () => {
  const { matrix } = drawBlobs({ seed: 6, rowCount: 200, columnCount: 3, groups: 3, spread: 2 });
  const before = matrix.values.slice();
  const fit = fitKMeans(Object.freeze(matrix), Object.freeze({ clusterCount: 3, seed: 3 }));
  assert.deepEqual(fitKMeans(matrix, { clusterCount: 3, seed: 3 }), fit);
  assert.deepEqual(matrix.values, before);
});

test("clusters are numbered by size and rows keep to assignRows, ties to the lowest number", () => {
  const checkFit = (fit: KMeansFit, matrix: ReturnType<typeof matrixOf>) => {
    assert.deepEqual([...fit.labels], [...assignRows(matrix, fit.centres).labels]);
    assert.deepEqual(
      fit.sizes,
      [...fit.sizes].sort((a, b) => b - a),
    );
    assert.deepEqual(
      fit.sizes,
      fit.centres.map((_, cluster) => fit.labels.filter((label) => label === cluster).length),
    );
    assert.equal(
      fit.sizes.reduce((sum, size) => sum + size, 0),
      matrix.rowCount,
    );
  };
  for (let seed = 0; seed < 30; seed++) {
    const { matrix } = drawBlobs({ seed, rowCount: 60, columnCount: 1 + (seed % 3), groups: 2, spread: 1 });
    const coarse = { ...matrix, values: matrix.values.map((value) => Math.round(value * 2) / 2) };
    checkFit(fitKMeans(coarse, { clusterCount: 2 + (seed % 2), seed, starts: 3 }), coarse);
  }
});

test("one cluster, as many clusters as rows, duplicates and one column are fine", () => {
  const matrix = matrixOf({ x: [3, 1, 2, 5] });
  assert.deepEqual(fitKMeans(matrix, { clusterCount: 1, seed: 1 }).centres, [[2.75]]);
  const each = fitKMeans(matrix, { clusterCount: 4, seed: 1 });
  assert.deepEqual(each.centres, [[1], [2], [3], [5]]);
  assert.equal(each.inertia, 0);
  const twice = fitKMeans(matrixOf({ x: [1, 1, 1, 4, 4, 1] }), { clusterCount: 2, seed: 1 });
  assert.deepEqual(twice.sizes, [4, 2]);
});

test("values that are on no lattice are rounded, and the notes say so", () => {
  const fit = fitKMeans(matrixOf({ x: [0.1, 0.2, 1e6, 1e6 + 0.3] }), { clusterCount: 2, seed: 1 });
  assert.deepEqual([...fit.labels], [0, 0, 1, 1]);
  assert.match(fit.notes[0]!, /^Values were rounded to multiples of 0\.0625, so that distances are exact\.$/);
  assert.ok(Math.abs(fit.centres[1]![0]! - 1_000_000.15) < 0.1);
});

test("more than 32 columns take a coarser lattice", () => {
  const columns = Array.from({ length: 100 }, (_, j) => [8, -8, 8, -8 + j / 1024]);
  const names = columns.map((_, j) => `x${j}`);
  const fit = fitKMeans(matrixOfColumns(names, columns), { clusterCount: 2, seed: 1 });
  assert.deepEqual([...fit.labels], [1, 0, 1, 0]);
});

test("a limit of iterations that was reached is said, not thrown", () => {
  const { matrix } = drawBlobs({ seed: 7, rowCount: 500, columnCount: 2, groups: 1, spread: 1 });
  const initialCentres = [
    [-3, -3],
    [-2.9, -3],
    [-2.8, -3],
  ];
  const fit = fitKMeans(matrix, { clusterCount: 3, seed: 1, maxIterations: 1, initialCentres });
  assert.equal(fit.converged, false);
  assert.match(fit.notes.join(" "), /stopped after 1 iterations/);
  assert.deepEqual([...fit.labels], [...assignRows(matrix, fit.centres).labels]);
});

test("wrong input is refused in one sentence", () => {
  const matrix = matrixOf({ x: [1, 1, 2], y: [1, 1, 2] });
  const cases: [() => unknown, string][] = [
    [
      () => fitKMeans(matrix, { clusterCount: 3, seed: 1 }),
      "fitKMeans: clusterCount must be a whole number from 1 to 2 (the number of different rows), got 3",
    ],
    [
      () => fitKMeans(matrix, { clusterCount: 4, seed: 1 }),
      "fitKMeans: clusterCount must be a whole number from 1 to 3 (the row count), got 4",
    ],
    [
      () => fitKMeans(matrix, { clusterCount: 1.5, seed: 1 }),
      "fitKMeans: clusterCount must be a whole number from 1 to 3 (the row count), got 1.5",
    ],
    [
      () => fitKMeans(matrix, { clusterCount: 2, seed: -1 }),
      "fitKMeans: seed must be a whole number of at least 0, got -1",
    ],
    [
      () => fitKMeans(matrix, { clusterCount: 2, seed: 1, threads: 0 }),
      "fitKMeans: threads must be a whole number from 1 to 256, got 0",
    ],
    [
      () => fitKMeans(matrixOf({ x: [1, Number.NaN] }), { clusterCount: 1, seed: 1 }),
      'fitKMeans: matrix must be finite, got NaN at row 1, column "x" (1 such cells)',
    ],
    [
      () => fitKMeans(matrixOf({ x: [] }), { clusterCount: 1, seed: 1 }),
      "fitKMeans: matrix must have at least one row, got none",
    ],
    [
      () => fitKMeans(matrix, { clusterCount: 2, seed: 1, initialCentres: [[1, 1]] }),
      "fitKMeans: initialCentres must be 2 centres of 2 finite values, got 1 centres",
    ],
    [
      () => fitKMeans(matrix, { clusterCount: 1, seed: 1, initialCentres: [[1, Number.NaN]] }),
      "fitKMeans: initialCentres must be 1 centres of 2 finite values, got NaN at centre 0",
    ],
  ];
  for (const [run, message] of cases) assert.throws(run, { name: "InputError", message });
});
