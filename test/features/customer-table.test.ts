import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import type { WorkbookConfig } from "#src/config/workbook-config.js";
import { InputError } from "#src/core/errors.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { readCustomerTable } from "#src/features/customer-table.js";
import { configOf, sourceOf } from "./sample-config.js";

const engine = await openDuckDb({ threads: 2 });
after(() => engine.close());

beforeEach(async () => {
  await engine.run(`
    CREATE OR REPLACE TABLE customers (customer_id VARCHAR, "__proto__" VARCHAR, "a""b" DOUBLE, joined DATE);
    INSERT INTO customers VALUES ('b', 'x', 1, '2026-03-01'), ('a', '<script>', NULL, '2024-03-31'), ('c', NULL, 3, NULL);
    CREATE OR REPLACE TABLE transactions (customer_id VARCHAR, invoice VARCHAR, date DATE, product VARCHAR,
      product_name VARCHAR, category VARCHAR, region VARCHAR, quantity BIGINT, amount BIGINT, discount_amount BIGINT,
      is_return BOOLEAN);
    INSERT INTO transactions VALUES
      ('a', '1', '2026-01-01', 'p1', NULL, 'Shoes', 'South', 2, 1000, 250, false),
      ('a', '1', '2026-01-01', 'p2', NULL, 'Organic', 'North', 1, 500, 0, false),
      ('a', '2', '2026-01-01', 'p2', NULL, 'Organic', 'North', 1, 500, 0, false),
      ('a', '3', '2026-01-31', 'p1', NULL, 'Shoes', 'South', 1, 1000, 0, false),
      ('a', '4', '2026-02-10', 'p1', NULL, 'Shoes', 'East', -2, -1000, 0, true),
      ('b', '5', '2026-03-31', 'p3', NULL, NULL, NULL, 4, 333, 0, false);`);
});

async function valuesOf(config: WorkbookConfig): Promise<Map<string, unknown[]>> {
  const table = await readCustomerTable(engine, config);
  return new Map([["key", [...table.keys]], ...table.columns.map(valuesOfColumn)]);
}

function valuesOfColumn({ feature, values }: { feature: { name: string }; values: Iterable<unknown> }) {
  return [feature.name, [...values]] as [string, unknown[]];
}

const attributes = new Map([
  ["__proto__", { column: "p", type: "category", unit: "", meaning: "Group" }],
  ['a"b', { column: "a", type: "number", unit: "points", meaning: "Points" }],
  ["joined", { column: "joined", type: "date", unit: "", meaning: "Day of joining" }],
] as const);
const customers = sourceOf("customers", { attributes });
const transactions = sourceOf("transactions", { categoryShares: new Map([["eco", ["Organic"]]]) });

test("attributes arrive as they are, in the order of the keys, dates as calendar days to the as-of date", async () => {
  const values = await valuesOf(configOf([customers]));
  assert.deepEqual(values.get("key"), ["a", "b", "c"]);
  assert.deepEqual(values.get("__proto__"), ["<script>", "x", null]);
  assert.deepEqual(values.get('a"b'), [Number.NaN, 1, 3]);
  // 2024-03-31 to 2026-03-31 is two years without a leap day.
  assert.deepEqual(values.get("joined_days"), [730, 30, Number.NaN]);
});

test("purchases count by hand: customer a buys in three invoices on two days and returns one, b once, c never", async () => {
  const values = await valuesOf(configOf([customers, transactions]));
  assert.deepEqual(values.get("recency_days"), [59, 0, Number.NaN]);
  assert.deepEqual(values.get("order_count"), [3, 1, 0]);
  assert.deepEqual(values.get("days_between_orders"), [30, Number.NaN, Number.NaN]);
  assert.deepEqual(values.get("tenure_days"), [89, 0, Number.NaN]);
  // (1000 + 500 + 500 + 1000 − 1000) cents, net of the return.
  assert.deepEqual(values.get("spend"), [20, 3.33, 0]);
  // 3000 cents before returns in 3 orders.
  assert.deepEqual(values.get("average_order_value"), [10, 3.33, Number.NaN]);
  assert.deepEqual(values.get("categories_bought"), [2, 0, 0]);
  // 2 of the 5 units bought came back.
  assert.deepEqual(values.get("return_share"), [0.4, 0, Number.NaN]);
  // 250 off a price of 3250.
  assert.deepEqual(values.get("discount_share"), [250 / 3250, 0, Number.NaN]);
  assert.deepEqual(values.get("share_of_spend_eco"), [1000 / 3000, 0, Number.NaN]);
});

test("the region is the most frequent one, of equal ones the first in the alphabet, returns aside", async () => {
  const values = await valuesOf(configOf([transactions]));
  assert.deepEqual(values.get("key"), ["a", "b"]);
  assert.deepEqual(values.get("region"), ["North", null]);
});

test("a survey scale is the mean of the answered items with reversed ones turned, missing below half", async () => {
  await engine.run(`CREATE OR REPLACE TABLE survey (customer_id VARCHAR, q1 INTEGER, q2 INTEGER, q3 INTEGER);
    INSERT INTO survey VALUES ('a', 5, 4, 1), ('b', NULL, NULL, 2)`);
  const scales = new Map([
    ["thrift", { items: ["q1", "q2", "-q3"], range: [1, 5], meaning: "Saves" }],
    ["pair", { items: ["q2", "-q3"], range: [1, 5], meaning: "Two items" }],
  ] as const);
  const values = await valuesOf(configOf([customers, sourceOf("survey", { scales })]));
  assert.deepEqual(values.get("thrift"), [14 / 3, Number.NaN, Number.NaN]);
  assert.deepEqual(values.get("pair"), [4.5, 4, Number.NaN]);
  assert.deepEqual(values.get("survey_answered"), [1, 1 / 3, 0]);
});

test("web, social and campaign counts are 0 for who is absent, rates missing", async () => {
  await engine.run(`
    CREATE OR REPLACE TABLE web (customer_id VARCHAR, date DATE, sessions BIGINT, pages BIGINT, carts BIGINT);
    INSERT INTO web VALUES ('a', '2026-01-01', 3, 10, 1), ('a', '2026-02-01', 1, 4, 0), ('b', '2026-02-01', 0, 0, 0);
    CREATE OR REPLACE TABLE social (customer_id VARCHAR, follows BIGINT, shares BIGINT, mentions BIGINT);
    INSERT INTO social VALUES ('b', 2, 7, 1);
    CREATE OR REPLACE TABLE campaigns (customer_id VARCHAR, campaign VARCHAR, date DATE, sent BIGINT, opened BIGINT,
      clicked BIGINT, converted BIGINT);
    INSERT INTO campaigns VALUES ('a', 'c1', '2026-01-01', 1, 1, 1, 0), ('a', 'c2', '2026-02-01', 1, 1, 0, 0),
      ('a', 'c3', '2026-02-01', 1, 0, 0, 0), ('a', 'c4', '2026-02-01', 1, 1, 1, 1)`);
  const sources = [customers, sourceOf("web"), sourceOf("social"), sourceOf("campaigns")];
  const values = await valuesOf(configOf(sources));
  assert.deepEqual(values.get("web_sessions"), [4, 0, 0]);
  assert.deepEqual(values.get("pages_per_session"), [3.5, Number.NaN, Number.NaN]);
  assert.deepEqual(values.get("cart_rate"), [0.25, Number.NaN, Number.NaN]);
  assert.deepEqual(values.get("shares"), [0, 7, 0]);
  assert.deepEqual(values.get("campaigns_sent"), [4, 0, 0]);
  assert.deepEqual(values.get("open_rate"), [0.75, Number.NaN, Number.NaN]);
  assert.deepEqual(values.get("click_rate"), [0.5, Number.NaN, Number.NaN]);
  assert.deepEqual(values.get("conversion_rate"), [0.25, Number.NaN, Number.NaN]);
  assert.deepEqual(values.get("campaigns_converted"), [1, 0, 0]);
});

test("keys beyond the basic plane are sorted by code unit, as JavaScript compares", async () => {
  await engine.run(`INSERT INTO transactions SELECT '\u{1f600}' AS customer_id, * EXCLUDE customer_id FROM transactions;
    INSERT INTO transactions SELECT '\uffee' AS customer_id, * EXCLUDE customer_id FROM transactions`);
  const { keys } = await readCustomerTable(engine, configOf([transactions]));
  assert.deepEqual(keys, ["a", "b", "\u{1f600}", "\uffee"]);
});

test("no customer, or a customer with two rows, is an error", async () => {
  await engine.run("INSERT INTO customers VALUES ('b', 'y', 2, NULL)");
  await assert.rejects(readCustomerTable(engine, configOf([customers])), {
    name: "InputError",
    message: 'readCustomerTable: each customer must have one row in customers and in survey, got "b" twice',
  });
  await engine.run("DELETE FROM transactions");
  await assert.rejects(
    readCustomerTable(engine, configOf([transactions])),
    (error) => error instanceof InputError && /must hold at least one customer, got none/.test(error.message),
  );
});
