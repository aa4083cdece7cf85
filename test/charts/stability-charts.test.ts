import assert from "node:assert/strict";
import { test } from "node:test";
import { countStability } from "#src/charts/count-stability.js";
import { fenceSitters } from "#src/charts/fence-sitters.js";
import { figurePicture, isPicturable } from "#src/charts/figure-picture.js";
import { segmentsAcross } from "#src/charts/segments-across.js";
import { segmentsWithin } from "#src/charts/segments-within.js";
import { withoutFeatures } from "#src/charts/without-features.js";
import { segmentsAcrossCounts } from "#src/validity/segments-across-counts.js";

const spread = (median: number) => ({
  ...{ mean: median, low: median - 0.1, median, high: Math.min(1, median + 0.1) },
  values: [median - 0.1, median, Math.min(1, median + 0.1)],
});
const families = { key: "s1", name: "Families", size: 600, ...spread(0.95) };
const retirees = { key: "s2", name: "Retirees", size: 400, ...spread(0.6) };
const view = segmentsAcrossCounts([
  [0, 0, 0, 0, 1, 1, 1, 1],
  [0, 0, 0, 2, 2, 1, 1, 1],
]);

test("within the solution: the surest and the least sure segment are the finding", () => {
  const figure = segmentsWithin([families, retirees]);
  assert.equal(
    figure.title,
    "“Families” can be counted on most (median overlap 0.95 of 1), “Retirees” least (0.60)",
  );
  assert.match(figure.table.note!, /each of 3 pairs of bootstrap samples/);
});

test("over counts: the count whose refits agree most is the finding", () => {
  const figure = countStability([
    { count: 2, ...spread(0.7) },
    { count: 3, ...spread(0.99) },
  ]);
  assert.equal(figure.title, "3 segments come back most alike (median index 0.99), 2 least (0.70)");
});

test("across counts: the segment that is mixed from most is the finding, and every segment has its row", () => {
  const figure = segmentsAcross(view);
  assert.match(
    figure.title,
    /33\.3 % of the segments draw on several before, .* number 3 of 3 \(stability 0\.00 of 1\)$/,
  );
  assert.deepEqual(figure.table.rows.at(-1), [3, "3", 2, 0, "1", 50]);
  assert.equal(figure.table.rows.length, 5);
  const whole = segmentsAcrossCounts([
    [0, 0, 1, 1],
    [0, 0, 1, 2],
  ]);
  assert.match(segmentsAcross(whole).title, /every segment comes almost whole from one before/);
});

test("across counts: boxes of a column neither overlap nor leave the plot, and bands end at boxes", () => {
  const figure = segmentsAcross(view);
  const all = figure.data as unknown as readonly { readonly x: number[]; readonly y: number[] }[];
  const values = all.flatMap(({ y }) => y);
  assert.ok(Math.min(...values) > -1e-9 && Math.max(...values) < 1 + 1e-9);
  const boxes = all.slice(-5).map(({ x, y }) => ({ column: (x[0]! + x[1]!) / 2, top: y[0]!, bottom: y[2]! }));
  for (const column of [0, 1]) {
    const own = boxes.filter((box) => Math.abs(box.column - column) < 1e-9).sort((a, b) => a.top - b.top);
    own.slice(1).forEach((box, i) => {
      assert.ok(box.top > own[i]!.bottom);
    });
  }
});

test("features left out: the one that changes most heads bars and title; where none does, that is said", () => {
  const left = (label: string, adjustedRand: number) => ({
    ...{ label, adjustedRand, leastOverlap: adjustedRand, leastSegment: "Families" },
  });
  const figure = withoutFeatures([left("Visits", 0.95), left("Spend", 0.2)]);
  assert.match(
    figure.title,
    /rest most on “Spend”: without it the agreement falls to 0\.20, without “Visits” to 0\.95/,
  );
  assert.equal(figure.table.rows[0]![0], "Spend");
  assert.match(withoutFeatures([left("Visits", 0.95)]).title, /^Any one feature can be left out/);
});

test("fence-sitters: how many, and where most of them are", () => {
  const figure = fenceSitters({
    ...{ twentieths: [...new Array<number>(15).fill(0), 10, 10, 10, 70, 900], fence: 0.75, fenceSitters: 40 },
    ...{ customers: 1000, resamples: 100 },
    segments: [
      { name: "Families", customers: 600, fenceSitters: 10, mostlyElsewhere: 0 },
      { name: "Retirees", customers: 400, fenceSitters: 30, mostlyElsewhere: 5 },
    ],
  });
  assert.equal(figure.title, "40 of 1,000 customers (4 %) sit on a fence, most of all in “Retirees” (7.5 %)");
});

test("all of them have a still picture", () => {
  for (const figure of [
    segmentsWithin([families]),
    countStability([{ count: 2, ...spread(0.7) }]),
    segmentsAcross(view),
  ]) {
    assert.ok(isPicturable(figure), figure.title);
    assert.match(figurePicture(figure), /^<svg/);
    assert.doesNotMatch(figurePicture(figure), /NaN|Infinity/);
  }
});
