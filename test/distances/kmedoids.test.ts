import assert from "node:assert/strict";
import { test } from "node:test";
import { mixedTableOf, rowsOfTable } from "#src/cluster/mixed-table.js";
import type { DistanceName } from "#src/cluster/row-distance.js";
import { columnOf, matrixOf } from "#src/core/matrix.js";
import { createRandom } from "#src/core/random.js";
import { fitKMedoids } from "#src/distances/kmedoids.js";
import { assignRows } from "#src/methods/assign-rows.js";
import { drawBlobs } from "../cluster/matrices.js";
import { referenceTable } from "../cluster/reference-tables.js";
import { withoutDataset } from "../datasets.js";
import { referenceNumbers } from "../reference-numbers.js";

interface Reference {
  readonly cases: readonly {
    readonly data: string;
    readonly distance: DistanceName;
    readonly clusterCount: number;
    readonly objective: number;
  }[];
}

const pam = referenceNumbers<Reference>("kmedoids-r").cases;
for (const { data, distance, clusterCount, objective } of referenceNumbers<Reference>("kmedoids").cases) {
  if (data === "wholesale" && ![2, 3, 4, 6].includes(clusterCount)) continue;
  const table = referenceTable(data, { words: distance === "gower" });
  test(`${data}, ${distance}, ${clusterCount} medoids: not worse than kmedoids' best of 1,000 starts, nor than R's pam`, {
    skip: table === undefined && withoutDataset,
  }, () => {
    const fromR = pam.find(
      (one) => one.data === data && one.distance === distance && one.clusterCount === clusterCount,
    )!.objective;
    const fit = fitKMedoids(table!, {
      clusterCount,
      distance,
      seed: 1,
      starts: data === "wholesale" ? 120 : 40,
    });
    // The wholesale rows are rounded to a lattice here, which moves each distance by less than a millionth.
    assert.ok(
      fit.objective <= Math.min(objective, fromR) * (1 + 1e-6),
      `${fit.objective} against ${objective} and ${fromR}`,
    );
  });
}

test("worked by hand: medoids 1 and 11 of 0, 1, 2, 10, 11, 12, 15", () => {
  // |0−1| + |2−1| = 2; |10−11| + |12−11| + |15−11| = 6 (medoid 12: 2 + 1 + 3 = 6 too).
  const fit = fitKMedoids(matrixOf({ x: [0, 1, 2, 10, 11, 12, 15] }), { clusterCount: 2, seed: 1 });
  assert.equal(fit.objective, 8);
  assert.deepEqual([...fit.labels], [1, 1, 1, 0, 0, 0, 0]);
  assert.equal(fit.medoids[1], 1);
});

test("gower by hand: a third for half the range, nothing, and another word", () => {
  // Columns: 0…10 (5 is half the range), a constant, a word. Row 1 from row 0: (0.5 + 0 + 1) / 3.
  const table = mixedTableOf({ x: [0, 5, 10], same: [4, 4, 4], word: ["a", "b", "a"] });
  const fit = fitKMedoids(table, { clusterCount: 1, seed: 1 });
  // Row 0 has 0.5 and 1/3, row 1 has 0.5 and 0.5, row 2 has 0.5 and 1/3: rows 0 and 2 tie at 5/6.
  assert.ok(Math.abs(fit.objective - 5 / 6) < 1e-15);
  assert.deepEqual(fit.measure, { distance: "gower", ranges: [10, 0] });
});

test("no swap of a medoid for another row lowers the objective", () => {
  const { matrix } = drawBlobs({ seed: 3, rowCount: 60, columnCount: 2, groups: 3, spread: 2 });
  const fit = fitKMedoids(matrix, { clusterCount: 3, seed: 1, starts: 1 });
  const lossOf = (medoids: readonly number[]) => {
    const centres = medoids.map((row) => [0, 1].map((j) => columnOf(matrix, j)[row]!));
    return assignRows(matrix, centres).distances.reduce((sum, distance) => sum + distance, 0);
  };
  assert.ok(Math.abs(lossOf(fit.medoids) - fit.objective) < 1e-9);
  for (let place = 0; place < 3; place++)
    for (let row = 0; row < 60; row++)
      assert.ok(
        lossOf(fit.medoids.map((medoid, at) => (at === place ? row : medoid))) >= fit.objective - 1e-9,
      );
});

test("a word seen only at assignment equals none; other columns are refused", () => {
  const table = mixedTableOf({ x: [0, 0.1, 5, 5.1], word: ["a", "a", "b", "b"] });
  const fit = fitKMedoids(table, { clusterCount: 2, seed: 1 });
  const later = assignRows(mixedTableOf({ x: [5, 0], word: ["c", "c"] }), fit);
  assert.deepEqual([...later.labels], [fit.labels[2], fit.labels[0]]);
  assert.throws(() => assignRows(mixedTableOf({ x: [5], colour: ["c"] }), fit), {
    name: "InputError",
    message:
      'assignRows: table must have the 1 numeric and 1 category columns of the fit in its order, got 1 and 1 with "colour" for "word"',
  });
});

test("above 5,000 rows samples are searched, said so, and come close to all rows' own groups", () => {
  const { matrix, groups } = drawBlobs({ seed: 8, rowCount: 6000, columnCount: 3, groups: 3, spread: 9 });
  const fit = fitKMedoids(matrix, { clusterCount: 3, seed: 1, starts: 5, sampleSize: 300 });
  assert.match(
    fit.notes[0]!,
    /^Medoids were looked for in 5 samples of 300 of 6000 rows, from the best on in one of 5000; the objective is over all rows\.$/,
  );
  const of = (group: number) => new Set([...fit.labels].filter((_, i) => groups[i] === group));
  assert.deepEqual([of(0).size, of(1).size, of(2).size], [1, 1, 1]);
  const shifted = { ...matrix, values: matrix.values.map((value, at) => (at < 17_990 ? 0 : value)) };
  const rare = fitKMedoids(shifted, { clusterCount: 4, seed: 1, starts: 2, sampleSize: 50 });
  assert.equal(rare.sizes.at(-1)! > 0, true);
});

test("a limit of rounds that was reached is said, not thrown", () => {
  const { matrix } = drawBlobs({ seed: 9, rowCount: 200, columnCount: 4, groups: 5, spread: 1 });
  const fit = fitKMedoids(matrix, { clusterCount: 5, seed: 2, starts: 1, maxIterations: 1 });
  assert.equal(fit.converged, false);
  assert.match(fit.notes.join(), /was stopped while swaps still lowered the objective/);
});

test("wrong input is refused in one sentence", () => {
  const table = mixedTableOf({ x: [1, 2, 3], word: ["a", null, "b"] });
  const cases: [() => unknown, string][] = [
    [
      () => fitKMedoids(rowsOfTable(table, [0, 2]), { clusterCount: 2, seed: 1, distance: "manhattan" }),
      'fitKMedoids: distance must be gower for a table with words, got "manhattan"',
    ],
    [
      () => fitKMedoids(table.numbers, { clusterCount: 2, seed: 1, distance: "euclidan" as never }),
      'fitKMedoids: distance must be one of euclidean, manhattan, gower, got "euclidan". Did you mean "euclidean"?',
    ],
    [
      () => fitKMedoids(table.numbers, { clusterCount: 2, seed: 1, sampleSize: 9000 }),
      "fitKMedoids: sampleSize must be a whole number from 2 to 5000, got 9000",
    ],
  ];
  for (const [run, message] of cases) assert.throws(run, { name: "InputError", message });
});

test("rows that are random words alone still make clusters under gower", () => {
  const random = createRandom(4);
  const word = () => Array.from({ length: 40 }, () => "abc"[random.below(3)]!);
  const fit = fitKMedoids(mixedTableOf({ p: word(), q: word() }), { clusterCount: 3, seed: 1 });
  assert.equal(fit.sizes.length, 3);
});
