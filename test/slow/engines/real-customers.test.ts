import assert from "node:assert/strict";
import { dirname, resolve } from "node:path";
import { test } from "node:test";
import { columnOf } from "#src/core/matrix.js";
import { verifyTargets } from "#src/exports/verify-targets.js";
import { openWorkbook } from "#src/workbook/open-workbook.js";
import { segmentCustomers } from "#src/workbook/segment-customers.js";
import { datasetFile, withoutDataset } from "../../datasets.js";
import { usePostgresql } from "../../engines/start-postgresql.js";

const postgresql = usePostgresql();
const retail = datasetFile("online_retail/online_retail_2010-12_2011-12.csv.gz");

async function everyCustomerAgrees(workbook: string, dataFolder?: string): Promise<void> {
  const book = await openWorkbook(resolve(workbook), { ...(dataFolder && { dataFolder }) });
  const { definition, assignment } = await segmentCustomers(book);
  const basis = await book.basis();
  const columns = new Map(basis.columns.map((name, j) => [name, columnOf(basis, j)]));
  const checks = await verifyTargets(definition, {
    customers: { keys: assignment.keys, columns },
    targets: ["duckdb", "postgresql"],
    environment: postgresql.environment(),
  });
  book.close();
  for (const { target, status, rows, disagreements, reason } of checks) {
    assert.deepEqual([target, status, disagreements, reason], [target, "agrees", 0, null]);
    assert.equal(rows, assignment.keys.length + definition.verification.length);
  }
  assert.deepEqual(
    checks.map(({ target }) => target),
    ["duckdb", "postgresql"],
  );
}

test(
  "every customer of the sample shop lies in the same segment in DuckDB, PostgreSQL and TypeScript",
  {
    skip: postgresql.skip,
  },
  () => everyCustomerAgrees("data/sample/segbook.yaml"),
);

test(
  "every customer of Online Retail lies in the same segment in DuckDB, PostgreSQL and TypeScript",
  {
    skip: postgresql.skip || (retail === undefined && withoutDataset),
  },
  () => everyCustomerAgrees("data/online-retail/segbook.yaml", dirname(retail!)),
);
