import assert from "node:assert/strict";
import { test } from "node:test";
import { decomposition } from "#src/charts/decomposition.js";
import { drift } from "#src/charts/drift.js";
import type { Figure } from "#src/charts/figure.js";
import { figurePicture, isPicturable } from "#src/charts/figure-picture.js";
import { type SegmentFlowsView, segmentFlows } from "#src/charts/segment-flows.js";
import { sizesOverTime } from "#src/charts/sizes-over-time.js";
import { segmentColour } from "#src/charts/theme.js";
import { smallestBundle } from "#src/charts/trace-types.js";

const flows: SegmentFlowsView = {
  from: "31 March 2026",
  to: "30 June 2026",
  before: [
    { key: "s1", name: "Loyal families", size: 100 },
    { key: "s2", name: "Eco-minded", size: 60 },
    { key: "new", name: "New", size: 10 },
  ],
  after: [
    { key: "s2", name: "Eco-minded", size: 75 },
    { key: "s7", name: "Parents <b>", size: 80 },
    { key: "lapsed", name: "Lapsed", size: 15 },
  ],
  flows: [
    { from: "s1", to: "s7", customers: 75 },
    { from: "s1", to: "s2", customers: 10 },
    { from: "s1", to: "lapsed", customers: 15 },
    { from: "s2", to: "s2", customers: 60 },
    { from: "new", to: "s2", customers: 5 },
    { from: "new", to: "s7", customers: 5 },
  ],
};

const change = (key: string, parts: readonly [number, number, number]) => ({
  ...{ key, name: key === "s1" ? "Loyal families" : "Eco-minded", before: 100 },
  change: parts[0] + parts[1] + parts[2],
  after: 100 + parts[0] + parts[1] + parts[2],
  customersChanged: parts[0],
  definitionChanged: parts[1],
  baseChanged: parts[2],
});

const moved = (label: string, stabilityIndex: number, isDrifting: boolean) => ({
  ...{ label, stabilityIndex, isDrifting, noDriftLimit: 0.02 },
});

const over = (key: string, name: string, values: readonly (number | null)[]) => ({ key, name, values });

const figures: Record<string, Figure> = {
  flows: segmentFlows(flows),
  sizes: sizesOverTime({
    dates: ["March", "June"],
    unit: "customers",
    segments: [
      over("s1", "Loyal families", [100, null]),
      over("s2", "Eco-minded", [60, 75]),
      over("s7", "Parents", [null, 80]),
    ],
  }),
  drift: drift({ features: [moved("Age", 0.01, false), moved("Orders", 0.3, true)] }),
  still: drift({ features: [moved("Age", 0.01, false)] }),
  why: decomposition({ unit: "customers", segments: [change("s1", [2, -40, -3]), change("s2", [1, 2, 12])] }),
  worth: decomposition({ unit: "EUR", segments: [change("s1", [2.5, -400, -3])] }),
};

test("figures of a refresh say what was found", () => {
  assert.deepEqual(
    Object.values(figures).map(({ title }) => title),
    [
      "41.4 % of the 145 customers of both dates are in the segment where they were; most moves, 75, are from Loyal families to Parents <b>",
      "From March to June, Eco-minded changed most, from 60 to 75; 1 segment is new; 1 is gone",
      "1 of 2 numbers drifted, the farthest Orders (index 0.3; chance gives up to 0.02)",
      "None of 1 number drifted",
      "Loyal families changed most (−41), and most of that is the new definition (−40)",
      "Loyal families changed most (−401 EUR), and most of that is the new definition (−400 EUR)",
    ],
  );
});

test("every figure of a refresh is drawn by a small bundle and as a picture, and has a table that fits", () => {
  for (const [name, figure] of Object.entries(figures)) {
    assert.match(
      smallestBundle(figure.data.map(({ type }) => String(type)))?.name ?? "none",
      /basic|cartesian/,
      name,
    );
    assert.ok(isPicturable(figure), name);
    assert.doesNotMatch(figurePicture(figure), /NaN|undefined|<b>/, name);
    for (const row of figure.table.rows) assert.equal(row.length, figure.table.columns.length, name);
  }
});

test("a segment keeps its colour at both dates, and who came or went has none of its own", () => {
  const colours = figures.flows!.data.map(({ fillcolor }) => fillcolor);
  const own = segmentColour("s2");
  // Two boxes and the band between them.
  assert.equal(colours.filter((colour) => colour === own).length, 3);
  assert.notEqual(segmentColour("s7"), own);
  assert.equal(new Set(["s1", "s2", "s7"].map(segmentColour)).size, 3);
});

test("where nobody is a customer at both dates, the figure says so", () => {
  const apart = segmentFlows({
    ...flows,
    before: [
      { key: "s1", name: "A", size: 5 },
      { key: "new", name: "New", size: 4 },
    ],
    after: [
      { key: "s1", name: "A", size: 4 },
      { key: "lapsed", name: "Lapsed", size: 5 },
    ],
    flows: [
      { from: "s1", to: "lapsed", customers: 5 },
      { from: "new", to: "s1", customers: 4 },
    ],
  });
  assert.equal(apart.title, "Nobody is a customer both on 31 March 2026 and on 30 June 2026");
});
