import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { matrixOf } from "#src/core/matrix.js";
import { createRandom } from "#src/core/random.js";
import { chooseClusterCount } from "#src/validity/choose-cluster-count.js";
import { gapStatistic } from "#src/validity/gap-statistic.js";
import { drawBlobs, readWholesale, shuffleRows } from "../cluster/matrices.js";
import { datasetFile, withoutDataset } from "../datasets.js";

const reference = JSON.parse(readFileSync("test/reference/kmeans.json", "utf8")) as {
  wholesale: {
    clusterCount: number;
    inertia: number;
    silhouette: number;
    calinskiHarabasz: number;
    daviesBouldin: number;
  }[];
};
const wholesale = datasetFile("wholesale/wholesale_customers_bom.csv");

test("wholesale: every number of every count equals scikit-learn's to the sixth digit", {
  skip: wholesale === undefined && withoutDataset,
}, () => {
  const matrix = readWholesale(wholesale!);
  const choice = chooseClusterCount(matrix, { counts: [1, 6], seed: 1, starts: 400, references: 5 });
  for (const expected of reference.wholesale) {
    const row = choice.rows[expected.clusterCount - 1]!;
    for (const name of ["inertia", "silhouette", "calinskiHarabasz", "daviesBouldin"] as const)
      assert.ok(
        Math.abs(row[name]! / expected[name] - 1) < 1e-6,
        `${name}: ${row[name]} against ${expected[name]}`,
      );
    assert.equal(row.silhouetteStandardError, 0);
  }
  assert.deepEqual(
    [choice.rows[0]!.silhouette, choice.rows[0]!.calinskiHarabasz, choice.rows[0]!.daviesBouldin],
    [null, null, null],
  );
});

test("the rule finds one group in one Gaussian cloud", () => {
  for (const seed of [1, 2, 3]) {
    const { matrix } = drawBlobs({ seed, rowCount: 400, columnCount: 4, groups: 1, spread: 0 });
    const choice = chooseClusterCount(matrix, { counts: [1, 5], seed, starts: 10, references: 15 });
    assert.equal(choice.recommendedCount, 1);
    assert.match(choice.reason, /^1 cluster: already the gap \(.*\) is at least that of 2 clusters/);
  }
});

test("the rule finds the number of separate groups", () => {
  for (const groups of [2, 3, 5]) {
    const { matrix } = drawBlobs({ seed: groups, rowCount: 500, columnCount: 5, groups, spread: 4 });
    const choice = chooseClusterCount(matrix, { counts: [1, 7], seed: 1, starts: 20, references: 15 });
    assert.equal(choice.recommendedCount, groups);
    const gap = gapStatistic(matrix, { counts: [1, 7], seed: 1, starts: 20, references: 15 });
    assert.equal(gap.recommendedCount, groups);
    assert.deepEqual(
      gap.rows.map((row) => row.gap),
      choice.rows.map((row) => row.gap),
    );
  }
});

test("groups equally far apart stop the rule at one; the reason names the count that it did not reach", () => {
  const random = createRandom(101);
  const columns = Array.from({ length: 7 }, (_, j) =>
    Array.from({ length: 400 }, (_, i) => 0.5 * random.normal() + (i % 6 === j ? 6 : 0)),
  );
  const matrix = matrixOf(Object.fromEntries(columns.map((values, j) => [`x${j}`, values])));
  const options = { counts: [1, 8], seed: 3, starts: 10, references: 20 } as const;
  const choice = chooseClusterCount(matrix, options);
  assert.equal(choice.recommendedCount, 1);
  assert.match(
    choice.reason,
    /The gap is higher still at 6 clusters \(2\.\d+\), which the rule did not reach/,
  );
});

test("row order and threads change nothing", () => {
  const { matrix } = drawBlobs({ seed: 8, rowCount: 300, columnCount: 3, groups: 3, spread: 2 });
  const options = { counts: [1, 4], seed: 5, starts: 6, references: 6 } as const;
  const choice = chooseClusterCount(matrix, { ...options, threads: 1 });
  assert.deepEqual(chooseClusterCount(shuffleRows(matrix, 1).matrix, { ...options, threads: 2 }), choice);
});

test("identical customers are one group; three places without spread are three", () => {
  const one = chooseClusterCount(matrixOf({ x: [2, 2, 2, 2] }), { counts: [1, 4], seed: 1, references: 3 });
  assert.equal(one.recommendedCount, 1);
  assert.match(one.notes.join(" "), /Counts above 1 were not tried: there are only 1 different rows\./);
  const values = Array.from({ length: 60 }, (_, i) => [0, 1, 10][i % 3]!);
  const three = chooseClusterCount(matrixOf({ x: values }), { counts: [1, 6], seed: 1, references: 5 });
  assert.equal(three.recommendedCount, 3);
  assert.ok(three.rows.every((row) => Number.isFinite(row.gap)));
});

test("a seed that was forgotten is named by the function that was called", () => {
  const options = { counts: [1, 2] } as unknown as { counts: [number, number]; seed: number };
  assert.throws(() => chooseClusterCount(matrixOf({ x: [1, 2, 3] }), options), {
    message: "chooseClusterCount: seed must be a whole number of at least 0, got undefined",
  });
});

test("counts that make no range are refused", () => {
  const matrix = matrixOf({ x: [1, 2, 3] });
  assert.throws(() => chooseClusterCount(matrix, { counts: [0, 2], seed: 1 }), {
    name: "InputError",
    message: "chooseClusterCount: counts[0] must be a whole number of at least 1, got 0",
  });
  assert.throws(() => chooseClusterCount(matrix, { counts: [3, 2], seed: 1 }), {
    message: "chooseClusterCount: counts[1] must be a whole number of at least 3, got 2",
  });
  assert.throws(() => chooseClusterCount(matrix, { counts: [4, 5], seed: 1 }), {
    message:
      "chooseClusterCount: counts[0] must be a whole number from 1 to 3 (the number of different rows), got 4",
  });
});
