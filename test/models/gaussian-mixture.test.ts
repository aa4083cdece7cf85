import assert from "node:assert/strict";
import { test } from "node:test";
import { toMixedTable } from "#src/cluster/mixed-table.js";
import { matrixOf, matrixOfColumns } from "#src/core/matrix.js";
import { assignRows } from "#src/methods/assign-rows.js";
import { type CovarianceName, fitGaussianMixture } from "#src/models/gaussian-mixture.js";
import { drawBlobs } from "../cluster/matrices.js";
import { shuffleTable } from "../cluster/mixed-tables.js";
import { referenceTable } from "../cluster/reference-tables.js";
import { withoutDataset } from "../datasets.js";
import { referenceNumbers } from "../reference-numbers.js";

interface Reference {
  readonly cases: readonly {
    readonly data: string;
    readonly covariance: CovarianceName;
    readonly clusterCount: number;
    readonly logLikelihood: number;
    readonly bic: number;
  }[];
}

/** Columns with mean 0 and variance 1 (by n), as the script scales iris and ruspini. */
function scaled(name: string): ReturnType<typeof matrixOfColumns> | undefined {
  const matrix = referenceTable(name, { words: false })?.numbers;
  if (matrix === undefined || name === "wholesale") return matrix;
  const columns = matrix.columns.map((_, j) => {
    const values = Array.from(
      { length: matrix.rowCount },
      (_, i) => matrix.values[i * matrix.columnCount + j]!,
    );
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    return values.map((value) => (value - mean) / Math.sqrt(variance));
  });
  return matrixOfColumns(matrix.columns, columns);
}

const ofMclust = referenceNumbers<Reference>("mclust").cases;
for (const one of referenceNumbers<Reference>("gaussian").cases) {
  const { data, covariance, clusterCount } = one;
  const matrix = scaled(data);
  test(`${data}, ${covariance}, ${clusterCount} components: not worse than 1,000 starts of scikit-learn and mclust's; the same parameters`, {
    skip: matrix === undefined && withoutDataset,
  }, () => {
    const other = ofMclust.find(
      (its) => its.data === data && its.covariance === covariance && its.clusterCount === clusterCount,
    );
    const least = Math.max(one.logLikelihood, other?.logLikelihood ?? -Infinity);
    const fitted = (starts: number) =>
      fitGaussianMixture(matrix!, { clusterCount, covariance, seed: 1, starts });
    // Ten starts, and more only where these fall short.
    const few = fitted(10);
    const fit = few.logLikelihood >= least - 0.01 ? few : fitted(60);
    const name = `${data}, ${covariance}, ${clusterCount}: ${fit.logLikelihood} against ${least}`;
    // All sides stop a little before the top; scikit-learn's ridge is the same for every column.
    assert.ok(fit.logLikelihood >= least - 0.01, name);
    const penalty = one.bic + 2 * one.logLikelihood;
    assert.ok(Math.abs(fit.parameterCount * Math.log(matrix!.rowCount) - penalty) < 1e-6, name);
    assert.ok(Math.abs(fit.bic + 2 * fit.logLikelihood - penalty) < 1e-6, name);
    // The lower the better here, the higher in mclust, whose sign the script turns.
    if (other !== undefined) assert.ok(fit.bic <= other.bic + 0.02, name);
  });
}

test("one component by hand: mean 1, variance 1 of 0 and 2", () => {
  // ln density of each: −½ ln 2π − ½, but for the ridge of a millionth.
  const fit = fitGaussianMixture(matrixOf({ x: [0, 2] }), { clusterCount: 1, seed: 1 });
  assert.deepEqual(fit.means, [[1]]);
  assert.ok(Math.abs(fit.covariances[0]![0]![0]! - 1.000001) < 1e-12);
  assert.ok(Math.abs(fit.logLikelihood - 2 * (-0.5 * Math.log(2 * Math.PI) - 0.5)) < 1e-5);
  assert.equal(fit.parameterCount, 2);
  assert.ok(Math.abs(fit.bic - (-2 * fit.logLikelihood + 2 * Math.log(2))) < 1e-12);
  assert.equal(fit.icl, fit.bic);
});

test("probabilities sum to 1, the likeliest is the label, and assigning says the same", () => {
  const { matrix } = drawBlobs({ seed: 4, rowCount: 300, columnCount: 3, groups: 3, spread: 1.2 });
  for (const covariance of ["spherical", "diagonal", "tied", "full"] as const) {
    const fit = fitGaussianMixture(matrix, { clusterCount: 3, covariance, seed: 1 });
    const assigned = assignRows(matrix, fit);
    assert.deepEqual(assigned.labels, fit.labels);
    for (let row = 0; row < 300; row++) {
      const own = [...fit.probabilities.subarray(row * 3, row * 3 + 3)];
      assert.ok(Math.abs(own.reduce((sum, p) => sum + p, 0) - 1) < 1e-12);
      assert.equal(own.indexOf(Math.max(...own)), fit.labels[row]);
      const [first, second] = [...own].sort((a, b) => b - a);
      assert.ok(Math.abs(assigned.margins[row]! - (first! - second!)) < 1e-9);
    }
    assert.ok(fit.icl >= fit.bic);
    assert.ok(Math.abs(fit.weights.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-12);
  }
});

test("other units change the log-likelihood by their logarithm and nothing else", () => {
  const { matrix } = drawBlobs({ seed: 5, rowCount: 200, columnCount: 2, groups: 2, spread: 3 });
  const larger = { ...matrix, values: matrix.values.map((value) => value * 1024) };
  const fit = fitGaussianMixture(matrix, { clusterCount: 2, seed: 1 });
  const again = fitGaussianMixture(larger, { clusterCount: 2, seed: 1 });
  assert.deepEqual(again.labels, fit.labels);
  assert.ok(Math.abs(again.logLikelihood - (fit.logLikelihood - 400 * Math.log(1024))) < 1e-3);
});

test("the lowest BIC finds one cloud, and three that are long and lie side by side", () => {
  const best = (matrix: ReturnType<typeof matrixOf>) => {
    const bics = [1, 2, 3, 4].map(
      (clusterCount) => fitGaussianMixture(matrix, { clusterCount, seed: 1 }).bic,
    );
    return 1 + bics.indexOf(Math.min(...bics));
  };
  const cloud = drawBlobs({ seed: 6, rowCount: 400, columnCount: 2, groups: 1, spread: 0 }).matrix;
  assert.equal(best(cloud), 1);
  const long = cloud.values.map((value, at) => (at % 2 === 0 ? value * 20 : value + 6 * ((at >> 1) % 3)));
  assert.equal(best({ ...cloud, values: long }), 3);
});

test("components on single rows, constant columns and limits that were reached are said", () => {
  const rows = fitGaussianMixture(matrixOf({ x: [1, 5, 9] }), { clusterCount: 3, seed: 1 });
  assert.match(rows.notes.join(" "), /Every start ended with a component on too few rows/);
  const flat = fitGaussianMixture(matrixOf({ x: [1, 2, 8, 9, 1.5, 8.5], y: [3, 3, 3, 3, 3, 3] }), {
    clusterCount: 1,
    seed: 1,
  });
  assert.match(flat.notes.join(" "), /Column "y" is constant/);
  const tiny = fitGaussianMixture(matrixOf({ x: [1, 2, 8, 9], y: [1e-160, 2e-160, 0, 3e-160] }), {
    clusterCount: 2,
    seed: 1,
  });
  assert.ok(Number.isFinite(tiny.logLikelihood));
  assert.match(tiny.notes.join(" "), /Column "y" is constant/);
  const { matrix } = drawBlobs({ seed: 7, rowCount: 200, columnCount: 2, groups: 3, spread: 1 });
  const short = fitGaussianMixture(matrix, { clusterCount: 3, seed: 1, starts: 1, maxIterations: 2 });
  assert.equal(short.converged, false);
  assert.match(short.notes.join(" "), /stopped after 2 iterations/);
});

test("another covariance and other columns are refused", () => {
  const matrix = matrixOf({ x: [1, 2, 5, 9] });
  const fit = fitGaussianMixture(matrix, { clusterCount: 1, seed: 1 });
  const cases: [() => unknown, string][] = [
    [
      () => fitGaussianMixture(matrix, { clusterCount: 1, seed: 1, covariance: "diag" as never }),
      'fitGaussianMixture: covariance must be one of spherical, diagonal, tied, full, got "diag"',
    ],
    [
      () => assignRows(matrixOf({ x: [1], y: [2] }), fit),
      "assignRows: matrix must have the 1 columns of the fit, got 2",
    ],
  ];
  for (const [run, message] of cases) assert.throws(run, { name: "InputError", message });
});

test("columns that repeat or add up to one another are fitted, and one iteration is one", () => {
  const { matrix } = drawBlobs({ seed: 8, rowCount: 200, columnCount: 2, groups: 2, spread: 6 });
  const x = Array.from({ length: 200 }, (_, i) => matrix.values[2 * i]!);
  const y = Array.from({ length: 200 }, (_, i) => matrix.values[2 * i + 1]!);
  const sum = x.map((value, i) => value + y[i]!);
  const singular = matrixOf({ x, again: x, y, sum });
  for (const covariance of ["spherical", "diagonal", "tied", "full"] as const) {
    const fit = fitGaussianMixture(singular, { clusterCount: 2, covariance, seed: 1 });
    assert.ok(Number.isFinite(fit.logLikelihood) && Number.isFinite(fit.bic), covariance);
    assert.ok(fit.probabilities.every((p) => p >= 0 && p <= 1));
    if (covariance === "full") assert.match(fit.notes.join(" "), /flat/);
  }
  const short = fitGaussianMixture(matrix, { clusterCount: 2, seed: 1, starts: 1, maxIterations: 1 });
  assert.equal(short.iterations, 1);
  assert.equal(short.converged, false);
  assert.match(short.notes.join(" "), /stopped after 1 iteration, /);
});

test("many rows begin on a part of them and end as high as from all, in any order", () => {
  const { matrix } = drawBlobs({ seed: 9, rowCount: 24_000, columnCount: 2, groups: 3, spread: 5 });
  const fit = fitGaussianMixture(matrix, { clusterCount: 3, seed: 1, starts: 2 });
  const shuffled = shuffleTable(toMixedTable(matrix), 3);
  const again = fitGaussianMixture(shuffled.table.numbers, { clusterCount: 3, seed: 1, starts: 2 });
  assert.equal(again.logLikelihood, fit.logLikelihood);
  assert.equal(fit.converged, true);
  assert.deepEqual(fit.sizes, again.sizes);
  // Few different rows: the part holds too few of them, and starts take all rows.
  const x = Array.from({ length: 30_000 }, (_, i) => (i === 7 ? 9 : i === 8 ? 5 : i % 2));
  const few = fitGaussianMixture(matrixOf({ x }), { clusterCount: 4, seed: 1, starts: 1 });
  assert.equal(few.labels.length, 30_000);
});

test("progress counts the starts, tells within long ones, and an error thrown in it stops the fit", () => {
  const { matrix } = drawBlobs({ seed: 9, rowCount: 300, columnCount: 2, groups: 3, spread: 5 });
  const seen: number[] = [];
  const options = { clusterCount: 3, seed: 1, starts: 4 };
  const fit = fitGaussianMixture(matrix, { ...options, onProgress: ({ done }) => seen.push(done) });
  assert.deepEqual(seen, [0, 1, 2, 3, 4]);
  assert.deepEqual(fit, fitGaussianMixture(matrix, options));
  const stop = ({ done }: { readonly done: number }): void => {
    if (done === 2) throw new Error("enough");
  };
  assert.throws(() => fitGaussianMixture(matrix, { ...options, onProgress: stop }), /^Error: enough$/);
});
