import assert from "node:assert/strict";
import { test } from "node:test";
import { countSeparations } from "#src/charts/count-separations.js";
import { descriptorOrigins } from "#src/charts/descriptor-origins.js";
import type { Figure } from "#src/charts/figure.js";
import { figurePicture, isPicturable } from "#src/charts/figure-picture.js";
import { mergeCosts } from "#src/charts/merge-costs.js";
import { pairDensity } from "#src/charts/pair-density.js";
import { valleyMap } from "#src/charts/valley-map.js";
import { mergeLosses } from "#src/validity/merge-losses.js";

const segments = [
  { key: "s1", name: "Loyal families", size: 500 },
  { key: "s2", name: "Eco-minded", size: 300 },
  { key: "s3", name: "One-timers", size: 200 },
];

const band = { low: 0.93, high: 1, percentile: 0 };
const separations = [2, 3].flatMap((count) =>
  (["plain", "weighted"] as const).map((route) => ({
    ...{ count, route, null: band, everyPairOpen: count === 2 },
    worstValley: count === 2 ? 0.41 : 0.98,
    pValue: count === 2 ? 0.01 : 0.64,
  })),
);

const pairs = [
  { a: 0, b: 1, valley: 0.41, limit: 0.8, open: true },
  { a: 0, b: 2, valley: 0.98, limit: 0.77, open: false },
  { a: 1, b: 2, valley: 0.2, limit: 0.77, open: true },
];

const places = Array.from({ length: 201 }, (_, i) => -0.5 + i / 100);
const hill = (middle: number) => places.map((place) => Math.exp(-20 * (place - middle) ** 2));
const density = {
  segments: [segments[0]!, segments[1]!] as const,
  places,
  together: places.map((_, i) => hill(0)[i]! + hill(1)[i]!),
  each: [hill(0), hill(1)] as const,
  valleyAt: 0.5,
};

const effect = (value: number) => ({ name: "rank ε²", value });
const origins = [
  { label: "Age", effect: effect(0.3), origin: "inherited" as const },
  { label: "Satisfaction", effect: effect(0.1), origin: "own" as const },
  { label: "Region", effect: { name: "Cramér’s V", value: 0.1 }, origin: "none" as const },
  { label: "Unknown", effect: null, origin: null },
];

const figures: Record<string, Figure> = {
  counts: countSeparations({ separations, recommendedCount: 2, route: "plain", limit: 0.8 }),
  nothing: countSeparations({ separations, recommendedCount: 1, route: "plain", limit: 0.8 }),
  map: valleyMap({ segments, pairs }),
  origins: descriptorOrigins(origins),
  costs: mergeCosts({ segments, pairs: pairs.map((pair) => ({ ...pair, loss: 0.1 + 0.2 * pair.valley })) }),
  gap: pairDensity({ ...density, valley: 0.03, limit: 0.8, open: true }),
  slope: pairDensity({ ...density, valley: 1, limit: 0.8, open: false }),
};

test("every figure of the verdict has a table twin, survives JSON and can be drawn without a browser", () => {
  for (const [name, figure] of Object.entries(figures)) {
    assert.deepEqual(JSON.parse(JSON.stringify(figure)), figure, name);
    for (const row of figure.table.rows) assert.equal(row.length, figure.table.columns.length, name);
    assert.ok(isPicturable(figure), name);
    assert.doesNotMatch(figurePicture(figure), /NaN|undefined|Infinity/, name);
  }
});

test("titles state what was found, and only that", () => {
  assert.match(figures.counts!.title, /^2 segments stand apart: .* 41 % of the lower peak/);
  assert.match(figures.nothing!.title, /^No groups: .*smallest p 0\.01, at 2/);
  assert.equal(
    figures.map!.title,
    "“Loyal families” and “One-timers” have no gap between them; every other two do",
  );
  const open = pairs.filter((pair) => pair.open);
  assert.match(
    valleyMap({ segments, pairs: open }).title,
    /^There is a gap between every two segments; the shallowest, between “Loyal families” and “Eco-minded”/,
  );
  const closed = pairs.map((pair) => ({ ...pair, open: false }));
  assert.equal(valleyMap({ segments, pairs: closed }).title, "No two segments have a gap between them");
  assert.match(
    figures.costs!.title,
    /^“Loyal families” and “One-timers” have no gap between them: as one segment they would lose 29\.6 %/,
  );
  assert.match(figures.gap!.title, /^A gap: between “Loyal families” and “Eco-minded” there are 3 %/);
  assert.match(figures.slope!.title, /^There is no gap between/);
});

test("the losses of merging two of three add up as Ward’s costs do", () => {
  // Centres 0, 1 and 10 of 1, 1 and 2 rows: between them 90.75 in all; the first two apart cost 0.5.
  const losses = mergeLosses({ centres: [[0], [1], [10]], sizes: [1, 1, 2] });
  assert.deepEqual(
    losses.map(({ a, b }) => [a, b]),
    [
      [0, 1],
      [1, 2],
      [0, 2],
    ],
  );
  assert.ok(Math.abs(losses[0]!.loss - 0.5 / 90.75) < 1e-12);
  assert.ok(Math.abs(losses[1]!.loss - 54 / 90.75) < 1e-12);
  assert.deepEqual(mergeLosses({ centres: [[3]], sizes: [7] }), []);
});

test("a difference of its own is told from one that the bases imply", () => {
  assert.equal(
    figures.origins!.title,
    "“Satisfaction” alone differs beyond what the bases imply; 1 more by no more than the bases imply",
  );
  assert.equal(
    descriptorOrigins(origins.slice(0, 1)).title,
    "No feature differs on its own: 1 differs by no more than the bases imply",
  );
  assert.equal(figures.origins!.table.rows.length, 3);
});
