import assert from "node:assert/strict";
import { test } from "node:test";
import type { Engine } from "#src/engine/engine.js";
import { droppedOf, loadShop, ordersWorkbook } from "./made-shop.js";

const header = "customer,invoice,date,product,quantity,price,more";

function workbook(steps: string, also = ""): string {
  const written = ordersWorkbook(
    `    dateFormat: "%Y-%m-%d %H:%M"\n    returns: { policy: drop, invoicePrefix: C }\n    cleaning:\n${steps}`,
    also,
  );
  return written;
}

async function clean(steps: string, rows: readonly string[], files: Record<string, string> = {}, also = "") {
  const look = async (engine: Engine) =>
    (
      await engine.rows(
        `SELECT customer_id, invoice, date, quantity, amount FROM "transactions" ORDER BY invoice`,
      )
    ).map((row) => [...row.values()]);
  const csv = [header, ...rows].join("\n");
  const { account, result } = await loadShop(
    { "segbook.yaml": workbook(steps, also), "orders.csv": csv, ...files },
    look,
  );
  return { account, result, steps: account.sources[0]!.steps!, dropped: droppedOf(account) };
}

test("a cancellation takes the latest earlier purchase first; parts shrink one; the rest have no purchase", async () => {
  const { result, steps, dropped } = await clean("      - { step: cancellations }", [
    "1,A1,2026-01-05 10:00,hat,2,10,", // stays: the later one was taken
    "1,A2,2026-01-06 10:00,hat,2,10,",
    "1,C1,2026-01-07 10:00,hat,-2,10,",
    "1,A3,2026-01-08 10:00,hat,2,10,", // later than the cancellation
    "1,A4,2026-01-05 10:00,cup,6,3,", // 6 less 2 less 1
    "1,C2,2026-01-06 10:00,cup,-2,3,",
    "1,C3,2026-01-07 10:00,cup,-1,3,",
    "1,C4,2026-01-07 10:00,cup,-1,4,", // another price
    "2,C5,2026-01-07 10:00,hat,-2,10,", // another customer
    "1,C6,2026-01-01 10:00,hat,-2,10,", // earlier than every purchase
  ]);
  assert.deepEqual(result, [
    ["1", "A1", "2026-01-05", 2, 2000],
    ["1", "A3", "2026-01-08", 2, 2000],
    ["1", "A4", "2026-01-05", 3, 900],
  ]);
  assert.deepEqual(dropped, {
    "cancelled-purchase": [1, [3]],
    "netted-cancellation": [3, [4, 7, 8]],
    "unmatched-cancellation": [3, [9, 10, 11]],
  });
  assert.deepEqual(steps, [
    { step: "cancellations", dropped: 7, changed: 1, detail: "3 without an earlier purchase" },
  ]);
});

test("two purchases and two cancellations in turn vanish, and row order does not matter", async () => {
  const rows = [
    "1,A1,2026-01-05 10:00,hat,2,10,",
    "1,C1,2026-01-05 11:00,hat,-2,10,",
    "1,A2,2026-01-05 12:00,hat,2,10,",
    "1,A3,2026-01-05 13:00,hat,2,10,",
    "1,C2,2026-01-05 14:00,hat,-2,10,",
    "1,C0,2026-01-05 09:00,hat,-2,10,",
  ];
  const first = await clean("      - { step: cancellations }", rows);
  const second = await clean("      - { step: cancellations }", [...rows].reverse());
  assert.deepEqual(first.result, [["1", "A2", "2026-01-05", 2, 2000]]);
  assert.deepEqual(second.result, first.result);
  assert.deepEqual(first.steps, second.steps);
});

test("of rows with the same key the last by its date stays; a row without the key is no duplicate", async () => {
  const steps = "      - { step: duplicates, by: [more], keep: last, order: date }";
  const { result, dropped } = await clean(steps, [
    "1,A2,2026-01-07 10:00,hat,1,2,x",
    "1,A1,2026-01-06 10:00,hat,1,1,x",
    "1,A3,2026-01-05 10:00,hat,1,3,",
    "1,A4,2026-01-05 10:00,hat,1,4,",
  ]);
  assert.deepEqual(
    result?.map(([, invoice]) => invoice),
    ["A2", "A3", "A4"],
  );
  assert.deepEqual(dropped, { "duplicate-key": [1, [3]] });
});

test("steps are taken in the order written, each with a line, also where it finds nothing", async () => {
  const steps = [
    "      - { step: test-accounts, customers: [7], pattern: 'test-.*' }",
    "      - { step: non-products, products: [POST], pattern: 'gift_.*' }",
    "      - { step: zero-price, policy: keep }",
    "      - { step: exact-duplicates }",
  ].join("\n");
  const { account, dropped, result } = await clean(steps, [
    "7,A1,2026-01-06 10:00,POST,1,1,",
    "test-9,A2,2026-01-06 10:00,hat,1,1,",
    "1,A3,2026-01-06 10:00,POST,1,1,",
    "1,A4,2026-01-06 10:00,gift_5,1,1,",
    "1,A5,2026-01-06 10:00,hat,1,0,",
    "1,A5,2026-01-06 10:00,hat,1,0.0,",
  ]);
  assert.deepEqual(dropped, { "test-account": [2, [2, 3]], "non-product": [2, [4, 5]] });
  assert.equal(result?.length, 2);
  assert.deepEqual(account.sources[0]!.steps, [
    { step: "test-accounts", dropped: 2, changed: 0, detail: "" },
    { step: "non-products", dropped: 2, changed: 0, detail: "" },
    { step: "zero-price", dropped: 0, changed: 0, detail: "2 kept rows have price 0" },
    { step: "exact-duplicates", dropped: 0, changed: 0, detail: "" },
  ]);
});

test("outliers are brought to the limit, and limits from quantiles can be frozen to the same result", async () => {
  const rows = [1, 2, 3, 4, 100].map((price, i) => `1,A${i},2026-01-06 10:00,hat,2,${price},`);
  const found = await clean("      - { step: outliers, column: price, quantiles: [0.2, 0.8] }", rows);
  assert.deepEqual(found.steps, [
    {
      step: "outliers",
      dropped: 0,
      changed: 1,
      detail: "price: limits [1, 4], the quantiles 0.2 and 0.8 of the rows kept so far",
    },
  ]);
  const frozen = await clean("      - { step: outliers, column: price, limits: [1, 4] }", rows);
  assert.deepEqual(
    found.result?.map((row) => row[4]),
    [200, 400, 600, 800, 800],
  );
  assert.deepEqual(frozen.result, found.result);
});

const rates = `
  rates:
    kind: rates
    path: rates.csv
    columns: { currency: currency, date: day, rate: rate }`;

test("prices of other currencies are changed exactly; a row without a single rate is dropped and counted", async () => {
  const { result, dropped, steps } = await clean(
    "      - { step: currencies, column: more, rates: rates }",
    [
      "1,A1,2026-01-06 10:00,hat,3,10.00,EUR",
      "1,A2,2026-01-06 10:00,hat,3,10.01,usd", // 10.01 * 0.85 = 8.5085 -> 8.51
      "1,A3,2026-01-07 10:00,hat,1,10.00,USD",
      "1,A4,2026-01-06 10:00,hat,1,10.00,",
      "1,A5,2026-01-06 10:00,hat,1,0.30,CHF", // 0.30 * 1.05 = 0.315 -> 0.32
    ],
    { "rates.csv": "currency,day,rate\nUSD,2026-01-06,0.85\nCHF,2026-01-06,1.05\nUSD,2026-01-08,zero\n" },
    rates,
  );
  assert.deepEqual(
    result?.map((row) => row[4]),
    [3000, 2553, 32],
  );
  assert.deepEqual(dropped, { "missing-rate": [2, [4, 5]] });
  assert.deepEqual(steps[0], {
    step: "currencies",
    dropped: 2,
    changed: 2,
    detail: "to EUR by rates, per day, rounded half away from zero",
  });
});

test("a time in one zone becomes a day of another, with skipped and doubled hours counted", async () => {
  const { result, steps } = await clean(
    "      - { step: time-zone, from: Europe/Berlin, to: America/New_York }",
    [
      "1,A1,2026-01-06 05:59,hat,1,1,", // 23:59 the day before
      "1,A2,2026-01-06 06:00,hat,1,1,",
      "1,A3,2025-03-30 02:30,hat,1,1,", // skipped: 03:30 summer time
      "1,A4,2025-10-26 02:30,hat,1,1,", // twice: the second
    ],
  );
  assert.deepEqual(
    result?.map((row) => row[2]),
    ["2026-01-05", "2026-01-06", "2025-03-29", "2025-10-25"],
  );
  assert.equal(
    steps[0]!.detail,
    "Europe/Berlin to America/New_York: changed rows have another day; 1 at an hour that the clocks skip (moved on), 1 at one that they show twice (the second is taken)",
  );
  assert.equal(steps[0]!.changed, 3);
});

const people = `
  people:
    kind: customers
    path: people.csv
    columns: { customer: id }
    attributes: { age: { column: age, type: number, meaning: Age } }
    cleaning:
      - { step: households, by: [street, zip] }`;

test("members of a household become one customer in every source", async () => {
  const { account, result } = await clean(
    "      - { step: exact-duplicates }",
    ["b,A1,2026-01-06 10:00,hat,1,1,", "a,A2,2026-01-06 10:00,hat,1,1,", "c,A3,2026-01-06 10:00,hat,1,1,"],
    {
      "people.csv":
        "id,age,street,zip\nb,30,Main St 1,1\na,31,main st 1,1\nc,40,Main St 2,\nd,50,Main St 2,\n",
    },
    people,
  );
  assert.deepEqual(
    result?.map(([customer]) => customer),
    ["a", "a", "c"],
  );
  const [, list] = account.sources;
  assert.deepEqual(droppedOf(account, 1), { "same-household": [1, [2]] });
  assert.deepEqual(list!.steps, [
    { step: "households", dropped: 1, changed: 0, detail: "2 customers in 1 households" },
  ]);
});
