import assert from "node:assert/strict";
import { test } from "node:test";
import { migrationTable } from "#src/refresh/migration-table.js";
import type { RefreshRecord } from "#src/refresh/refresh-record.js";
import { renderRefreshPage } from "#src/report/refresh-page.js";
import { refreshStory, refreshSummary } from "#src/workbook/refresh-story.js";

const hash = "a".repeat(64);
const hostile = "<script>alert(1)</script>";

const former = [
  { key: "s1", name: "Loyal families" },
  { key: "s2", name: "Eco-minded" },
];
const now = [
  { key: "s2", name: "Eco-minded" },
  { key: "s3", name: hostile },
];

const table = migrationTable(
  { keys: ["a", "b", "c", "d", "e"], labels: [0, 0, 0, 1, 1], segments: former },
  { keys: ["a", "b", "d", "e", "f"], labels: [1, 1, 0, 0, 0], segments: now },
);

const change = (key: string, before: number, after: number) => ({
  ...{ key, before, after, change: after - before },
  ...{ customersChanged: 0, definitionChanged: after - before, baseChanged: 0 },
});

const first: RefreshRecord = {
  schemaVersion: 1,
  asOf: "2026-03-31",
  previous: null,
  definition: { version: 1, fingerprint: hash, createdFor: "2026-03-31", decision: "first" },
  recommendation: null,
  customers: { before: 0, after: 5, common: 0, arrived: 0, lapsed: 0 },
  segments: former.map(({ key, name }, i) => ({
    ...{
      key,
      name,
      status: "born" as const,
      jaccard: 0,
      size: 3 - i,
      sizeBefore: null,
      isNameWithheld: false,
      from: [],
    },
  })),
  former: [],
  migration: null,
  drift: [],
  claims: [],
  gates: [],
  workbook: hash,
  inputs: [{ source: "orders", sha256: hash, rowsRead: 10, rowsKept: 9 }],
  notes: [],
};

const second: RefreshRecord = {
  ...first,
  asOf: "2026-06-30",
  previous: { state: "2026-03-31", asOf: "2026-03-31", version: 1, fingerprint: hash, record: hash },
  definition: { version: 2, fingerprint: hash, createdFor: "2026-06-30", decision: "refitted" },
  recommendation: { word: "refit", reasons: ["Segments changed."] },
  customers: { before: 5, after: 5, common: 4, arrived: 1, lapsed: 1 },
  segments: [
    {
      ...{
        key: "s2",
        name: "Eco-minded",
        status: "continued",
        jaccard: 1,
        size: 3,
        sizeBefore: 2,
        isNameWithheld: false,
      },
      from: [{ key: "s2", name: "Eco-minded", customers: 2, share: 1 }],
    },
    {
      ...{
        key: "s3",
        name: hostile,
        status: "split",
        jaccard: 0,
        size: 2,
        sizeBefore: null,
        isNameWithheld: true,
      },
      from: [{ key: "s1", name: "Loyal families", customers: 2, share: 1 }],
    },
  ],
  former: [
    {
      ...{ key: "s1", name: "Loyal families", status: "split", size: 3 },
      into: [{ key: "s3", name: hostile, customers: 2, share: 1 }],
    },
    {
      ...{ key: "s2", name: "Eco-minded", status: "continued", size: 2 },
      into: [{ key: "s2", name: "Eco-minded", customers: 2, share: 1 }],
    },
  ],
  migration: {
    matrix: table,
    decomposition: { customers: [change("s1", 3, 0), change("s2", 2, 3), change("s3", 0, 2)] },
  },
};

const facts = { title: "Sample shop", maxAgeDays: 100 };

test("the page of a refresh says what to do, what became of each segment, and obeys no name", () => {
  const html = renderRefreshPage(refreshStory(second, facts));
  const words = [
    "Refit and continue: version 2 is in force from now on.",
    "defined for 2026-06-30; stale after 2026-10-08 (100 days)",
    "5 customers, 5 before: 4 at both dates, 1 new, 1 gone.",
    "The name and the key of Loyal families are not passed on.",
    "are now in &lt;script&gt;alert(1)&lt;/script&gt;.",
    "Who moved",
    "Why segments grew or shrank",
  ];
  assert.deepEqual(
    words.filter((text) => !html.includes(text)),
    [],
  );
  const body = html.slice(html.indexOf("<body>"), html.indexOf("</main>"));
  assert.doesNotMatch(body, /<script>alert|NaN|undefined|Infinity/);
});

test("where nothing drifted the page is silent about it, and a first state has nothing to compare with", () => {
  assert.doesNotMatch(renderRefreshPage(refreshStory(second, facts)), /How the customers changed/);
  const story = refreshStory(first, facts);
  assert.deepEqual(
    story.sections.map(({ id }) => id),
    ["data"],
  );
  assert.deepEqual(
    story.cards.map(({ status, size, sizeBefore }) => [status, size, sizeBefore]),
    [
      [null, 3, null],
      [null, 2, null],
    ],
  );
  assert.match(refreshSummary(first), /^The first state: 5 customers as of 31 March 2026\./);
});

test("a kept definition shows its own segments, and says what a refit would end", () => {
  const kept: RefreshRecord = {
    ...second,
    definition: { version: 1, fingerprint: hash, createdFor: "2026-03-31", decision: "kept" },
    recommendation: { word: "keep", reasons: [] },
    migration: {
      matrix: migrationTable(
        { keys: ["a", "b"], labels: [0, 1], segments: former },
        { keys: ["a", "b"], labels: [0, 1], segments: former },
      ),
      decomposition: { customers: [change("s1", 1, 1), change("s2", 1, 1)] },
    },
  };
  const story = refreshStory(kept, facts);
  assert.equal(story.headline, "Keep: version 1 stays in force.");
  assert.ok(story.facts.includes("defined for 2026-03-31; 91 days old; limit 100"));
  assert.deepEqual(
    story.cards.map(({ key, status, change: text }) => [key, status, text]),
    [
      ["s1", "split in the refit", "As many as before"],
      ["s2", "continued", "As many as before"],
    ],
  );
  assert.match(story.gone[0]!, /^Loyal families \(3 customers\) split in the refit, which is not in force: /);
});

test("a refused refresh is a warning, and nobody in common is said", () => {
  const apart = migrationTable(
    { keys: ["a"], labels: [0], segments: former },
    { keys: ["z"], labels: [0], segments: now },
  );
  const story = refreshStory(
    {
      ...second,
      definition: { version: 1, fingerprint: hash, createdFor: "2026-03-31", decision: "refused" },
      recommendation: { word: "rethink", reasons: ["No customer was there at both dates."] },
      customers: { before: 1, after: 1, common: 0, arrived: 1, lapsed: 1 },
      migration: { ...second.migration!, matrix: apart },
      gates: [{ name: "overlap", passed: false, value: 0, limit: 0.5, reason: "Nobody is there still." }],
    },
    facts,
  );
  assert.equal(story.isWarning, true);
  assert.match(story.headline, /nothing of this refresh is in force; the state of 31 March 2026 goes on\.$/);
  assert.match(renderRefreshPage(story), /so nobody could move.*A gate did not pass/s);
});
