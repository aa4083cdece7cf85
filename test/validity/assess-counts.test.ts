import assert from "node:assert/strict";
import { test } from "node:test";
import { matrixOf } from "#src/core/matrix.js";
import { fitKMeans } from "#src/kmeans/kmeans.js";
import { assessCounts } from "#src/validity/assess-counts.js";
import { assessTimeSplit } from "#src/validity/assess-time-split.js";
import { leaveOneFeatureOut } from "#src/validity/leave-one-feature-out.js";
import { matchClusters } from "#src/validity/match-clusters.js";
import { tableOverlaps } from "#src/validity/overlap-table.js";
import { segmentsAcrossCounts } from "#src/validity/segments-across-counts.js";
import { drawBlobs, shuffleRows } from "../cluster/matrices.js";

test("of three separate groups the count three is steadiest, and so are its segments", () => {
  const { matrix } = drawBlobs({ seed: 1, rowCount: 240, columnCount: 4, groups: 3, spread: 5 });
  const { counts, across } = assessCounts(matrix, { counts: [2, 4], seed: 1, pairs: 15, starts: 4 });
  const [, three, four] = counts.map(({ adjustedRand }) => adjustedRand.mean);
  assert.ok(three! > 0.99 && four! < 0.95, `${three} ${four}`);
  assert.ok(counts[1]!.segments.every(({ overlap }) => overlap.low > 0.95 && overlap.values.length === 15));
  // From two to three one segment splits: nobody comes from two.
  assert.deepEqual(
    across!.counts[1]!.segments.map(({ stability }) => stability),
    [1, 1, 1],
  );
});

test("row order and threads change nothing", () => {
  const { matrix } = drawBlobs({ seed: 3, rowCount: 150, columnCount: 3, groups: 2, spread: 1 });
  const options = { counts: [2, 3], seed: 7, pairs: 6, starts: 3 } as const;
  assert.deepEqual(
    assessCounts(shuffleRows(matrix, 5).matrix, { ...options, threads: 2 }),
    assessCounts(matrix, { ...options, threads: 1 }),
  );
});

test("the stability of a segment across counts by hand", () => {
  // The third segment has one member from either side: an even mix of 2.
  const { counts } = segmentsAcrossCounts([
    [0, 0, 0, 1, 1, 1],
    [0, 0, 2, 2, 1, 1],
  ]);
  assert.deepEqual(
    counts[1]!.segments.map(({ stability }) => stability),
    [1, 1, 0],
  );
  assert.deepEqual(counts[1]!.flows, [
    { from: 0, to: 0, count: 2 },
    { from: 0, to: 2, count: 1 },
    { from: 1, to: 1, count: 2 },
    { from: 1, to: 2, count: 1 },
  ]);
});

test("clusters are matched one to one, for the largest sum of overlaps", () => {
  const before = Int32Array.of(0, 0, 0, 0, 1, 1, 1, 2);
  const after = Int32Array.of(1, 1, 1, 1, 0, 0, 1, 1);
  const match = matchClusters(tableOverlaps(before, after, { before: 3, after: 2 }));
  assert.deepEqual([...match.counterparts], [1, 0, -1]);
  assert.deepEqual([...match.origins], [1, 0]);
});

test("a solution hangs on the feature that makes it, not on one that does not", () => {
  const groups = drawBlobs({ seed: 2, rowCount: 200, columnCount: 2, groups: 1, spread: 0 }).matrix;
  const values = groups.values.map((value, at) => (at % 2 === 0 && at % 4 === 0 ? value + 5 : value));
  const matrix = { ...groups, values };
  const fit = fitKMeans(matrix, { clusterCount: 2, seed: 1 });
  const [without, spared] = leaveOneFeatureOut(matrix, { fit, seed: 1 });
  assert.ok(without!.adjustedRand < 0.1 && spared!.adjustedRand > 0.95);
  assert.equal(spared!.overlaps.length, 2);
  assert.throws(() => leaveOneFeatureOut(matrixOf({ x: [1, 2] }), { fit, seed: 1 }), {
    message: "leaveOneFeatureOut: matrix must have at least 2 columns, got 1",
  });
});

test("groups that stay are found again in a later window; a group that went is not", () => {
  const { matrix, groups } = drawBlobs({ seed: 1, rowCount: 300, columnCount: 3, groups: 3, spread: 5 });
  const same = assessTimeSplit(matrix, matrix, { clusterCount: 3, seed: 1 });
  assert.equal(same.adjustedRand, 1);
  assert.ok(same.segments.every(({ overlap, centreMoved }) => overlap === 1 && centreMoved === 0));
  const gone = groups.flatMap((group, row) => (group === 0 ? [] : [row]));
  const later = matrixOf(
    Object.fromEntries(
      matrix.columns.map((name, j) => [name, gone.map((row) => matrix.values[row * 3 + j]!)]),
    ),
  );
  const changed = assessTimeSplit(matrix, later, { clusterCount: 3, seed: 1 });
  assert.ok(changed.adjustedRand < 1);
  assert.ok(changed.segments.some(({ shareAfter, overlap }) => shareAfter === 0 && overlap === 0));
  assert.throws(
    () => assessTimeSplit(matrix, matrixOf({ a: [1], b: [1], c: [1] }), { clusterCount: 3, seed: 1 }),
    {
      name: "InputError",
      message: /later must have the columns of earlier/,
    },
  );
});

test("counts, pairs and labellings out of range are refused", () => {
  const matrix = matrixOf({ x: [1, 2, 3, 4] });
  const options = { counts: [2, 3], seed: 1 } as const;
  assert.throws(() => assessCounts(matrix, { ...options, counts: [1, 3] }), {
    message: "assessCounts: counts[0] must be a whole number of at least 2, got 1",
  });
  assert.throws(() => assessCounts(matrix, { ...options, counts: [2, 5] }), { name: "InputError" });
  assert.throws(() => assessCounts(matrix, { ...options, labellings: [[0, 0, 1, 1]] }), {
    message: /labellings.length must be a whole number from 2 to 2 \(one per count\), got 1/,
  });
  assert.throws(() => segmentsAcrossCounts([[0, 1], [0]]), { name: "InputError" });
  assert.throws(
    () =>
      segmentsAcrossCounts([
        [0, -1],
        [0, 1],
      ]),
    { message: /got -1 at row 1/ },
  );
});
