import assert from "node:assert/strict";
import { test } from "node:test";
import { mixedTableOf } from "#src/cluster/mixed-table.js";
import type { DistanceName } from "#src/cluster/row-distance.js";
import { matrixOf } from "#src/core/matrix.js";
import type { Linkage } from "#src/distances/cluster-tree.js";
import { cutTree } from "#src/distances/cut-tree.js";
import { fitHierarchical } from "#src/distances/hierarchical.js";
import { assignRows } from "#src/methods/assign-rows.js";
import { drawBlobs } from "../cluster/matrices.js";
import { drawMixed } from "../cluster/mixed-tables.js";
import { matrixOfRows } from "../cluster/reference-tables.js";
import { referenceNumbers } from "../reference-numbers.js";

interface Reference {
  readonly tables: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly cases: readonly {
    readonly data: string;
    readonly linkage: Linkage;
    readonly distance: DistanceName;
    readonly heights: readonly number[];
    readonly sizesOfFour: readonly number[];
  }[];
}

const reference = referenceNumbers<Reference>("hierarchical");

test("merge heights equal SciPy's to 1e-9, and so do the sizes of four clusters", () => {
  for (const { data, linkage, distance, heights, sizesOfFour } of reference.cases) {
    const tree = fitHierarchical(matrixOfRows(reference.tables[data]!), { linkage, distance });
    const worst = Math.max(...heights.map((height, step) => Math.abs(height - tree.heights[step]!)));
    assert.ok(worst < 1e-9, `${data}, ${linkage}, ${distance}: ${worst}`);
    assert.deepEqual(cutTree(tree, { clusterCount: 4 }).sizes, sizesOfFour, `${data}, ${linkage}`);
  }
});

test("heights equal those of R's hclust (ward.D2, average, complete), and so do cuts into two to eight", () => {
  const { cases } = referenceNumbers<{
    readonly cases: readonly {
      readonly data: string;
      readonly linkage: Linkage;
      readonly heights: readonly number[];
      readonly sizes: readonly (readonly number[])[];
    }[];
  }>("hierarchical-r");
  for (const { data, linkage, heights, sizes } of cases) {
    const tree = fitHierarchical(matrixOfRows(reference.tables[data]!), { linkage });
    const worst = Math.max(...heights.map((height, step) => Math.abs(height - tree.heights[step]!)));
    assert.ok(worst < 1e-9, `${data}, ${linkage}: ${worst}`);
    for (const wanted of sizes)
      assert.deepEqual(cutTree(tree, { clusterCount: wanted.length }).sizes, wanted, `${data}, ${linkage}`);
  }
});

test("four rows by hand: 0, 1, 4, 9 under every linkage", () => {
  // 0 and 1 join at 1. To {0, 1} row 4 has 3, 4, mean 3.5; Ward: √(2 · 2 · 1 / 3) · 3.5. Then 9 joins {0, 1, 4}.
  const heights = (linkage: Linkage) =>
    [...fitHierarchical(matrixOf({ x: [9, 0, 4, 1] }), { linkage }).heights].map((height) =>
      height.toFixed(9),
    );
  assert.deepEqual(heights("single"), ["1.000000000", "3.000000000", "5.000000000"]);
  assert.deepEqual(heights("complete"), ["1.000000000", "4.000000000", "9.000000000"]);
  assert.deepEqual(heights("average"), ["1.000000000", "3.500000000", (22 / 3).toFixed(9)]);
  const ward = [1, Math.sqrt(4 / 3) * 3.5, Math.sqrt(6 / 4) * (9 - 5 / 3)];
  assert.deepEqual(
    heights("ward"),
    ward.map((height) => height.toFixed(9)),
  );
});

test("merges name rows below nRows and earlier merges above, and the leaves cross no lines", () => {
  const tree = fitHierarchical(matrixOf({ x: [9, 0, 4, 1] }), { linkage: "single" });
  assert.deepEqual([...tree.first], [1, 2, 0]);
  assert.deepEqual([...tree.second], [3, 4, 5]);
  assert.deepEqual([...tree.sizes], [2, 3, 4]);
  assert.deepEqual([...tree.leaves], [0, 2, 1, 3]);
});

test("every cluster of a tree stands together among its leaves", () => {
  const { matrix } = drawBlobs({ seed: 2, rowCount: 80, columnCount: 2, groups: 3, spread: 1 });
  const tree = fitHierarchical(matrix, { linkage: "average" });
  for (const clusterCount of [2, 3, 7, 20]) {
    const { labels } = cutTree(tree, { clusterCount });
    const along = [...tree.leaves].map((row) => labels[row]);
    assert.equal(along.filter((label, i) => i === 0 || label !== along[i - 1]).length, clusterCount);
  }
});

test("a cut by height makes the merges up to it, and says between which heights it lies", () => {
  const tree = fitHierarchical(matrixOf({ x: [0, 1, 4, 9] }), { linkage: "single" });
  const cut = cutTree(tree, { height: 3 });
  assert.deepEqual([...cut.labels], [0, 0, 0, 1]);
  assert.deepEqual(cut.heights, [3, 5]);
  assert.deepEqual(cutTree(tree, { clusterCount: 2 }), cut);
  assert.deepEqual(cutTree(tree, { height: 0 }).sizes, [1, 1, 1, 1]);
  assert.deepEqual(cutTree(tree, { height: 5 }).heights, [5, Infinity]);
});

test("Ward's objective is the sum of squares to the means, and new rows go to the nearest mean", () => {
  // {0, 1} and {8, 12}: 2 · 0.25 + 2 · 4.
  const cut = cutTree(fitHierarchical(matrixOf({ x: [0, 12, 1, 8] }), { linkage: "ward" }), {
    clusterCount: 2,
  });
  assert.equal(cut.objective, 8.5);
  assert.deepEqual([...assignRows(matrixOf({ x: [4, 9] }), cut).labels], [cut.labels[0], cut.labels[1]]);
  assert.deepEqual(cut.notes, [
    "New rows go to the nearest mean, which gives back the cluster of 4 of 4 rows.",
  ]);
});

test("equal heights at the cut are said; rows that are equal never part", () => {
  const tree = fitHierarchical(matrixOf({ x: [0, 1, 2, 0, 0] }), { linkage: "single" });
  assert.match(
    cutTree(tree, { clusterCount: 2 }).notes.join(" "),
    /as high as the last one made \(1\): the cut is one/,
  );
  assert.throws(() => cutTree(tree, { clusterCount: 4 }), {
    name: "InputError",
    message: "cutTree: clusterCount must be a whole number from 1 to 3 (the number of different rows), got 4",
  });
});

test("words count under Gower's distance", () => {
  const { table, groups } = drawMixed({ seed: 6, rowCount: 60, numbers: 2, words: 3, groups: 2 });
  const tree = fitHierarchical(table, { linkage: "complete" });
  assert.equal(tree.measure.distance, "gower");
  assert.ok(tree.heights.at(-1)! <= 1);
  assert.equal(groups.length, tree.leaves.length);
});

test("wrong input is refused in one sentence, all pairs of too many rows before any memory is taken", () => {
  const many = { rowCount: 1_000_000, columnCount: 1, columns: ["x"], values: new Float64Array(1_000_000) };
  const matrix = matrixOf({ x: [1, 2] });
  const cases: [() => unknown, string][] = [
    [
      () => fitHierarchical(many, { linkage: "average" }),
      "fitHierarchical: matrix must have at most 10000 rows for average linkage, got 1000000. Did you mean fitKMeans, which takes millions?",
    ],
    [
      () => fitHierarchical(matrix, { linkage: "wards" as never }),
      'fitHierarchical: linkage must be one of ward, average, complete, single, got "wards". Did you mean "ward"?',
    ],
    [
      () => fitHierarchical(matrix, { linkage: "ward", distance: "manhattan" }),
      'fitHierarchical: distance must be euclidean for ward and gower for a table with words, got "manhattan" for ward',
    ],
    [
      () => fitHierarchical(mixedTableOf({ x: ["a", "b"] }), { linkage: "ward" }),
      'fitHierarchical: distance must be euclidean for ward and gower for a table with words, got "gower" for ward',
    ],
    [
      () => cutTree(fitHierarchical(matrix, { linkage: "ward" }), { height: -1 }),
      "cutTree: height must be a number from 0 to Infinity, got -1",
    ],
  ];
  for (const [run, message] of cases) assert.throws(run, { name: "InputError", message });
});
