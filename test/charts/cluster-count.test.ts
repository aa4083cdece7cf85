import assert from "node:assert/strict";
import { test } from "node:test";
import { clusterCount } from "#src/charts/cluster-count.js";

const rows = [
  { count: 1, inertia: 100, silhouette: null, gap: 0.1, gapStandardError: 0.01 },
  { count: 2, inertia: 60, silhouette: 0.4, gap: 0.3, gapStandardError: 0.02 },
];

test("the recommended count is named and marked", () => {
  const figure = clusterCount({ rows, recommendedCount: 2 });
  assert.equal(figure.title, "The declared rule picks 2 segments");
  assert.deepEqual(
    (figure.layout.shapes as { x0: number }[]).map((shape) => shape.x0),
    [2],
  );
});

test("one group is a normal answer, and said as such", () => {
  assert.match(clusterCount({ rows, recommendedCount: 1 }).title, /look like one group/);
});

test("a measure that was not taken has no panel", () => {
  const without = rows.map((row) => ({ ...row, gap: null, gapStandardError: null }));
  assert.equal(clusterCount({ rows, recommendedCount: 2 }).data.length, 3);
  assert.equal(clusterCount({ rows: without, recommendedCount: 2 }).data.length, 2);
});
