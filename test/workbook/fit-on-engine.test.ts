import assert from "node:assert/strict";
import { test } from "node:test";
import { canonicalJson } from "#src/core/canonical-json.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { basisMatrix } from "#src/features/basis-matrix.js";
import { readCustomerTable } from "#src/features/customer-table.js";
import type { PushdownEngine } from "#src/pushdown/pushdown-engine.js";
import { findSegments } from "#src/workbook/find-segments.js";
import { fitOnEngine } from "#src/workbook/fit-on-engine.js";
import { madeOrdersSql } from "../engines/made-orders.js";
import { configOf, sourceOf } from "../features/sample-config.js";

const words = ["customer", "invoice", "date", "quantity", "price", "category", "region"];
const search = {
  counts: [1, 3],
  starts: 3,
  seed: 7,
  clusterCount: 3,
  whenNothingReliable: "constructive",
} as const;
const { clusterCount, ...segmentation } = search;
const config = configOf(
  [
    sourceOf("transactions", {
      table: "orders",
      format: "table",
      paths: [],
      columns: new Map(words.map((word) => [word, word])),
    }),
  ],
  {
    basis: ["recency_days", "spend"],
    segmentation,
  },
);

async function openOrders(): Promise<PushdownEngine> {
  const engine = await openDuckDb();
  const lines = madeOrdersSql(4000);
  await engine.run(
    `CREATE TABLE orders AS SELECT customer_id AS customer, invoice, date, quantity, (abs(amount) / 100)::DECIMAL(10, 2) AS price, category, region FROM (${lines})`,
  );
  return { ...engine, dialect: "duckdb" };
}

test("where the sample is everybody, a fit on an engine is the fit from its cleaned tables, and assignments stay there", async () => {
  const engine = await openOrders();
  const { found, definition } = await fitOnEngine(engine, config, { clusterCount });
  await engine.run("CREATE VIEW transactions AS SELECT * FROM segbook_test_transactions");
  const table = await readCustomerTable(engine, config);
  const local = findSegments(basisMatrix(table, config.basis), search);
  assert.equal(canonicalJson(found.recipe), canonicalJson(local.recipe));
  assert.deepEqual(found.fit, local.fit);
  assert.deepEqual(found.verdicts, local.verdicts);
  const sizes = await engine.rows(
    "SELECT segment, count(*) AS n FROM segbook_test_assignments GROUP BY segment ORDER BY segment",
  );
  assert.deepEqual(
    sizes.map((row) => [...row.values()]),
    definition.segments.map(({ key, size }) => [key, size]),
  );
  engine.close();
});

test("beyond the sample centres and sizes are those of all customers, and the fit says so", async () => {
  const engine = await openOrders();
  const { found, definition } = await fitOnEngine(engine, config, { clusterCount, sampleSize: 60 });
  const [row] = await engine.rows("SELECT count(*) AS n FROM segbook_test_features");
  const customers = Number(row!.get("n"));
  assert.equal(
    definition.segments.reduce((sum, { size }) => sum + size, 0),
    customers,
  );
  assert.match(found.fit.notes.join(), new RegExp(`decided on 60 of ${customers} customers`));
  engine.close();
});
