import assert from "node:assert/strict";
import { test } from "node:test";
import * as charts from "#src/charts/charts.js";
import { InputError } from "#src/core/errors.js";
import type { Feature } from "#src/core/feature.js";
import { type Matrix, matrixOf, matrixOfColumns, rowsOf } from "#src/core/matrix.js";
import * as tables from "#src/tables/tables.js";
import { type VarianceShares, varianceShares } from "#src/validity/variance-shares.js";
import { referenceNumbers } from "../reference-numbers.js";

interface Reference {
  readonly blockOf: readonly string[];
  readonly cases: readonly {
    readonly rows: readonly (readonly number[])[];
    readonly labels: readonly number[];
    readonly ofVariance: readonly number[];
    readonly ofSolution: readonly number[];
    readonly between: readonly number[];
    readonly betweenOfAll: number;
    readonly blocks: readonly { name: string; ofVariance: number; ofSolution: number }[];
  }[];
}

const reference = referenceNumbers<Reference>("variance-shares");

const feature = (name: string, source: string): Feature => ({
  name,
  label: name.toUpperCase(),
  unit: "",
  type: "number",
  role: "basis",
  meaning: name,
  source,
});
const features = reference.blockOf.map((block, j) => feature(`x${j}`, block));

function toMatrix(rows: readonly (readonly number[])[]): Matrix {
  const names = rows[0]!.map((_, j) => `x${j}`);
  return matrixOfColumns(
    names,
    names.map((_, j) => rows.map((row) => row[j]!)),
  );
}

function closeTo(actual: number | null, expected: number): void {
  assert.ok(actual !== null && Math.abs(actual - expected) <= 1e-12, `${actual} against ${expected}`);
}

test("shares of variance and solution, by feature and by block, equal NumPy's", () => {
  for (const expected of reference.cases) {
    const shares = varianceShares(toMatrix(expected.rows), { labels: expected.labels, features });
    shares.features.forEach((share, j) => {
      closeTo(share.ofVariance, expected.ofVariance[j]!);
      closeTo(share.ofSolution, expected.ofSolution[j]!);
      closeTo(share.between, expected.between[j]!);
    });
    for (const wanted of expected.blocks) {
      const block = shares.blocks.find(({ name }) => name === wanted.name)!;
      closeTo(block.ofVariance, wanted.ofVariance);
      closeTo(block.ofSolution, wanted.ofSolution);
    }
    closeTo(shares.between, expected.betweenOfAll);
  }
});

test("by hand: x varies a ninth of y, and only y parts the clusters", () => {
  // x: 0, 2, 0, 2 has Σ(x − 1)² = 4; y: 0, 0, 6, 6 has Σ(y − 3)² = 36, all between the clusters.
  const { features: shares, between } = varianceShares(matrixOf({ x: [0, 2, 0, 2], y: [0, 0, 6, 6] }), {
    labels: [0, 0, 1, 1],
  });
  assert.deepEqual(
    shares.map(({ ofVariance, ofSolution, between }) => [ofVariance, ofSolution, between]),
    [
      [0.1, 0, 0],
      [0.9, 1, 1],
    ],
  );
  assert.equal(between, 0.9);
});

test("the order of rows changes no bit, and rows labelled −1 count nowhere", () => {
  const { rows, labels } = reference.cases[1]!;
  const matrix = toMatrix(rows);
  const order = rows.map((_, i) => (i * 37) % rows.length);
  const shuffled = varianceShares(rowsOf(matrix, order), { labels: order.map((i) => labels[i]!), features });
  assert.deepEqual(shuffled, varianceShares(matrix, { labels, features }));
  const longer = toMatrix([...rows, rows[0]!.map(() => 1e6)]);
  assert.deepEqual(
    varianceShares(longer, { labels: [...labels, -1], features }),
    varianceShares(matrix, { labels, features }),
  );
});

test("rows that are all equal, one row and one cluster give shares of 0, not NaN", () => {
  const zeros = (shares: VarianceShares): boolean =>
    shares.features.every(({ ofVariance, ofSolution }) => ofVariance === 0 && (ofSolution ?? 0) === 0);
  assert.ok(
    zeros(varianceShares(matrixOf({ x: [0.1, 0.1, 0.1], y: [0.3, 0.3, 0.3] }), { labels: [0, 1, 1] })),
  );
  assert.ok(zeros(varianceShares(matrixOf({ x: [5], y: [6] }))));
  const one = varianceShares(matrixOf({ x: [1, 2], y: [1, 1] }), { labels: [0, 0] });
  assert.deepEqual(
    one.features.map(({ ofVariance, ofSolution }) => [ofVariance, ofSolution]),
    [
      [1, 0],
      [0, 0],
    ],
  );
});

test("the chart names the block that makes most of the solution, features under their blocks", () => {
  const { rows, labels } = reference.cases[0]!;
  const shares = varianceShares(toMatrix(rows), { labels, features });
  const figure = charts.varianceShares(shares);
  assert.match(figure.title, /^“survey” makes 68\.6 % of the solution and 58\.8 % of the variance$/);
  assert.equal(figure.table.rows.length, 3 + 5);
  assert.deepEqual(tables.varianceShares(shares).rows[1]?.slice(0, 2), ["survey", "X3"]);
  assert.equal(
    charts.varianceShares(varianceShares(matrixOf({ x: [2, 2] }))).title,
    "No feature of the basis varies",
  );
});

test("bad input is told in one sentence", () => {
  const matrix = matrixOf({ x0: [1, 2, 3], x9: [1, 2, 4] });
  const refusals: readonly (readonly [() => unknown, RegExp])[] = [
    [
      () => varianceShares(matrix, { labels: [0, 1] }),
      /^varianceShares: labels must have 3 values .*, got 2$/,
    ],
    [
      () => varianceShares(matrix, { labels: [0, 2, 2] }),
      /labels must use every number from 0, got none of 1$/,
    ],
    [() => varianceShares(matrix, { labels: [-1, -1, -1] }), /labels must name at least 1 clusters, got 0$/],
    [
      () => varianceShares(matrix, { features }),
      /features must have one for each column, got none for "x9" among/,
    ],
    [() => varianceShares(matrixOf({ x: [1, Number.NaN] })), /matrix must be finite, got NaN at row 1/],
    [() => varianceShares(matrixOf({ x: [] })), /got 0$/],
  ];
  for (const [call, message] of refusals)
    assert.throws(call, (error: unknown) => error instanceof InputError && message.test(error.message));
});
