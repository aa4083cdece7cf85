import assert from "node:assert/strict";
import { test } from "node:test";
import { matrixOf, matrixOfColumns } from "#src/core/matrix.js";
import { correlate } from "#src/explore/correlate.js";
import { csvColumns, numbersOf } from "../csv-columns.js";
import { datasetFile, withoutDataset } from "../datasets.js";
import { referenceNumbers } from "../reference-numbers.js";

interface PairNumbers {
  readonly pair: readonly string[];
  readonly pearson: number;
  readonly spearman: number;
}

const expected =
  referenceNumbers<Record<"wholesalePairs" | "campaignPairs", readonly PairNumbers[]>>("explore");

const cases = [
  ["wholesale/wholesale_customers_bom.csv", expected.wholesalePairs],
  ["marketing_campaign/marketing_campaign_iso_dates.csv", expected.campaignPairs],
] as const;

for (const [name, pairs] of cases) {
  const file = datasetFile(name);
  test(`both correlations of ${name} are SciPy's, missing values pair by pair`, {
    skip: file ? false : withoutDataset,
  }, () => {
    const columns = csvColumns(file!);
    const names = [...new Set(pairs.flatMap(({ pair }) => pair))];
    const matrix = matrixOfColumns(
      names,
      names.map((column) => numbersOf(columns.get(column)!)),
    );
    for (const method of ["pearson", "spearman"] as const) {
      const { values } = correlate(matrix, { method });
      for (const wanted of pairs) {
        const [a, b] = wanted.pair.map((column) => names.indexOf(column));
        assert.ok(Math.abs(values[a!]![b!]! - wanted[method]) <= 1e-10, `${method} of ${wanted.pair}`);
        assert.equal(values[b!]![a!], values[a!]![b!]);
      }
    }
  });
}

test("a column with itself is 1, with its mirror −1, a constant has no correlation", () => {
  const matrix = matrixOf({ x: [1, 2, 4], mirror: [-1, -2, -4], same: [7, 7, 7] });
  assert.deepEqual(correlate(matrix, { method: "spearman" }).values, [
    [1, -1, Number.NaN],
    [-1, 1, Number.NaN],
    [Number.NaN, Number.NaN, Number.NaN],
  ]);
});

test("fewer than three common rows say nothing", () => {
  const matrix = matrixOf({ x: [1, 2, 3, Number.NaN], y: [Number.NaN, 5, 1, 2] });
  assert.equal(correlate(matrix, { method: "pearson" }).values[0]![1], Number.NaN);
});

test("another method and infinite values are refused", () => {
  assert.throws(
    () => correlate(matrixOf({ x: [1] }), { method: "kendall" as "pearson" }),
    /correlate: method must be one of pearson, spearman, got "kendall"/,
  );
  assert.throws(
    () => correlate(matrixOf({ x: [1, Infinity] }), { method: "pearson" }),
    /must hold no infinite value, got Infinity at row 1, column "x"/,
  );
});
