import assert from "node:assert/strict";
import { test } from "node:test";
import { planAggregates } from "#src/features/aggregate-sql.js";
import { aggregate, aggregatePer, column, integer, not, ratio } from "#src/features/expression.js";

const source = { kind: "transactions", dialect: "duckdb", asOf: "2026-03-31", from: "t" } as const;
const isPurchase = not(column("is_return"));
const bought = aggregate("sum", column("amount"), isPurchase);
const orders = aggregate("countDistinct", column("invoice"), isPurchase);
const region = aggregate("mostFrequent", column("region"));

test("an aggregate that two features need is computed once, as a whole number, from rows up to the as-of date", () => {
  const again = aggregate("sum", column("amount"), isPurchase);
  const { tables } = planAggregates(source, [ratio(bought, integer(100)), again]);
  assert.deepEqual(
    [...tables.values()],
    [
      `SELECT customer_id, CAST(SUM(CASE WHEN (NOT "is_return") THEN "amount" END) AS BIGINT) AS a0 FROM t WHERE "date" <= DATE '2026-03-31' GROUP BY customer_id`,
    ],
  );
});

test("sums are taken along where invoices are counted: one pass, one GROUP BY customer, invoice serves all", () => {
  const largest = aggregatePer("max", bought, { per: column("invoice"), rows: isPurchase });
  const { tables } = planAggregates(source, [bought, orders, largest]);
  assert.deepEqual(
    [...tables.values()],
    [
      'SELECT customer_id, CAST(SUM(i0) AS BIGINT) AS a0, COUNT(CASE WHEN g IS NOT NULL THEN g END) AS a1, MAX(CASE WHEN g IS NOT NULL THEN i0 END) AS a2 FROM (SELECT customer_id, "invoice" AS g, CAST(SUM("amount") AS BIGINT) AS i0 FROM t WHERE "date" <= DATE \'2026-03-31\' AND (NOT "is_return") GROUP BY 1, 2) AS grouped GROUP BY customer_id',
    ],
  );
});

test("each other thing that is counted distinctly, and most frequent values, have a query of their own", () => {
  const days = aggregate("countDistinct", column("date"), isPurchase);
  const { tables } = planAggregates(source, [ratio(bought, orders), days, region]);
  assert.equal(tables.size, 3);
});

test("who has no rows has a count of 0 and no sum", () => {
  const { sqlOf } = planAggregates(source, [bought, orders]);
  assert.equal(sqlOf(orders), "COALESCE(transactions_0.a1, 0)");
  assert.equal(sqlOf(bought), "transactions_0.a0");
});
