import assert from "node:assert/strict";
import { test } from "node:test";
import { checkTraceTypes } from "#src/charts/trace-types.js";

test("a trace type outside the bundle is refused by name, because plotly would draw nothing and say nothing", () => {
  assert.throws(() => checkTraceTypes("show", [{ type: "bar" }, { type: "scatterpolar" }]), {
    name: "InputError",
    message: /^show: figure must use only the trace types bar, .*, got "scatterpolar"$/,
  });
});

test("a trace without a type is a scatter, as plotly has it", () => {
  checkTraceTypes("show", [{}]);
});
