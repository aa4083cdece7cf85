import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Matrix, matrixOf, matrixOfColumns } from "#src/core/matrix.js";
import { fitKMeans, type KMeansOptions } from "#src/kmeans/kmeans.js";
import { assignRows } from "#src/methods/assign-rows.js";
import { drawBlobs, shuffleRows } from "../cluster/matrices.js";

interface LimitedCase {
  readonly rows: number[][];
  readonly clusterCount: number;
  readonly least: number;
  readonly most: number;
  readonly inertia: number;
}

const reference = JSON.parse(readFileSync("test/reference/constrained-kmeans.json", "utf8")) as {
  fits: LimitedCase[];
  groups: (LimitedCase & { groups: number[] })[];
};

function matrixOfRows(rows: readonly (readonly number[])[]): Matrix {
  const columns = rows[0]!.map((_, j) => rows.map((row) => row[j]! / 1024));
  return matrixOfColumns(
    columns.map((_, j) => `x${j}`),
    columns,
  );
}

function inertiaOf(matrix: Matrix, labels: Int32Array, centres: readonly (readonly number[])[]): number {
  return matrix.values.reduce((sum, value, at) => {
    const label = labels[Math.floor(at / matrix.columnCount)]!;
    return sum + (value - centres[label]![at % matrix.columnCount]!) ** 2;
  }, 0);
}

test("in 20 problems the inertia is at most that of the k-means-constrained package, within the limits", () => {
  for (const { rows, clusterCount, least, most, inertia } of reference.fits) {
    const matrix = matrixOfRows(rows);
    const fit = fitKMeans(matrix, { clusterCount, seed: 1, starts: 50, sizeLimits: [least, most] });
    assert.ok(fit.inertia <= inertia * (1 + 1e-9), `${fit.inertia} against ${inertia}`);
    assert.ok(Math.abs(fit.inertia - inertiaOf(matrix, fit.labels, fit.centres)) < 1e-9 * inertia);
    assert.ok(fit.sizes[0]! <= most && fit.sizes.at(-1)! >= least);
    assert.ok(fit.converged);
  }
});

test("whole groups within limits: in 15 problems, the best of all ways there are", () => {
  for (const { rows, groups, clusterCount, least, most, inertia } of reference.groups) {
    const matrix = matrixOfRows(rows);
    const fit = fitKMeans(matrix, { clusterCount, seed: 1, starts: 50, groups, sizeLimits: [least, most] });
    assert.ok(Math.abs(fit.inertia - inertia) <= 1e-6 * inertia, `${fit.inertia} against ${inertia}`);
    assert.ok(fit.sizes[0]! <= most && fit.sizes.at(-1)! >= least);
    assert.equal(new Set(groups.map((group, i) => `${group} ${fit.labels[i]}`)).size, new Set(groups).size);
  }
});

test("rows change places where alternating is stuck: a rectangle of 3 by 2 parts across, from any start", () => {
  // Parted along: means (1.5, 0) and (1.5, 2), 4 · 2.25. Across: means (0, 1) and (3, 1), 4 · 1.
  const matrix = matrixOf({ x: [0, 3, 0, 3], y: [0, 0, 2, 2] });
  const options = { clusterCount: 2, sizeLimits: [2, 2] as const };
  const along = [
    [1.5, 0],
    [1.5, 2],
  ];
  assert.equal(fitKMeans(matrix, { ...options, seed: 1, initialCentres: along }).inertia, 9);
  for (let seed = 0; seed < 20; seed++)
    assert.equal(fitKMeans(matrix, { ...options, seed, starts: 1 }).inertia, 4);
});

test("three against two by hand: the limit moves the row that costs least", () => {
  // Without limits 0, 1, 2 and 9. With two each: 0, 1 and 2, 9; means 0.5 and 5.5; 2 · 0.25 + 2 · 12.25.
  const matrix = matrixOf({ x: [0, 1, 2, 9] });
  const fit = fitKMeans(matrix, { clusterCount: 2, seed: 1, sizeLimits: [2, 2] });
  assert.deepEqual([...fit.labels], [0, 0, 1, 1]);
  assert.equal(fit.inertia, 25);
  assert.deepEqual(fit.centres, [[0.5], [5.5]]);
  assert.deepEqual(fit.notes, ["Because of the constraints, 1 of 4 rows are not with their nearest centre."]);
  assert.deepEqual([...assignRows(matrix, fit).labels], [0, 0, 0, 1]);
});

test("a household by hand: both members go where their mean is nearest", () => {
  const matrix = matrixOf({ x: [0, 1, 8, 20, 21, 20] });
  const groups = ["a", null, "a", -1, "b", "b"];
  const fit = fitKMeans(matrix, { clusterCount: 2, seed: 1, groups });
  assert.deepEqual([...fit.labels], [0, 0, 0, 1, 1, 1]);
  assert.ok(Math.abs(fit.inertia - (38 + 2 / 3)) < 1e-9);
});

test("limits and groups that bind nowhere leave plain Lloyd", () => {
  for (let seed = 0; seed < 10; seed++) {
    const { matrix } = drawBlobs({ seed, rowCount: 300, columnCount: 3, groups: 4, spread: 2 });
    const initialCentres = [0, 1, 2, 3].map((row) => [...matrix.values.subarray(row * 3, row * 3 + 3)]);
    const options = { clusterCount: 4, seed: 1, initialCentres };
    const plain = fitKMeans(matrix, options);
    for (const constraint of [{ sizeLimits: [0, 300] as const }, { groups: new Int32Array(300).fill(-1) }]) {
      const fit = fitKMeans(matrix, { ...options, ...constraint });
      assert.deepEqual(fit.labels, plain.labels);
      assert.equal(fit.inertia, plain.inertia);
      assert.deepEqual(fit.notes, plain.notes);
    }
  }
});

test("shuffled rows keep their cluster, whether limits bind, groups do, or starts run on a sample", () => {
  const cases: [number, Partial<KMeansOptions>][] = [
    [400, { clusterCount: 5, sizeLimits: [78, 82] }],
    [400, { clusterCount: 5, sizeLimits: [60, 90], groups: Array.from({ length: 400 }, (_, i) => i % 150) }],
    [21_000, { clusterCount: 3, sizeLimits: [6000, 7500], starts: 3 }],
  ];
  for (const [rowCount, given] of cases) {
    const { matrix } = drawBlobs({ seed: rowCount, rowCount, columnCount: 2, groups: 3, spread: 4 });
    const options = { clusterCount: 5, seed: 2, starts: 5, ...given };
    const fit = fitKMeans(matrix, options);
    const shuffled = shuffleRows(matrix, 1);
    const groups = options.groups && shuffled.order.map((row) => options.groups![row]!);
    const again = fitKMeans(shuffled.matrix, { ...options, ...(groups && { groups }) });
    assert.deepEqual(
      [...again.labels],
      shuffled.order.map((row) => fit.labels[row]),
    );
    assert.deepEqual({ ...again, labels: 0 }, { ...fit, labels: 0 });
  }
});

test("equal rows that the limits part take the lower numbers in the order given", () => {
  const fit = fitKMeans(matrixOf({ x: [0, 0, 0, 0, 1] }), { clusterCount: 2, seed: 1, sizeLimits: [2, 3] });
  assert.deepEqual([...fit.labels], [0, 0, 0, 1, 1]);
});

test("many rows: starts on a sample, the best on all, and a word for every step of the way", () => {
  const { matrix } = drawBlobs({ seed: 3, rowCount: 21_000, columnCount: 2, groups: 3, spread: 4 });
  const steps: number[] = [];
  const onProgress = ({ done, total }: { done: number; total: number }) => steps.push(done / total);
  const fit = fitKMeans(matrix, {
    clusterCount: 3,
    seed: 1,
    starts: 3,
    sizeLimits: [6900, 7100],
    onProgress,
  });
  assert.deepEqual(steps, [0.2, 0.4, 0.6, 0.8, 1]);
  assert.ok(fit.sizes[0]! <= 7100 && fit.sizes[2]! >= 6900);
  assert.match(
    fit.notes.join(" "),
    /The 3 starts were compared on 10000 rows; the best went on with all rows\./,
  );
  assert.ok(fit.converged);
});

test("given centres are one start, or the first of several", () => {
  const { matrix } = drawBlobs({ seed: 9, rowCount: 200, columnCount: 2, groups: 4, spread: 1 });
  const options = { clusterCount: 4, seed: 1, sizeLimits: [45, 60] as const };
  const best = fitKMeans(matrix, { ...options, starts: 50 });
  const again = fitKMeans(matrix, { ...options, initialCentres: best.initialCentres });
  assert.equal(again.starts, 1);
  assert.deepEqual(again.labels, best.labels);
  const first = fitKMeans(matrix, { ...options, initialCentres: best.initialCentres, starts: 3 });
  assert.equal(first.starts, 3);
  assert.equal(first.inertia, best.inertia);
});

test("column weights count under constraints as they do without", () => {
  const { matrix } = drawBlobs({ seed: 8, rowCount: 90, columnCount: 2, groups: 3, spread: 2 });
  const scaled = { ...matrix, values: matrix.values.map((value, at) => (at % 2 === 0 ? value : value * 2)) };
  const options = { clusterCount: 3, seed: 1, sizeLimits: [28, 32] as const };
  const fit = fitKMeans(matrix, { ...options, columnWeights: [1, 4] });
  assert.deepEqual(fit.labels, fitKMeans(scaled, options).labels);
});

test("constraints that cannot be kept are refused in one sentence", () => {
  const matrix = matrixOf({ x: [1, 2, 3, 4, 5, 6], y: [0, 1, 0, 1, 0, 1] });
  const refused = (options: Partial<KMeansOptions>, message: string) =>
    assert.throws(() => fitKMeans(matrix, { clusterCount: 2, seed: 1, ...options }), {
      name: "InputError",
      message: `fitKMeans: ${message}`,
    });
  refused({ sizeLimits: [4, 5] }, "sizeLimits must have a least of at most 3 (6 rows in 2 clusters), got 4");
  refused({ sizeLimits: [1, 2] }, "sizeLimits must have a most of at least 3 (6 rows in 2 clusters), got 2");
  refused({ sizeLimits: [5, 3] }, "sizeLimits must have a least that is not above the most, got [5, 3]");
  for (const [limit, text] of [
    [1.5, "1.5"],
    [Number.NaN, "NaN"],
    [-1, "-1"],
  ] as const)
    refused(
      { sizeLimits: [limit, 5] },
      `sizeLimits must be two whole numbers of at least 0, the least and the most rows of a cluster, got ${text}`,
    );
  refused(
    { sizeLimits: 3 as never },
    "sizeLimits must be two whole numbers of at least 0, the least and the most rows of a cluster, got 3",
  );
  refused({ groups: [1, 2] }, "groups must have 6 values (one per row), got 2");
  refused(
    { groups: [1, 1, Number.NaN, 2, 2, 2] },
    "groups must be texts, finite numbers, or null for a row on its own, got NaN at row 2",
  );
  refused(
    { groups: ["a", "a", "a", "a", "b", "b"], sizeLimits: [2, 3] },
    'groups must have at most 3 rows each (the most of sizeLimits), got 4 rows in group "a"',
  );
  refused(
    { groups: [1, 1, 1, 1, 1, 1] },
    "clusterCount must be a whole number from 1 to 1 (the number of groups with different means), got 2",
  );
  refused(
    { groups: ["a", "b", "a", "b", "c", "c"], sizeLimits: [3, 3] },
    "sizeLimits must leave room for whole groups, got [3, 3], within which none of 10 starts could keep them whole. Wider limits?",
  );
  assert.throws(
    () => fitKMeans(matrixOf({ x: [0, 2, 1, 1] }), { clusterCount: 2, seed: 1, groups: [1, 1, 2, 2] }),
    { message: /from 1 to 1 \(the number of groups with different means\), got 2$/ },
  );
});

test("case weights with constraints are refused: limits could count rows or weights", () => {
  const matrix = matrixOf({ x: [1, 2, 3] });
  for (const constraint of [{ sizeLimits: [1, 2] as const }, { groups: [1, 1, 2] }])
    assert.throws(
      () => fitKMeans(matrix, { clusterCount: 2, seed: 1, caseWeights: [1, 2, 1], ...constraint }),
      { name: "InputError", message: /^fitKMeans: caseWeights must not be given with (sizeLimits|groups)/ },
    );
});

test("a table beyond the memory of a constrained fit is refused with the size it can take", () => {
  const rowCount = 3_000_000;
  const matrix = {
    rowCount,
    columnCount: 8,
    columns: [..."abcdefgh"],
    values: new Float64Array(rowCount * 8),
  };
  assert.throws(() => fitKMeans(matrix, { clusterCount: 2, seed: 1, sizeLimits: [1, rowCount] }), {
    name: "InputError",
    message: /must have at most 20000000 values with sizeLimits or groups, got 3000000 rows × 8 columns/,
  });
});
