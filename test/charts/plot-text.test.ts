import assert from "node:assert/strict";
import { test } from "node:test";
import { plotLabel, plotText } from "#src/charts/plot-text.js";

test("a name can not become a tag, a link or a placeholder of plotly", () => {
  assert.equal(plotText("<script>alert(1)</script>"), "&lt;script&gt;alert(1)&lt;/script&gt;");
  assert.equal(
    plotText('<a href="https://x.example">win</a>'),
    '&lt;a href="https://x.example"&gt;win&lt;/a&gt;',
  );
  assert.equal(plotText("%{x}"), "%&#123;x}");
  assert.equal(plotText("Fish & chips"), "Fish &amp; chips");
});

test("a long name is broken at spaces and cut at 48 characters", () => {
  assert.equal(plotLabel("Young professionals"), "Young<br>professionals");
  assert.equal(plotLabel("x".repeat(60)), `${"x".repeat(47)}…`);
});
