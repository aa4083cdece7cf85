import assert from "node:assert/strict";
import { test } from "node:test";
import { type MixedTable, mixedTableOf } from "#src/cluster/mixed-table.js";
import { fitKPrototypes } from "#src/distances/kprototypes.js";
import { fitKMeans } from "#src/kmeans/kmeans.js";
import { assignRows } from "#src/methods/assign-rows.js";
import { drawBlobs } from "../cluster/matrices.js";
import { drawMixed } from "../cluster/mixed-tables.js";
import { referenceTable } from "../cluster/reference-tables.js";
import { withoutDataset } from "../datasets.js";
import { referenceNumbers } from "../reference-numbers.js";

interface Reference {
  readonly answers: readonly (readonly number[])[];
  readonly cases: readonly {
    readonly data: string;
    readonly gamma: number;
    readonly clusterCount: number;
    readonly objective: number;
  }[];
}

const reference = referenceNumbers<Reference>("kprototypes");

function tableOf(data: string): MixedTable | undefined {
  if (data !== "answers") return referenceTable(data, { words: true });
  const columns = reference.answers[0]!.map((_, j) => [
    `q${j}`,
    reference.answers.map((row) => String(row[j])),
  ]);
  return mixedTableOf(Object.fromEntries(columns));
}

for (const { data, gamma, clusterCount, objective } of reference.cases) {
  const table = tableOf(data);
  test(`${data}, gamma ${gamma}, ${clusterCount} prototypes: not worse than the kmodes package's best`, {
    skip: table === undefined && withoutDataset,
  }, () => {
    const fit = fitKPrototypes(table!, {
      clusterCount,
      gamma,
      seed: 1,
      starts: data === "answers" ? 300 : 60,
    });
    // The wholesale rows are rounded to a lattice here.
    assert.ok(fit.objective <= objective * (1 + 1e-6), `${fit.objective} against ${objective}`);
  });
}

test("worked by hand: means 1 and 11, words a and b, one word out of place", () => {
  // {0, 2, 1} with a, a, b: 1 + 1 + 0, one other word. {10, 12} with b, b: 1 + 1. Gamma 3: 4 + 3 · 1.
  const table = mixedTableOf({ x: [0, 2, 1, 10, 12], word: ["a", "a", "b", "b", "b"] });
  const fit = fitKPrototypes(table, { clusterCount: 2, seed: 1, gamma: 3 });
  assert.deepEqual([fit.numericLoss, fit.categoryLoss, fit.objective], [4, 3, 7]);
  assert.deepEqual([...fit.prototypes.numbers.values], [1, 11]);
  assert.deepEqual([...fit.prototypes.categories[0]!.codes], [0, 1]);
  assert.deepEqual(fit.notes[0], "Gamma is 3, as given; words make 43 % of the loss.");
});

test("gamma not given is mean variance by mean heterogeneity", () => {
  // Variance of 0, 2, 4 (n − 1) is 4; shares 2/3 and 1/3: 1 − 5/9. 4 / (4/9) = 9.
  const fit = fitKPrototypes(mixedTableOf({ x: [0, 2, 4], word: ["a", "a", "b"] }), {
    clusterCount: 1,
    seed: 1,
  });
  assert.ok(Math.abs(fit.gamma - 9) < 1e-12);
});

test("numbers alone give k-means' objective or a lower one, words alone count other words", () => {
  const { matrix } = drawBlobs({ seed: 3, rowCount: 200, columnCount: 3, groups: 4, spread: 1.5 });
  const options = { clusterCount: 4, seed: 1, starts: 50 };
  const difference = fitKPrototypes(matrix, options).objective - fitKMeans(matrix, options).inertia;
  assert.ok(difference < 1e-6);
  const words = mixedTableOf({ p: ["a", "a", "b", "b"], q: ["u", "v", "w", "w"] });
  assert.equal(fitKPrototypes(words, { clusterCount: 2, seed: 1 }).objective, 1);
});

test("no move of a single row, with means and words following, lowers the objective", () => {
  const { table } = drawMixed({ seed: 5, rowCount: 40, numbers: 2, words: 2, groups: 3 });
  const fit = fitKPrototypes(table, { clusterCount: 3, seed: 1, starts: 1 });
  for (let row = 0; row < 40; row++)
    for (let cluster = 0; cluster < 3; cluster++) {
      const labels = fit.labels.map((label, i) => (i === row ? cluster : label));
      assert.ok(lossOf(table, labels, fit.gamma) >= fit.objective - 1e-9);
    }
});

function lossOf(table: MixedTable, labels: Int32Array, gamma: number): number {
  let loss = 0;
  for (let cluster = 0; cluster < 3; cluster++) {
    const rows = [...labels.keys()].filter((row) => labels[row] === cluster);
    for (let j = 0; j < table.numbers.columnCount; j++) {
      const values = rows.map((row) => table.numbers.values[row * table.numbers.columnCount + j]!);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      for (const value of values) loss += (value - mean) ** 2;
    }
    for (const { codes } of table.categories) {
      const counts = [0, 1, 2].map((code) => rows.filter((row) => codes[row] === code).length);
      loss += gamma * (rows.length - Math.max(...counts));
    }
  }
  return loss;
}

test("words that all clusters share are said to tell nothing; unseen words equal none", () => {
  const words = ["a", "a", "b", "a", "a", "b"];
  const table = mixedTableOf({ x: [0, 1, 2, 100, 101, 102], word: words });
  const fit = fitKPrototypes(table, { clusterCount: 2, seed: 1, gamma: 1 });
  assert.match(fit.notes.join(" "), /the same most frequent words: the words do not tell them apart/);
  const later = assignRows(mixedTableOf({ x: [90], word: ["z"] }), fit);
  assert.equal(later.labels[0], fit.labels[3]);
  assert.ok(Math.abs(later.distances[0]! - Math.sqrt(11 ** 2 + 1)) < 1e-12);
});

test("gamma must be above 0 and a limit that was reached is said", () => {
  const { table } = drawMixed({ seed: 5, rowCount: 200, numbers: 2, words: 2, groups: 3 });
  for (const gamma of [0, -1, Number.NaN])
    assert.throws(() => fitKPrototypes(table, { clusterCount: 2, seed: 1, gamma }), {
      name: "InputError",
      message: /^fitKPrototypes: gamma must be a .*number.*, got /,
    });
  const fit = fitKPrototypes(table, { clusterCount: 5, seed: 1, starts: 1, maxIterations: 1 });
  assert.equal(fit.converged, false);
  assert.match(fit.notes.join(" "), /stopped after 1 iterations/);
});
