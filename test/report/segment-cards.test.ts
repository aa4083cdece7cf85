import assert from "node:assert/strict";
import { test } from "node:test";
import { createScanner } from "#src/disclosure/scan-text.js";
import { renderSegmentCards } from "#src/report/segment-cards.js";
import { madeFacts } from "../made-facts.js";

test("each segment has a page with its verdict, figures, rule and age, and the page asks for nothing", () => {
  const { facts } = madeFacts();
  const html = renderSegmentCards(facts);
  assert.equal(html.match(/<article class="sheet">/g)?.length, facts.segments.length);
  const words = [
    "What they buy clearly more or less of",
    "spend &gt; 500 and age ≤ 40",
    "finds 92 % of the segment and is right about 88 % of those it finds",
    "The segments are defined for 2026-03-31; stale after 2026-07-09 (100 days).",
    "Figures of fewer than 10 customers are not shown",
  ];
  assert.deepEqual(
    words.filter((text) => !html.includes(text)),
    [],
  );
  assert.doesNotMatch(html, /<script|https?:\/\/(?!www\.w3\.org)|@import|url\(/);
  assert.deepEqual(createScanner()(html), []);
});

test("hostile names are shown, not obeyed, and rules that were set aside are said", () => {
  const { facts } = madeFacts();
  const name = `<script>alert(1)</script>${"x".repeat(300)}`;
  const [first, ...others] = facts.segments;
  const html = renderSegmentCards({
    ...facts,
    segments: [{ ...first!, name }, ...others],
    privacy: { minimumCell: 2, allow: ["small-cells"] },
  });
  assert.ok(html.includes("&lt;script&gt;alert(1)&lt;/script&gt;"));
  assert.doesNotMatch(html, /<script/);
  assert.match(html, /Privacy rule set aside by small-cells/);
});
