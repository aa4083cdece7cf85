import assert from "node:assert/strict";
import { test } from "node:test";
import { markdown } from "#src/notebook/markdown.js";

test("counts are written in full, other numbers to three significant digits", () => {
  assert.equal(
    markdown`**${4338} customers** spend ${2054.266} GBP`.text,
    "**4,338 customers** spend 2,050 GBP",
  );
});

test("a name cannot become markup", () => {
  assert.equal(
    markdown`Segment ${"<script>*x*</script>"}`.text,
    "Segment &lt;script&gt;\\*x\\*&lt;/script&gt;",
  );
  assert.equal(markdown`See ${"[a](http://x.example)"}`.text, "See \\[a\\]\\(http://x.example\\)");
});

test("a list of names is joined with commas", () => {
  assert.equal(markdown`${["Families", "Retirees"]} are largest`.text, "Families, Retirees are largest");
});
