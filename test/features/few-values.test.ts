import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openDuckDb } from "#src/engine/duckdb.js";
import { customerTableSql } from "#src/features/customer-table-sql.js";
import { aggregate, column, not } from "#src/features/expression.js";
import type { FeatureDefinition } from "#src/features/feature-definition.js";
import { readFewValues } from "#src/features/few-values.js";

const engine = await openDuckDb({ threads: 2 });
after(() => engine.close());

const counted = aggregate("countDistinct", column("category"), not(column("is_return")));
const orders = aggregate("countDistinct", column("invoice"));
const features = [counted, orders].map((expression, j) => ({
  name: `feature ${j}`,
  source: "transactions",
  type: "number",
  expression,
})) as unknown as FeatureDefinition[];

async function makeTable(categories: string): Promise<void> {
  await engine.run(`CREATE OR REPLACE TABLE transactions AS
    SELECT 'c' || (i % 50) AS customer_id, 'i' || i // 3 AS invoice, DATE '2026-01-01' AS date, ${categories} AS category, i % 7 = 0 AS is_return
    FROM range(2000) AS rows(i) ORDER BY hash(i)`);
}

async function countsWith(isLookedUp: boolean): Promise<readonly unknown[]> {
  const few = isLookedUp ? await readFewValues(engine, features, "transactions") : new Map();
  const target = { kinds: ["transactions"], asOf: "2026-01-31", dialect: "duckdb" } as const;
  const fewValues = new Map([["transactions" as const, few]]);
  const columns = await engine.columns(customerTableSql(features, { ...target, fewValues }));
  return columns.map(({ values }) => [...values]);
}

test("distinct values of a column with up to 62 of them, missing ones and quotes are counted by bits as by groups", async () => {
  for (const categories of [
    `CASE WHEN hash(i) % 5 > 0 THEN 'it''s ' || hash(i) % 9 END`,
    `'k' || (hash(i) % 62)`,
    `CASE WHEN i % 50 = 7 OR i % 7 = 0 THEN 'Ä' END`,
  ]) {
    await makeTable(categories);
    assert.equal((await readFewValues(engine, features, "transactions")).size, 1);
    assert.deepEqual(await countsWith(true), await countsWith(false));
  }
});

test("a column of more values, of other types or with values that no query can hold is counted by groups", async () => {
  for (const categories of ["'k' || (hash(i) % 63)", "i % 5", "NULL::VARCHAR", "chr(7) || i % 3"]) {
    await makeTable(categories);
    assert.deepEqual(await readFewValues(engine, features, "transactions"), new Map());
  }
});
