import assert from "node:assert/strict";
import { test } from "node:test";
import type { Figure } from "#src/charts/figure.js";
import { figurePicture, isPicturable } from "#src/charts/figure-picture.js";
import { smallestBundle } from "#src/charts/trace-types.js";
import { madeFigures } from "../report/made-report.js";

const figures = Object.entries(madeFigures) as [string, Figure][];

test("every chart of ours is drawn by one of plotly's two small bundles", () => {
  for (const [name, figure] of figures) {
    const types = figure.data.map((trace) => String(trace.type));
    assert.match(smallestBundle(types)?.name ?? "none", /basic|cartesian/, `${name}: ${types}`);
  }
});

test("every chart states its finding, and says it above the plot", () => {
  for (const [name, figure] of figures) {
    assert.ok(figure.title.length > 20, name);
    assert.doesNotMatch(figure.title, /undefined|NaN|null/, name);
    assert.deepEqual(figure.layout.meta, { title: figure.title }, name);
  }
});

test("every axis that counts something has a title", () => {
  for (const [name, figure] of figures) {
    const axis = figure.layout.xaxis as { readonly title?: { readonly text?: string } };
    assert.ok(axis.title?.text, name);
  }
});

test("every chart has a table twin whose rows fit its columns", () => {
  for (const [name, { table }] of figures) {
    assert.ok(table.rows.length > 0, name);
    for (const row of table.rows) assert.equal(row.length, table.columns.length, name);
  }
});

test("every chart survives a round trip through JSON: no NaN, no undefined, no function", () => {
  for (const [name, { data, layout }] of figures) {
    assert.deepEqual(JSON.parse(JSON.stringify({ data, layout })), { data, layout }, name);
  }
});

test("titles are objects, as plotly 2 and later both read them", () => {
  for (const [, { layout }] of figures) {
    for (const [key, value] of Object.entries(layout)) {
      if (!/axis/.test(key)) continue;
      const { title } = value as { readonly title?: unknown };
      assert.notEqual(typeof title, "string", key);
    }
  }
});

test("every chart can be drawn as a still picture without a browser", () => {
  for (const [name, figure] of figures) {
    assert.ok(isPicturable(figure), name);
    const picture = figurePicture(figure);
    assert.match(picture, /^<svg xmlns/, name);
    assert.doesNotMatch(picture, /NaN|undefined|Infinity/, name);
  }
});

test("a figure drawn by hand, without the theme, is left to plotly", () => {
  const table = madeFigures.sizes!.table;
  assert.equal(
    isPicturable({ kind: "figure", title: "By hand", data: [{ type: "box", y: [1, 2] }], layout: {}, table }),
    false,
  );
});
