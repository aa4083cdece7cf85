import assert from "node:assert/strict";
import { test } from "node:test";
import { mixedTableOf } from "#src/cluster/mixed-table.js";
import { allDistances, fitMeasure } from "#src/cluster/row-distance.js";
import { matrixOf } from "#src/core/matrix.js";
import { cutTree } from "#src/distances/cut-tree.js";
import { fitHierarchical } from "#src/distances/hierarchical.js";
import { fitKMedoids } from "#src/distances/kmedoids.js";
import { assignRows } from "#src/methods/assign-rows.js";
import { shuffleTable } from "../cluster/mixed-tables.js";
import { referenceNumbers } from "../reference-numbers.js";

interface Reference {
  readonly table: Readonly<Record<string, readonly (number | string | null)[]>>;
  /** Row 1 with all later rows, row 2 with all later rows, … */
  readonly distances: readonly number[];
  readonly trees: readonly {
    readonly linkage: "average" | "complete" | "single";
    readonly heights: readonly number[];
    readonly sizes: readonly (readonly number[])[];
  }[];
  readonly medoids: readonly { readonly clusterCount: number; readonly objective: number }[];
}

const reference = referenceNumbers<Reference>("gower");
const air = mixedTableOf(reference.table);

test("distances over missing numbers and words equal those of R's daisy to 1e-15", () => {
  const all = allDistances(air, fitMeasure("gower", air));
  let at = 0;
  for (let a = 0; a < air.rowCount; a++)
    for (let b = a + 1; b < air.rowCount; b++) {
      assert.ok(Math.abs(all[a * air.rowCount + b]! - reference.distances[at++]!) < 1e-15);
      assert.equal(all[b * air.rowCount + a], all[a * air.rowCount + b]);
    }
  assert.equal(at, reference.distances.length);
});

test("trees over them have the heights and sizes of R's hclust, medoids no more loss than R's pam", () => {
  for (const { linkage, heights, sizes } of reference.trees) {
    const tree = fitHierarchical(air, { linkage });
    heights.forEach((height, step) => {
      assert.ok(Math.abs(tree.heights[step]! - height) < 1e-12, `${linkage}, merge ${step}`);
    });
    for (const of of sizes)
      assert.deepEqual([...cutTree(tree, { clusterCount: of.length }).sizes], of, linkage);
  }
  for (const { clusterCount, objective } of reference.medoids)
    assert.ok(fitKMedoids(air, { clusterCount, seed: 1 }).objective <= objective + 1e-9);
});

test("rows that lack values are assigned to their own cluster again, in any order", () => {
  const fit = fitKMedoids(air, { clusterCount: 4, seed: 1 });
  assert.deepEqual([...assignRows(air, fit).labels], [...fit.labels]);
  const { table, order } = shuffleTable(air, 3);
  const again = fitKMedoids(table, { clusterCount: 4, seed: 1 });
  assert.deepEqual(
    [...again.labels],
    order.map((row) => fit.labels[row]),
  );
  assert.equal(again.objective, fit.objective);
});

test("rows without a common column are named; a new row too, against the cluster's prototype", () => {
  const { NaN: gap } = Number;
  const apart = mixedTableOf({ x: [1, 2, gap, 4], y: [1, gap, gap, 4], word: ["a", "b", "a", null] });
  const message = (caller: string, row: number, other: number) =>
    `${caller}: table must have rows that share a column without missing values with every other, got none at row ${row} with row ${other}`;
  for (const [run, text] of [
    [() => fitKMedoids(apart, { clusterCount: 2, seed: 1 }), message("fitKMedoids", 2, 3)],
    [() => fitHierarchical(apart, { linkage: "average" }), message("fitHierarchical", 2, 3)],
    [
      () => fitKMedoids(mixedTableOf({ x: [gap, 2], word: [null, "a"] }), { clusterCount: 1, seed: 1 }),
      message("fitKMedoids", 0, 0),
    ],
  ] as const)
    assert.throws(run, { name: "InputError", message: text });
  const fit = fitKMedoids(mixedTableOf({ x: [1, 9], word: ["a", "b"] }), { clusterCount: 2, seed: 1 });
  assert.throws(() => assignRows(mixedTableOf({ x: [5, gap], word: ["a", null] }), fit), {
    name: "InputError",
    message:
      "assignRows: table must have rows that share a column without missing values with every other, got none at row 1 with the prototype of cluster 0",
  });
});

test("rows that only missing values part are one place: counts beyond are refused", () => {
  const gap = Number.NaN;
  const table = matrixOf({ x: [1, 1, gap, 8], y: [gap, 5, 5, 9], z: [0, 0, 0, 2] });
  assert.equal(fitKMedoids(table, { clusterCount: 2, seed: 1, distance: "gower" }).objective, 0);
  assert.throws(() => fitKMedoids(table, { clusterCount: 4, seed: 1, distance: "gower" }), {
    name: "InputError",
    message:
      /^fitKMedoids: clusterCount must be at most \d where the other rows differ in missing values alone, got 4$/,
  });
});

test("missing numbers are refused by the other distances", () => {
  const table = matrixOf({ x: [1, Number.NaN, 3] });
  for (const distance of ["euclidean", "manhattan"] as const)
    assert.throws(() => fitKMedoids(table, { clusterCount: 2, seed: 1, distance }), {
      name: "InputError",
      message: /^fitKMedoids: matrix must .+ got NaN at row 1, column "x"/,
    });
});
