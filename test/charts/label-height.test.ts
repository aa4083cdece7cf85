import assert from "node:assert/strict";
import { test } from "node:test";
import { buildFigure } from "#src/charts/build-figure.js";
import { heightOfLabels } from "#src/charts/label-height.js";

const yaxis = {
  tickvals: [0, 1, 2],
  ticktext: ["a<br>b<br>c<br>n = 1", "a<br>b<br>n = 2", "n"],
  range: [2.5, -0.5],
};
const rows = { yaxis };

test("rows are as high as the labels beside them", () => {
  assert.equal(heightOfLabels(rows), 3 * 4 * 17);
  assert.equal(heightOfLabels({ yaxis: { ...yaxis, domain: [0.5, 1] } }), 6 * 4 * 17);
  assert.equal(heightOfLabels({ xaxis: yaxis, yaxis: { range: [0, 1] } }), 0);
  assert.equal(heightOfLabels({ yaxis: { tickvals: [0], ticktext: ["alone<br>here"] } }), 0);
});

test("a figure grows where its labels would touch, and only there", () => {
  const table = { kind: "table", caption: "", columns: [], rows: [] } as const;
  const heightAt = (height: number): unknown =>
    buildFigure({ title: "One line", data: [], layout: rows, height, table }).layout.height;
  assert.equal(heightAt(100), 3 * 4 * 17 + 48 + 44);
  assert.equal(heightAt(600), 600 + 44);
});
