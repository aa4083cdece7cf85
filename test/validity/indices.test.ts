import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { matrixOf, matrixOfColumns } from "#src/core/matrix.js";
import { adjustedRandIndex } from "#src/validity/adjusted-rand.js";
import { dunnIndex } from "#src/validity/dunn-index.js";
import { calinskiHarabasz, daviesBouldin } from "#src/validity/internal-indices.js";
import { meanSilhouette, silhouetteSamples } from "#src/validity/silhouette.js";
import { drawBlobs } from "../cluster/matrices.js";

interface Case {
  readonly rows: number[][];
  readonly labels: number[];
  readonly otherLabels: number[];
  readonly silhouettes: number[];
  readonly calinskiHarabasz: number;
  readonly daviesBouldin: number;
  readonly adjustedRand: number;
}

const { cases } = JSON.parse(readFileSync("test/reference/indices.json", "utf8")) as { cases: Case[] };

function closeTo(actual: number, expected: number, tolerance: number): void {
  assert.ok(
    Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${actual} against ${expected}`,
  );
}

function toMatrix(rows: number[][]) {
  const names = rows[0]!.map((_, j) => `x${j}`);
  return matrixOfColumns(
    names,
    names.map((_, j) => rows.map((row) => row[j]!)),
  );
}

test("silhouettes, Calinski–Harabasz, Davies–Bouldin and adjusted Rand equal scikit-learn's", () => {
  for (const expected of cases) {
    const matrix = toMatrix(expected.rows);
    const samples = silhouetteSamples(matrix, expected.labels);
    for (const [i, value] of samples.entries()) closeTo(value, expected.silhouettes[i]!, 1e-12);
    const mean = meanSilhouette(matrix, expected.labels, { seed: 1 });
    closeTo(mean.value, expected.silhouettes.reduce((sum, value) => sum + value, 0) / samples.length, 1e-12);
    assert.deepEqual([mean.exact, mean.standardError], [true, 0]);
    closeTo(calinskiHarabasz(matrix, expected.labels), expected.calinskiHarabasz, 1e-12);
    closeTo(daviesBouldin(matrix, expected.labels), expected.daviesBouldin, 1e-12);
    closeTo(adjustedRandIndex(expected.labels, expected.otherLabels), expected.adjustedRand, 1e-12);
  }
});

test("a silhouette by hand: 0, 1 against 10, 11", () => {
  // Row 0: a = 1, b = 10.5: 9.5 / 10.5. Row 1: a = 1, b = 9.5: 8.5 / 9.5. The others mirror them.
  const samples = silhouetteSamples(matrixOf({ x: [0, 1, 10, 11] }), [0, 0, 1, 1]);
  assert.deepEqual([...samples], [9.5 / 10.5, 8.5 / 9.5, 8.5 / 9.5, 9.5 / 10.5]);
});

test("a row alone in its cluster has silhouette 0; rows labelled −1 are left out of everything", () => {
  const matrix = matrixOf({ x: [0, 1, 10, 500] });
  assert.equal(silhouetteSamples(matrix, [0, 0, 1, -1])[2], 0);
  assert.ok(Number.isNaN(silhouetteSamples(matrix, [0, 0, 1, -1])[3]));
  const without = matrixOf({ x: [0, 1, 10] });
  assert.equal(daviesBouldin(matrix, [0, 0, 1, -1]), daviesBouldin(without, [0, 0, 1]));
  assert.equal(calinskiHarabasz(matrix, [0, 0, 1, -1]), calinskiHarabasz(without, [0, 0, 1]));
  assert.equal(adjustedRandIndex([0, 0, 1, -1], [1, 1, 0, 0]), 1);
});

test("Dunn's index is the closest pair between clusters over the widest within: 9 / 2", () => {
  assert.equal(dunnIndex(matrixOf({ x: [0, 1, 10, 12] }), [0, 0, 1, 1]), 4.5);
  assert.equal(dunnIndex(matrixOf({ x: [0, 10] }), [0, 1]), Infinity);
});

test("a sampled silhouette is within three of its standard errors of the exact one", () => {
  const { matrix, groups } = drawBlobs({ seed: 2, rowCount: 2000, columnCount: 3, groups: 3, spread: 2 });
  const exact = meanSilhouette(matrix, groups, { seed: 1 }).value;
  let standardised = 0;
  for (let seed = 0; seed < 20; seed++) {
    const estimate = meanSilhouette(matrix, groups, { seed, sample: 150 });
    assert.deepEqual([estimate.exact, estimate.rowsUsed], [false, 150]);
    assert.ok(Math.abs(estimate.value - exact) < 3 * estimate.standardError);
    standardised += ((estimate.value - exact) / estimate.standardError) ** 2 / 20;
  }
  assert.ok(standardised > 0.3 && standardised < 2, `mean square ${standardised} must be near 1`);
});

test("the adjusted Rand index does not care about numbering and is near 0 for unrelated groupings", () => {
  assert.equal(adjustedRandIndex([0, 0, 1, 2], [5, 5, 9, 1]), 1);
  assert.equal(adjustedRandIndex([0, 0, 0], [1, 1, 1]), 1);
  const { groups } = drawBlobs({ seed: 3, rowCount: 5000, columnCount: 1, groups: 4, spread: 1 });
  const other = drawBlobs({ seed: 4, rowCount: 5000, columnCount: 1, groups: 3, spread: 1 }).groups;
  assert.ok(Math.abs(adjustedRandIndex(groups, other)) < 0.005);
});

test("labels that no index can use are refused", () => {
  const matrix = matrixOf({ x: [1, 2, 3] });
  const wrong: [ArrayLike<number>, string][] = [
    [[0, 0], "calinskiHarabasz: labels must have 3 values (one per row of matrix), got 2"],
    [[0, 0, 0], "calinskiHarabasz: labels must name at least 2 clusters, got 1"],
    [[0, 0, 2], "calinskiHarabasz: labels must use every number from 0, got none of 1"],
    [[0, 0.5, 1], "calinskiHarabasz: labels must be whole numbers from −1 to 2, got 0.5 at row 1"],
    [[0, -1, -1], "calinskiHarabasz: labels must name at least 2 clusters, got 1"],
  ];
  for (const [labels, message] of wrong)
    assert.throws(() => calinskiHarabasz(matrix, labels), { name: "InputError", message });
  assert.throws(() => adjustedRandIndex([0], [0]), {
    message: "adjustedRandIndex: labelsA must have at least 2 labelled rows, got 1",
  });
});
