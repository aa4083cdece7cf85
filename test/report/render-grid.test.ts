import assert from "node:assert/strict";
import { test } from "node:test";
import { type GridRun, renderGrid } from "#src/report/render-grid.js";

const done: GridRun = {
  folder: "asOf=2026-03-31",
  values: ["2026-03-31"],
  failure: null,
  hasReport: true,
  customers: 4000,
  segments: [
    { key: "s1", name: "Loyal <b>families</b>", size: 3000 },
    { key: "s2", name: "write@example.com", size: 1000 },
  ],
  seconds: 12.34,
};
const failed: GridRun = {
  ...done,
  folder: "asOf=x",
  values: ["<script>alert(1)</script>"],
  failure: "loadSources: no <file>\nsecond line",
  hasReport: false,
  customers: null,
  segments: [],
};
const page = renderGrid({ title: "A & B", axes: ["asOf"], runs: [done, failed], seconds: 20 });

test("each run stands in the overview with its segments, and leads to its report", () => {
  assert.match(page, /<a href="asOf%3D2026-03-31\/index\.html">2026-03-31<\/a>/);
  assert.match(page, /4,000/);
  assert.match(page, /2: Loyal &lt;b&gt;families&lt;\/b&gt;\u00a075\u00a0%/);
  assert.match(page, /width="75\.00%"/);
});

test("a run that failed says why and hides nothing of the others", () => {
  assert.match(page, /1 of 2 runs did not finish/);
  assert.match(page, /failed: loadSources: no &lt;file&gt;</);
  assert.doesNotMatch(page, /second line/);
});

test("names and values are shown, not obeyed, and e-mail addresses are left out", () => {
  assert.doesNotMatch(page, /<script>alert|<b>families|write@example/);
  assert.match(page, /A &amp; B/);
});

test("the page asks for nothing and may run nothing but its own script", () => {
  assert.match(page, /default-src 'none'; script-src 'sha256-[^']+';/);
  assert.doesNotMatch(page, /\ssrc=|url\(|https?:/);
});
