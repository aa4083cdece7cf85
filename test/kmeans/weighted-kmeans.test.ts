import assert from "node:assert/strict";
import { test } from "node:test";
import type { Matrix } from "#src/core/matrix.js";
import { createRandom } from "#src/core/random.js";
import { fitKMeans } from "#src/kmeans/kmeans.js";
import { fitWeightedKMeans } from "#src/kmeans/weighted-kmeans.js";
import { assignRows } from "#src/methods/assign-rows.js";
import { adjustedRandIndex } from "#src/validity/adjusted-rand.js";
import { referenceNumbers } from "../reference-numbers.js";

interface Reference {
  readonly square: readonly (readonly number[])[];
  readonly best: readonly { data: string; route: string; clusterCount: number; objective: number }[];
}

const reference = referenceNumbers<Reference>("column-weighted");

function toMatrix(rows: readonly (readonly number[])[]): Matrix {
  const columns = rows[0]!.map((_, j) => `x${j}`);
  return {
    rowCount: rows.length,
    columnCount: columns.length,
    columns,
    values: Float64Array.from(rows.flat()),
  };
}

/** Four groups 4 standard deviations apart in two of six columns. */
function drawSquare(seed: number, rowCount: number) {
  const random = createRandom(seed);
  const groups = Array.from({ length: rowCount }, () => random.below(4));
  const rows = groups.map((group) =>
    [4 * (group % 2), 4 * Math.floor(group / 2), 0, 0, 0, 0].map((middle) => middle + random.normal()),
  );
  return { groups, matrix: toMatrix(rows) };
}

test("in their own units, 500 starts come as low as the best of NumPy's 200", () => {
  const best = reference.best.filter(({ data, route }) => data === "square" && route === "weighted");
  for (const { clusterCount, objective } of best) {
    const fit = fitWeightedKMeans(toMatrix(reference.square), { clusterCount, seed: 1, starts: 500 });
    assert.ok(fit.objective <= objective + 1e-5, `${clusterCount}: ${fit.objective}, ${objective}`);
  }
});

test("groups in two of six columns are found by weight where plain k-means is led by the others", () => {
  const { groups, matrix } = drawSquare(3, 600);
  // The columns with groups spread wide, so z-scores shrink them.
  const scaled = { ...matrix, values: matrix.values.map((value, at) => (at % 6 < 2 ? value / 2.2 : value)) };
  const weighted = fitWeightedKMeans(scaled, { clusterCount: 4, seed: 1 });
  const plain = fitKMeans(scaled, { clusterCount: 4, seed: 1 });
  const agreement = adjustedRandIndex(weighted.labels, groups);
  assert.ok(agreement > 0.85, `${agreement}`);
  assert.ok(adjustedRandIndex(plain.labels, groups) < agreement - 0.2);
  const [first, second, ...others] = weighted.columnWeights;
  assert.ok(Math.min(first!, second!) > 3 * Math.max(...others));
});

test("units do not matter: a column in other units gives the same clusters and objective, its weight by their square", () => {
  const { matrix } = drawSquare(4, 300);
  const fit = fitWeightedKMeans(matrix, { clusterCount: 4, seed: 2, starts: 30 });
  const values = matrix.values.map((value, at) => (at % 6 === 0 ? value * 1024 : value));
  const again = fitWeightedKMeans({ ...matrix, values }, { clusterCount: 4, seed: 2, starts: 30 });
  assert.ok(adjustedRandIndex(fit.labels, again.labels) > 0.97);
  assert.ok(Math.abs(fit.objective - again.objective) < 1e-3);
  assert.ok(Math.abs(again.columnWeights[0]! / (fit.columnWeights[0]! / 2 ** 20) - 1) < 0.02);
});

test("labels are those of the nearest centre over columns times the root of their weight, and do not depend on threads", () => {
  const { matrix } = drawSquare(5, 3000);
  const options = { clusterCount: 4, seed: 1, starts: 12 };
  const fit = fitWeightedKMeans(matrix, { ...options, threads: 1 });
  assert.deepEqual(fitWeightedKMeans(matrix, { ...options, threads: 3 }), fit);
  assert.deepEqual(assignRows(matrix, fit).labels, fit.labels);
  const roots = fit.columnWeights.map(Math.sqrt);
  const times = (row: readonly number[]) => row.map((value, j) => value * roots[j]!);
  const weighed = { ...matrix, values: matrix.values.map((value, at) => value * roots[at % 6]!) };
  assert.deepEqual(assignRows(weighed, fit.centres.map(times)).labels, fit.labels);
  assert.ok(fit.converged && fit.hitRate > 0 && fit.hitRate <= 1);
});

test("a column of many zeros keeps its weight, and the notes name it", () => {
  const { matrix } = drawSquare(6, 400);
  const values = matrix.values.map((value, at) => (at % 6 === 2 && value < 0 ? 0 : value));
  const fit = fitWeightedKMeans({ ...matrix, values }, { clusterCount: 3, seed: 1, starts: 12 });
  const zeros = Array.from({ length: 400 }, (_, i) => values[i * 6 + 2]!);
  const mean = zeros.reduce((sum, value) => sum + value, 0) / 400;
  const variance = zeros.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 399;
  assert.ok(Math.abs(fit.columnWeights[2]! * variance - 1) < 1e-5);
  assert.ok(fit.notes.includes('Weight 1 was kept for "x2": one value is held by 5 % of the rows or more.'));
});

test("of many rows the starts run on a sample, the notes say so, and every row gets the label of its nearest centre", () => {
  const { groups, matrix } = drawSquare(7, 20_000);
  const fit = fitWeightedKMeans(matrix, { clusterCount: 4, seed: 1, starts: 6 });
  assert.ok(fit.notes.some((note) => note.startsWith("Starts were compared on 16384 of 20000 rows")));
  assert.ok(adjustedRandIndex(fit.labels, groups) > 0.85);
  assert.deepEqual(assignRows(matrix, fit).labels, fit.labels);
});
