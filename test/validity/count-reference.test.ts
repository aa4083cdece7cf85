import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Matrix, matrixOfColumns } from "#src/core/matrix.js";
import { adjustedRandIndex } from "#src/validity/adjusted-rand.js";
import { shareOfPairsApart } from "#src/validity/bootstrap-instability.js";
import { dunnIndex } from "#src/validity/dunn-index.js";
import { applyGapRule, gapOf } from "#src/validity/gap-row.js";
import { gapStatistic } from "#src/validity/gap-statistic.js";
import { calinskiHarabasz, daviesBouldin } from "#src/validity/internal-indices.js";
import { shareKept } from "#src/validity/prediction-strength.js";
import { nearestCentres } from "#src/validity/resample-centres.js";
import { meanSilhouette } from "#src/validity/silhouette.js";
import { readWholesale } from "../cluster/matrices.js";
import { datasetFile, withoutDataset } from "../datasets.js";

type DataName = "ruspini" | "iris" | "wholesale";
interface Half {
  readonly rows: number[][];
  readonly labels: number[];
  readonly centres: number[][];
}

/** By R's cluster, fpc and mclust: see test/reference/count.R. */
const reference = JSON.parse(readFileSync("test/reference/count.json", "utf8")) as {
  rows: Record<"ruspini" | "iris", number[][]>;
  indices: {
    data: DataName;
    labels: number[];
    silhouette: number;
    calinskiHarabasz: number;
    daviesBouldin: number;
    dunn: number;
  }[];
  gaps: { logs: number[]; inertia: number; gap: number; standardError: number }[];
  rules: { gap: number[]; standardError: number[]; count: number }[];
  gapCurves: {
    data: "ruspini" | "iris";
    logInertia: number[];
    referenceLogInertia: number[];
    standardError: number[];
    count: number;
  }[];
  strengths: { halves: Half[]; strength: number }[];
  pairs: { labelsA: number[]; labelsB: number[]; disagreement: number; adjustedRand: number }[];
};
const wholesale = datasetFile("wholesale/wholesale_customers_bom.csv");

function closeTo(actual: number, expected: number, tolerance: number): void {
  const limit = tolerance * Math.max(1, Math.abs(expected));
  assert.ok(Math.abs(actual - expected) <= limit, `${actual} against ${expected}`);
}

function matrixOfRows(rows: readonly (readonly number[])[]): Matrix {
  const names = rows[0]!.map((_, j) => `x${j}`);
  return matrixOfColumns(
    names,
    names.map((_, j) => rows.map((row) => row[j]!)),
  );
}

for (const name of ["ruspini", "iris", "wholesale"] as const)
  test(`${name}: silhouette, Calinski–Harabasz, Davies–Bouldin and Dunn equal R's to 1e-9 on the same labels`, {
    skip: name === "wholesale" && wholesale === undefined && withoutDataset,
  }, () => {
    const matrix = name === "wholesale" ? readWholesale(wholesale!) : matrixOfRows(reference.rows[name]);
    for (const expected of reference.indices.filter(({ data }) => data === name)) {
      const { labels } = expected;
      closeTo(meanSilhouette(matrix, labels, { seed: 1 }).value, expected.silhouette, 1e-9);
      closeTo(calinskiHarabasz(matrix, labels), expected.calinskiHarabasz, 1e-9);
      closeTo(daviesBouldin(matrix, labels), expected.daviesBouldin, 1e-9);
      closeTo(dunnIndex(matrix, labels), expected.dunn, 1e-9);
    }
  });

test("gap, standard error and rule follow the paper's formulas to 1e-9", () => {
  for (const { logs, inertia, gap, standardError } of reference.gaps) {
    const row = gapOf(logs, inertia);
    closeTo(row.gap, gap, 1e-9);
    closeTo(row.standardError, standardError, 1e-9);
  }
  for (const { gap, standardError, count } of reference.rules) {
    const rows = gap.map((value, i) => ({ count: i + 1, gap: value, standardError: standardError[i]! }));
    assert.equal(applyGapRule(rows).recommendedCount, count);
  }
});

test("ruspini and iris: the gap's curves are those of R's clusGap; ruspini has 4 groups", () => {
  for (const expected of reference.gapCurves) {
    const found = gapStatistic(matrixOfRows(reference.rows[expected.data]), { counts: [1, 6], seed: 3 });
    assert.equal(found.method.references, 200);
    found.rows.forEach((row, i) => {
      // clusGap counts each pair once, so its W is half the paper's; the gap does not see it.
      // Ruspini's whole numbers lie on the lattice; iris is rounded to it.
      closeTo(row.logInertia - Math.LN2, expected.logInertia[i]!, expected.data === "ruspini" ? 1e-9 : 1e-7);
      // Two means of different draws, 200 and 500, whose standard deviation R's standard error is.
      const apart = Math.abs(row.referenceLogInertia - Math.LN2 - expected.referenceLogInertia[i]!);
      assert.ok(apart < 4 * expected.standardError[i]! * Math.sqrt(1 / 200 + 1 / 500), `${apart}`);
      assert.ok(Math.abs(row.standardError / expected.standardError[i]! - 1) < 0.25);
    });
    if (expected.data === "ruspini") assert.deepEqual([found.recommendedCount, expected.count], [4, 4]);
  }
});

test("prediction strength of a split equals fpc's to 1e-12 on the same halves and centres", () => {
  for (const { halves, strength } of reference.strengths) {
    const kept = halves.map((half, i) => {
      const predicted = nearestCentres(matrixOfRows(half.rows), halves[1 - i]!.centres);
      return shareKept(Int32Array.from(half.labels), predicted, half.centres.length);
    });
    closeTo((kept[0]! + kept[1]!) / 2, strength, 1e-12);
  }
});

test("disagreement of two labellings is the share of ordered pairs, as counted one by one", () => {
  for (const { labelsA, labelsB, disagreement, adjustedRand } of reference.pairs) {
    closeTo(shareOfPairsApart(Int32Array.from(labelsA), Int32Array.from(labelsB)), disagreement, 1e-12);
    closeTo(adjustedRandIndex(labelsA, labelsB), adjustedRand, 1e-12);
  }
});
