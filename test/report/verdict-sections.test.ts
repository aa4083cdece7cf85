import assert from "node:assert/strict";
import { test } from "node:test";
import { renderReport } from "#src/report/render-report.js";
import { madeOverview, madeReport } from "./made-report.js";
import { readable, reportOf } from "./report-of.js";

const page = readable(renderReport(madeReport()));

/** The part of a page between a section's start and its end. */
function sectionOf(html: string, id: string): string {
  return new RegExp(`<section id="${id}"[\\s\\S]*?</section>`).exec(html)?.[0] ?? "";
}

test("every card says its verdict in a word, what the word means and why", () => {
  const cards = [...sectionOf(page, "segments").matchAll(/<li class="card">[\s\S]*?<\/div>/g)];
  assert.equal(cards.length, madeOverview.cards.length);
  cards.forEach(([card], i) => {
    const { verdict, verdictWords } = madeOverview.cards[i]!;
    assert.ok(card.includes(`class="chip ${verdict}"`));
    assert.ok(card.includes(verdictWords));
  });
});

test("what must be known before the segments are used stands above the cards", () => {
  const html = sectionOf(page, "segments");
  const place = html.indexOf("have no gap between them");
  assert.ok(place > 0 && place < html.indexOf('<ol class="cards">'));
});

test("every stability and every separation stands beside its band without groups and its place in it", () => {
  const rows = [...sectionOf(page, "how-sure").matchAll(/<li><span class="sure-name">[\s\S]*?<\/li>/g)];
  assert.equal(rows.length, madeOverview.cards.length);
  for (const [row] of rows) {
    assert.equal([...row.matchAll(/class="band"/g)].length, 2);
    assert.equal([...row.matchAll(/without groups \d\.\d\d–\d\.\d\d/g)].length, 2);
    assert.match(row, /, above (?:all|none|\d+ % of them)/);
    assert.match(row, /, below (?:all|none|\d+ % of them)/);
    assert.match(row, /class="limit"/);
  }
});

test("a segmentation that was never judged shows its stability alone", () => {
  const cards = madeOverview.cards.map(
    ({ separation: _gap, stabilityWithoutGroups: _band, ...card }) => card,
  );
  const html = readable(renderReport({ ...madeReport(), overview: { ...madeOverview, cards } }));
  const section = sectionOf(html, "how-sure");
  assert.doesNotMatch(section, /without groups|Is there a gap/);
  assert.match(section, /0\.97/);
});

test("no reliable segments is an outcome with a section of its own: why, the figures, what is shown, what to do", () => {
  const html = readable(
    reportOf([], {
      overview: {
        ...madeOverview,
        nothingReliable: {
          reason: "No count parts the customers.",
          shown: "Shown is the steadiest cut, into 2.",
          advice: ["Target by <b>features</b>, not by segment."],
          figures: [{ label: "2 segments", valley: 0.99, withoutGroups: [0.93, 1], percentile: 0.55 }],
        },
      },
    }),
  );
  const section = sectionOf(html, "no-reliable-segments");
  assert.match(section, /<h2[^>]*>No reliable segments<\/h2>/);
  assert.match(section, /No count parts the customers\./);
  assert.match(
    section,
    /<strong>0\.99<\/strong> <small>without groups 0\.93–1\.00<\/small><small>, below 45 % of them/,
  );
  assert.match(section, /Shown is the steadiest cut, into 2\./);
  assert.match(section, /&lt;b&gt;features&lt;\/b&gt;/);
  assert.match(html, /<a href="#no-reliable-segments">/);
  assert.equal(sectionOf(page, "no-reliable-segments"), "");
});
