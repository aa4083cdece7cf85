import assert from "node:assert/strict";
import { test } from "node:test";
import { Client } from "pg";
import { exportDefinition } from "#src/exports/export-definition.js";
import { verifyTargets } from "#src/exports/verify-targets.js";
import { defineSegments } from "#src/segments/define-segments.js";
import { usePostgresql } from "../../engines/start-postgresql.js";
import { madeCustomers, madeDefinition, smallParts } from "../../made-definitions.js";

const { skip, connection, environment } = usePostgresql();

test("PostgreSQL places every row of 100 made-up definitions as we do, whatever their names and values", {
  skip,
}, async () => {
  for (let seed = 1; seed <= 100; seed++) {
    const definition = madeDefinition(seed);
    const customers = madeCustomers(definition, seed, 200);
    const [check] = await verifyTargets(definition, {
      customers,
      targets: ["postgresql"],
      environment: environment(),
    });
    assert.deepEqual(
      [check?.status, check?.disagreements, check?.reason],
      ["agrees", 0, null],
      `definition ${seed}`,
    );
    assert.equal(check?.rows, 200 + definition.verification.length);
  }
});

test("the exported SELECT reads a table of whole and decimal numbers and leaves the key as it is", {
  skip,
}, async () => {
  const client = new Client({ ...connection() });
  await client.connect();
  await client.query(`CREATE SCHEMA shop`);
  await client.query(
    `CREATE TABLE shop.features (customer TEXT, spend NUMERIC(10, 2), visits INTEGER, other TEXT)`,
  );
  await client.query(
    `INSERT INTO shop.features VALUES ('007', 8.00, NULL, 'x'), ('a''b', 12.00, 12, NULL), ('c', NULL, 1, NULL)`,
  );
  const sql = exportDefinition(defineSegments(smallParts()), {
    to: "sql",
    dialect: "postgresql",
    table: "shop.features",
  });
  const { rows } = await client.query(
    `SELECT customer_id, segment, runner_up FROM (${sql}) AS assigned ORDER BY customer_id`,
  );
  await client.end();
  assert.deepEqual(rows, [
    { customer_id: "007", segment: "s1", runner_up: "s2" },
    { customer_id: "a'b", segment: "s3", runner_up: "s2" },
    { customer_id: "c", segment: "unassigned", runner_up: null },
  ]);
});

test("a column name that PostgreSQL would cut is not run, and says why", { skip }, async () => {
  const definition = madeDefinition(
    1,
    ["a", "b", "c", "d", "e"].map((letter) => letter.repeat(64)),
  );
  const [check] = await verifyTargets(definition, {
    targets: ["postgresql"],
    environment: environment(),
  });
  assert.equal(check?.status, "not-run");
  assert.match(check?.reason ?? "", /at most 63 bytes/);
});
