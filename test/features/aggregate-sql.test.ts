import assert from "node:assert/strict";
import { test } from "node:test";
import { planAggregates } from "#src/features/aggregate-sql.js";
import { aggregate, column, integer, not, ratio } from "#src/features/expression.js";

const bought = aggregate("sum", column("amount"), not(column("is_return")));
const orders = aggregate("countDistinct", column("invoice"));
const region = aggregate("mostFrequent", column("region"));

test("an aggregate that two features need is computed once, as a whole number", () => {
  const again = aggregate("sum", column("amount"), not(column("is_return")));
  const { tables } = planAggregates("transactions", [ratio(bought, integer(100)), again], "duckdb");
  assert.deepEqual(
    [...tables.values()],
    [
      'SELECT "customer_id", CAST(SUM("amount") FILTER (WHERE (NOT "is_return")) AS BIGINT) AS "a0" FROM "transactions" GROUP BY "customer_id"',
    ],
  );
});

test("distinct counts and most frequent values have a query of their own", () => {
  const { tables } = planAggregates("transactions", [ratio(bought, orders), region], "duckdb");
  assert.deepEqual([...tables.keys()].sort(), ["transactions 1", "transactions 2", "transactions sums"]);
});

test("who has no rows has a count of 0 and no sum", () => {
  const { sqlOf } = planAggregates("transactions", [bought, orders], "duckdb");
  assert.equal(sqlOf(orders), 'COALESCE("transactions 1"."a1", 0)');
  assert.equal(sqlOf(bought), '"transactions sums"."a0"');
});
