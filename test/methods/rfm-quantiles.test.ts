import assert from "node:assert/strict";
import { test } from "node:test";
import { matrixOf } from "#src/core/matrix.js";
import { assignRows } from "#src/methods/assign-rows.js";
import { fitRfmQuantiles } from "#src/methods/rfm-quantiles.js";
import { referenceNumbers } from "../reference-numbers.js";

interface TierNumbers {
  readonly bins: number;
  readonly clusterCount: number;
  readonly totals: readonly number[];
  /** Tiers that hold nobody are left out. */
  readonly sizesByTier: readonly number[];
  readonly tierOfRow: readonly number[];
}

const expected = referenceNumbers<{
  readonly columns: Readonly<Record<string, readonly (number | null)[]>>;
  readonly tiers: readonly TierNumbers[];
}>("rfm-quantiles");

const table = matrixOf(
  Object.fromEntries(
    Object.entries(expected.columns).map(([name, values]) => [name, values.map((value) => value ?? NaN)]),
  ),
);

for (const { bins, clusterCount, totals, sizesByTier, tierOfRow } of expected.tiers)
  test(`RFM quantiles: ${clusterCount} tiers of scores 1 to ${bins} are those of pandas`, () => {
    const fit = fitRfmQuantiles(table, { clusterCount, bins });
    assert.deepEqual([...assignRows(table, fit).totals], totals);
    const inhabited = fit.tiers.filter((cluster) => fit.sizes[cluster]! > 0);
    assert.deepEqual(
      inhabited.map((cluster) => fit.sizes[cluster]),
      sizesByTier,
    );
    assert.deepEqual(
      [...fit.labels],
      tierOfRow.map((tier) => inhabited[tier]),
    );
  });

test("RFM quantiles: a margin counts the points to the next tier", () => {
  const columns = { recency_days: [1, 2, 3, 4, 5, 6, 7, 8, 9], spend: [9, 8, 7, 6, 5, 4, 3, 2, 1] };
  const fit = fitRfmQuantiles(matrixOf(columns), { clusterCount: 2, bins: 9 });
  const { totals, margins, runnersUp } = assignRows(matrixOf(columns), fit);
  assert.deepEqual([...totals], [18, 16, 14, 12, 10, 8, 6, 4, 2]);
  assert.deepEqual(fit.totalCuts, [10]);
  assert.deepEqual([...margins.subarray(0, 5)], [1 - 1 / 8, 1 - 1 / 6, 1 - 1 / 4, 1 - 1 / 2, 0]);
  assert.deepEqual([...runnersUp], [0, 0, 0, 0, 1, 1, 1, 1, 1]);
  const alone = fitRfmQuantiles(matrixOf(columns), { clusterCount: 1 });
  assert.deepEqual([...assignRows(matrixOf(columns), alone).runnersUp], Array(9).fill(-1));
});

test("RFM quantiles: an increasing transform changes no label, and low recency is good unless told otherwise", () => {
  const bent = { ...table, values: table.values.map(Math.log1p) };
  const fit = fitRfmQuantiles(table, { clusterCount: 5 });
  assert.deepEqual(fitRfmQuantiles(bent, { clusterCount: 5 }).labels, fit.labels);
  assert.deepEqual(
    fit.scores.map(({ lowIsGood }) => lowIsGood),
    [true, false, false],
  );
});

test("RFM quantiles: too many rows of one total leave tiers empty, which a note says", () => {
  const { sizes, notes } = fitRfmQuantiles(matrixOf({ orders: [1, 1, 1, 1, 1, 1, 1, 2, 3] }), {
    clusterCount: 3,
  });
  assert.deepEqual(sizes, [7, 2, 0]);
  assert.match(notes[0]!, /^1 of 3 tiers hold no row/);
});

test("RFM quantiles: wrong columns, bins and unknown values are refused", () => {
  const matrix = matrixOf({ orders: [1, 2, NaN], spend: [1, 2, 3] });
  assert.throws(() => fitRfmQuantiles(matrix, { clusterCount: 2 }), /must be finite, got NaN at row 2/);
  assert.throws(() => fitRfmQuantiles(table, { clusterCount: 2, bins: 1 }), /bins must be a whole number/);
  assert.throws(
    () => fitRfmQuantiles(table, { clusterCount: 2, lowIsGood: ["recencydays"] }),
    /lowIsGood must be one of .+ Did you mean "recency_days"\?/,
  );
  const fit = fitRfmQuantiles(table, { clusterCount: 2 });
  assert.throws(() => assignRows(matrixOf({ spend: [1] }), fit), /must have the columns of the fit/);
});
