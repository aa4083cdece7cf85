import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import type { WorkbookConfig } from "#src/config/workbook-config.js";
import { InputError } from "#src/core/errors.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { readCustomerTable } from "#src/features/customer-table.js";
import { configOf } from "./sample-config.js";
import { shopSources, shopTables } from "./shop-tables.js";

const engine = await openDuckDb({ threads: 2 });
after(() => engine.close());

beforeEach(() => engine.run(shopTables));

async function valuesOf(config: WorkbookConfig): Promise<Map<string, unknown[]>> {
  const table = await readCustomerTable(engine, config);
  return new Map([["key", [...table.keys]], ...table.columns.map(valuesOfColumn)]);
}

function valuesOfColumn({ feature, values }: { feature: { name: string }; values: Iterable<unknown> }) {
  return [feature.name, [...values]] as [string, unknown[]];
}

const { customers, transactions, survey, web, social, campaigns } = shopSources;

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
  const values = await valuesOf(configOf([customers, survey]));
  assert.deepEqual(values.get("thrift"), [14 / 3, Number.NaN, Number.NaN]);
  assert.deepEqual(values.get("pair"), [4.5, 4, Number.NaN]);
  assert.deepEqual(values.get("survey_answered"), [1, 1 / 3, 0]);
});

test("web, social and campaign counts are 0 for those who are absent, rates missing", async () => {
  const values = await valuesOf(configOf([customers, web, social, campaigns]));
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
