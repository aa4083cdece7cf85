import assert from "node:assert/strict";
import { test } from "node:test";
import { checkTraceTypes, smallestBundle, traceTypeFault } from "#src/charts/trace-types.js";

test("a chart that asks a server for its map, or that no plotly draws, is refused by name with a way out", () => {
  assert.throws(() => checkTraceTypes("show", [{ type: "bar" }, { type: "scattergeo" }]), {
    name: "InputError",
    message:
      'show: figure must be drawable in every viewer without a network, got "scattergeo", which asks a server for its map. Show bars or a heat map by region, or a picture (PNG or SVG) of the map',
  });
  assert.throws(
    () => checkTraceTypes("show", [{ type: "pointcloud" }]),
    /"pointcloud", which plotly.js 4 does not have/,
  );
  assert.throws(
    () => checkTraceTypes("show", [{ type: "quiver" }]),
    /"quiver", which viewers with plotly 2 do not have/,
  );
});

test("a trace without a type is a scatter, as plotly has it", () => {
  checkTraceTypes("show", [{}]);
});

test("the smallest bundle that covers all the types is taken", () => {
  assert.equal(smallestBundle(["bar", "scatter", "pie"])?.name, "basic");
  assert.equal(smallestBundle(["bar", "heatmap"])?.name, "cartesian");
  assert.equal(smallestBundle(["bar", "sankey", "scatterpolar", "scattergl"])?.name, "strict");
  assert.equal(smallestBundle(["bar", "scattermap"]), undefined);
});

test("every type that some bundle draws has no fault", () => {
  for (const type of ["table", "parcoords", "treemap", "surface", "quiver", "candlestick"])
    assert.equal(traceTypeFault(type), undefined, type);
});
