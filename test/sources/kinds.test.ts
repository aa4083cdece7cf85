import assert from "node:assert/strict";
import { test } from "node:test";
import { droppedOf, loadShop, ordersHeader, ordersWorkbook } from "./made-shop.js";

const buyers = ["a", "b", "c", "d"].map((key, i) => `${key},A${i},2026-01-05,hat,1,1`);

/** Loads one more source beside orders of the customers a to d; rows of its table, sorted. */
function load(source: string, csv: string, table: string) {
  const files = {
    "segbook.yaml": ordersWorkbook("", `  more:\n    path: more.csv\n${source}`),
    "orders.csv": [ordersHeader, ...buyers].join("\n"),
    "more.csv": csv,
  };
  return loadShop(files, async (engine) =>
    (await engine.rows(`SELECT * FROM "${table}" ORDER BY ALL`)).map((row) => Object.fromEntries(row)),
  );
}

function cellsOf(account: Awaited<ReturnType<typeof load>>["account"]) {
  return account.sources[1]!.cells.map(({ column, reason, count }) => [column, reason, count]);
}

test("survey: codes mean no answer, items not asked are not missing answers, one answer to all is flagged", async () => {
  const { account, result } = await load(
    `    kind: survey
    columns: { customer: id }
    missingCodes: [9, don't know]
    straightLining: { items: 3, policy: flag }
    missingByDesign: [{ items: [q3], askedWhere: panel, is: [B] }]
    scales: { mood: { items: [q1, -q2, q3], range: [1, 5], meaning: Mood, missingCodes: [8] } }`,
    "id,panel,q1,q2,q3\na,B,3,3,3\nb,A,9,Don't know,\nc,A,8,2,4\nd,B,1,6,5\n",
    "survey",
  );
  assert.deepEqual(result, [
    { customer_id: "a", q1: 3, q2: 3, q3: 3, asked_q3: true, straight_lined: true },
    { customer_id: "b", q1: null, q2: null, q3: null, asked_q3: false, straight_lined: false },
    { customer_id: "c", q1: null, q2: 2, q3: null, asked_q3: false, straight_lined: false },
    { customer_id: "d", q1: 1, q2: null, q3: 5, asked_q3: true, straight_lined: false },
  ]);
  assert.deepEqual(cellsOf(account), [
    ["q1", "missing-code", 2],
    ["q2", "missing-code", 1],
    ["q2", "out-of-range", 1],
    ["q3", "not-asked", 1],
  ]);
  assert.deepEqual(account.sources[1]!.steps, [
    {
      step: "straight-lining",
      dropped: 0,
      changed: 0,
      detail: "1 gave one answer to all of at least 3 items",
    },
  ]);
});

test("survey: who gave one answer to all is dropped where the workbook says so", async () => {
  const { account, result } = await load(
    `    kind: survey
    columns: { customer: id }
    straightLining: { items: 2, policy: drop }
    scales: { mood: { items: [q1, -q2], range: [1, 5], meaning: Mood } }`,
    "id,q1,q2\na,3,3\nb,3,\nc,1,5\n",
    "survey",
  );
  assert.deepEqual(
    result?.map(({ customer_id }) => customer_id),
    ["b", "c"],
  );
  assert.deepEqual(droppedOf(account, 1), { "straight-lining": [1, [2]] });
});

test("web: events in any order become sessions by the stated gap; a session number wins over the gap", async () => {
  const { account, result } = await load(
    `    kind: web
    dateFormat: "%Y-%m-%d %H:%M:%S"
    sessionGap: 30
    columns: { customer: id, time: at, page: page, event: what, session: visit }`,
    [
      "id,at,page,what,visit",
      "a,2026-01-05 10:30:00,/b,view,",
      "a,2026-01-05 10:00:00,/a,view,",
      "a,2026-01-05 11:00:01,,add_to_cart,", // 30 min 1 s after the last
      "b,2026-01-05 23:59:00,/a,view,7",
      "b,2026-01-06 01:00:00,/a,view,7",
      "c,2026-02-30 01:00:00,/a,view,",
    ].join("\n"),
    "web",
  );
  assert.deepEqual(result, [
    { customer_id: "a", date: "2026-01-05", sessions: 1, pages: 0, carts: 1, seconds: 0 },
    { customer_id: "a", date: "2026-01-05", sessions: 1, pages: 2, carts: 0, seconds: 1800 },
    { customer_id: "b", date: "2026-01-05", sessions: 1, pages: 2, carts: 0, seconds: 3660 },
  ]);
  assert.deepEqual(droppedOf(account, 1), { "not-a-date": [1, [7]] });
  assert.deepEqual([account.sources[1]!.rowsRead, account.sources[1]!.rowsKept], [6, 5]);
});

test("subscriptions: reversed and overlapping periods are found, an end after the as-of date is not known yet", async () => {
  const source = `    kind: subscriptions
    columns: { customer: id, start: from, end: to, plan: plan, price: fee, status: state }`;
  const csv = [
    "id,from,to,plan,fee,state",
    "a,2026-01-01,2026-01-31,basic,9.90,ended",
    "a,2026-01-15,2026-02-15,basic,9.90,ended", // overlaps the first
    "a,2026-02-10,2026-04-30,basic,9.90,active", // overlaps only the one that went
    "a,2026-02-10,,gold,19.90,active", // another plan
    "b,2026-02-10,2026-02-09,gold,19.90,ended",
    "b,2026-04-01,,gold,19.90,new",
    "c,2026-03-31,2026-03-31,gold,1.999,active",
  ].join("\n");
  const { account, result } = await load(source, csv, "subscriptions");
  assert.deepEqual(
    result?.map(({ customer_id, plan, started, ended, price, is_active, days }) => [
      customer_id,
      plan,
      started,
      ended,
      price,
      is_active,
      days,
    ]),
    [
      ["a", "basic", "2026-01-01", "2026-01-31", 990, false, 31],
      ["a", "basic", "2026-02-10", null, 990, true, 50],
      ["a", "gold", "2026-02-10", null, 1990, true, 50],
      ["c", "gold", "2026-03-31", "2026-03-31", null, true, 1],
    ],
  );
  assert.deepEqual(droppedOf(account, 1), {
    "reversed-period": [1, [6]],
    "after-as-of": [1, [7]],
    "overlapping-period": [1, [3]],
  });
  assert.deepEqual(cellsOf(account), [["fee", "too-many-decimals", 1]]);
  const kept = await load(`${source}\n    overlaps: keep`, csv, "subscriptions");
  assert.equal(kept.result?.length, 5);
  assert.equal(
    kept.account.sources[1]!.steps![0]!.detail,
    "2 periods overlap an earlier one of the same plan, kept",
  );
});

test("support: complaints, satisfaction and likelihood to recommend are read within their limits", async () => {
  const { account, result } = await load(
    `    kind: support
    satisfactionRange: [1, 10]
    columns: { customer: id, date: day, ticket: no, complaint: bad, closed: done, satisfaction: csat, nps: nps }`,
    [
      "id,day,no,bad,done,csat,nps",
      "a,2026-01-05,T1,Yes,2026-01-07,7.5,10",
      "b,2026-01-05,T2,0,2026-04-07,11,11",
      "c,2026-01-05,T3,maybe,2026-01-01,,3.5",
    ].join("\n"),
    "support",
  );
  assert.deepEqual(
    result?.map(({ is_complaint, days_to_close, satisfaction, nps }) => [
      is_complaint,
      days_to_close,
      satisfaction,
      nps,
    ]),
    [
      [true, 2, 7.5, 10],
      [false, null, null, null],
      [null, null, null, null],
    ],
  );
  assert.deepEqual(cellsOf(account), [
    ["bad", "unknown-level", 1],
    ["done", "out-of-range", 1],
    ["csat", "out-of-range", 1],
    ["nps", "not-a-number", 1],
    ["nps", "out-of-range", 1],
  ]);
});
