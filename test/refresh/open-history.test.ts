import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openDuckDb } from "#src/engine/duckdb.js";
import { type OpenHistory, openHistory } from "#src/refresh/open-history.js";
import { sizesView, transitionsView } from "#src/workbook/history-views.js";
import { writeHistory } from "./made-history.js";

const folder = mkdtempSync(join(tmpdir(), "segbook-history-"));
let history: OpenHistory;

before(async () => {
  const engine = await openDuckDb({ threads: 1 });
  await writeHistory(engine, folder, [
    {
      asOf: "2026-03-31",
      customers: [
        ["ann", "s1", 0.1],
        ["bob's", "s1", 0.2],
        ["cas", "s2", 5],
        ["dee", "s2", 7],
      ],
    },
    {
      asOf: "2026-06-30",
      customers: [
        ["ann", "s1", 1],
        ["bob's", "s2", 2],
        ["cas", "s7", 5],
        ["eve", "s7", 3],
      ],
    },
    {
      asOf: "2026-09-30",
      customers: [
        ["ann", "s1", 1],
        ["bob's", "s1", 2],
        ["dee", "s2", 9],
        ["eve", "s7", 3],
      ],
    },
  ]);
  engine.close();
  history = (await openHistory(folder))!;
});
after(() => {
  history.close();
  rmSync(folder, { recursive: true });
});

test("a folder without a history has none", async () => {
  assert.equal(await openHistory(join(folder, "nowhere")), null);
});

test("sizes and revenue by segment at every date, sums exact to the cent", async () => {
  const sizes = await history.sizes();
  assert.deepEqual(
    sizes.map(({ asOf, key, customers, revenue }) => `${asOf} ${key} ${customers} ${revenue}`),
    [
      "2026-03-31 s1 2 0.3",
      "2026-03-31 s2 2 12",
      "2026-06-30 s1 1 1",
      "2026-06-30 s2 1 2",
      "2026-06-30 s7 2 8",
      "2026-09-30 s1 2 3",
      "2026-09-30 s2 1 9",
      "2026-09-30 s7 1 3",
    ],
  );
  assert.deepEqual(sizesView(sizes), {
    dates: ["31 March 2026", "30 June 2026", "30 September 2026"],
    unit: "customers",
    segments: [
      { key: "s1", name: "Loyal families", values: [2, 1, 2] },
      { key: "s2", name: "Eco-minded", values: [2, 1, 1] },
      { key: "s7", name: "Parents", values: [null, 2, 1] },
    ],
  });
});

test("a customer's path, also of one whose name holds a quote", async () => {
  const path = await history.path("bob's");
  assert.deepEqual(
    path.map(({ from, to, segment, reason, endReason }) => [from, to, segment, reason, endReason]),
    [
      ["2026-03-31", "2026-06-30", "s1", "first", "moved"],
      ["2026-06-30", "2026-09-30", "s2", "moved", "moved"],
      ["2026-09-30", null, "s1", "moved", null],
    ],
  );
  assert.deepEqual(await history.path("nobody"), []);
});

test("retention from each date to the next, with Wilson's intervals", async () => {
  const retention = await history.retention();
  assert.deepEqual(
    retention.map(({ from, key, customers, stayed, present }) => [
      from,
      key,
      customers,
      stayed.customers,
      present.customers,
    ]),
    [
      ["2026-03-31", "s1", 2, 1, 2],
      ["2026-03-31", "s2", 2, 0, 1],
      ["2026-06-30", "s1", 1, 1, 1],
      ["2026-06-30", "s2", 1, 0, 1],
      ["2026-06-30", "s7", 2, 1, 1],
    ],
  );
  const { stayed } = retention[0]!;
  assert.deepEqual([stayed.share, stayed.interval.method], [0.5, "Wilson score"]);
});

test("transitions between any two dates count who came and went, and dates that are none are refused", async () => {
  const dates = { from: "2026-03-31", to: "2026-09-30" };
  const view = transitionsView(await history.transitions(dates.from, dates.to), dates);
  assert.deepEqual(
    view.flows.map(({ from, to, customers }) => `${from} ${to} ${customers}`),
    ["s1 s1 2", "s2 s2 1", "s2 lapsed 1", "new s7 1"],
  );
  assert.deepEqual(
    view.before.map(({ key, size }) => [key, size]),
    [
      ["s1", 2],
      ["s2", 2],
      ["new", 1],
    ],
  );
  assert.deepEqual(
    view.after.map(({ key, size }) => [key, size]),
    [
      ["s1", 2],
      ["s2", 1],
      ["s7", 1],
      ["lapsed", 1],
    ],
  );
  await assert.rejects(
    history.transitions("2026-03-31", "2026-07-01"),
    /to must be a date of the history \(2026-03-31, 2026-06-30, 2026-09-30\), got "2026-07-01"/,
  );
  await assert.rejects(history.transitions("2026-09-30", "2026-03-31"), /to must be after from/);
});
