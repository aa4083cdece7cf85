import assert from "node:assert/strict";
import { test } from "node:test";
import { assessStability, type StabilityAssessment } from "#src/validity/assess-stability.js";
import { findFenceSitters } from "#src/validity/fence-sitters.js";
import { packedLength, packLabels, unpackLabels } from "#src/validity/pack-labels.js";
import { drawBlobs, shuffleRows } from "../cluster/matrices.js";

const assessed: StabilityAssessment = {
  ...{ clusterCount: 2, resamples: 10, startsPerResample: 1, rowsUsed: 4, segments: [], meanJaccard: 1 },
  ...{ scheme: "bootstrap", keepRepeats: true, adjustedRand: 1, notes: [] },
  memberships: {
    rows: Int32Array.of(0, 1, 2, 3),
    labels: Int32Array.of(0, 0, 1, 1),
    clusterCount: 2,
    shares: Float64Array.of(1, 0, 0.7, 0.3, 0.6, 0.4, 0, 0.75),
  },
};

test("by hand: who lands at home too seldom, where else, and how many by segment", () => {
  const found = findFenceSitters(assessed);
  assert.deepEqual(found.list, [
    { row: 2, segment: 1, share: 0.4, neighbour: 0, neighbourShare: 0.6 },
    { row: 1, segment: 0, share: 0.7, neighbour: 1, neighbourShare: 0.3 },
  ]);
  assert.deepEqual(found.segments, [
    { segment: 0, customers: 2, fenceSitters: 1, share: 0.5, mostlyElsewhere: 0, meanShare: 0.85 },
    { segment: 1, customers: 2, fenceSitters: 1, share: 0.5, mostlyElsewhere: 1, meanShare: 0.575 },
  ]);
  assert.deepEqual(
    [8, 14, 15, 19].map((bin) => found.twentieths[bin]),
    [1, 1, 1, 1],
  );
  assert.match(
    found.sentence,
    /^2 customers sit on a fence \(50 % of 4\), who do not land in the assigned segment in at least 75 % of 10 refits\./,
  );
});

test("between two crowds nobody sits on a fence; along a cut through one crowd many do", () => {
  const apart = drawBlobs({ seed: 1, rowCount: 200, columnCount: 4, groups: 3, spread: 5 });
  const options = { clusterCount: 3, seed: 1, resamples: 20, memberships: true };
  const settled = findFenceSitters(assessStability(apart.matrix, options));
  assert.deepEqual([settled.list.length, settled.twentieths[19]], [0, 200]);
  assert.match(settled.sentence, /^No customer sits on a fence: all 200/);
  const cloud = drawBlobs({ seed: 2, rowCount: 300, columnCount: 3, groups: 1, spread: 0 });
  assert.ok(findFenceSitters(assessStability(cloud.matrix, options)).list.length > 30);
});

test("a customer's share does not depend on where the row stands", () => {
  const { matrix } = drawBlobs({ seed: 4, rowCount: 120, columnCount: 2, groups: 1, spread: 0 });
  const options = { clusterCount: 3, seed: 1, resamples: 15, memberships: true };
  const { matrix: shuffled, order } = shuffleRows(matrix, 8);
  const shareOf = (from: typeof matrix) => {
    const { shares, labels } = assessStability(from, options).memberships!;
    return Array.from(labels, (label, row) => shares[row * 3 + label]!);
  };
  const shares = shareOf(matrix);
  assert.deepEqual(
    shareOf(shuffled),
    order.map((row) => shares[row]),
  );
});

test("an assessment without memberships and limits that are no shares are refused", () => {
  const { memberships: _, ...without } = assessed;
  assert.throws(() => findFenceSitters(without), { name: "InputError", message: /memberships: true$/ });
  assert.throws(() => findFenceSitters(assessed, { fence: 75 }), {
    message: "findFenceSitters: fence must be a number from 0 to 1, got 75",
  });
});

test("packed labels come out as they went in", () => {
  for (const clusterCount of [1, 2, 5, 64, 1000]) {
    const labels = Int32Array.from({ length: 257 }, (_, i) => (i * 7) % clusterCount);
    const packed = new Float64Array(packedLength(labels.length, clusterCount));
    packLabels(labels, clusterCount, packed);
    const read = new Int32Array(labels.length).fill(-1);
    unpackLabels(packed, { rowCount: labels.length, clusterCount }, (row, label) => {
      read[row] = label;
    });
    assert.deepEqual(read, labels);
  }
});
