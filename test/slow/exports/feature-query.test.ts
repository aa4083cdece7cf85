import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { Client } from "pg";
import type { SourceKind } from "#src/config/workbook-config.js";
import type { Engine } from "#src/engine/engine.js";
import { quoteIdentifier, quoteText } from "#src/engine/sql-text.js";
import { exportDefinition } from "#src/exports/export-definition.js";
import type { Assignment } from "#src/segments/assign.js";
import type { Definition } from "#src/segments/definition.js";
import { openWorkbook } from "#src/workbook/open-workbook.js";
import { segmentCustomers } from "#src/workbook/segment-customers.js";
import { usePostgresql } from "../../engines/start-postgresql.js";

const { skip, connection } = usePostgresql();

const columnTypes: Readonly<Record<string, string>> = {
  VARCHAR: "TEXT",
  DOUBLE: "DOUBLE PRECISION",
  BIGINT: "BIGINT",
  INTEGER: "INTEGER",
  BOOLEAN: "BOOLEAN",
  DATE: "DATE",
};

/** Makes the same table in PostgreSQL that the engine has. */
async function copyTable(engine: Engine, client: Client, table: string): Promise<void> {
  const described = await engine.rows(
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_name = ${quoteText(table, "duckdb")} ORDER BY ordinal_position`,
  );
  const columns = described.map((row) => ({
    name: quoteIdentifier(String(row.get("name")), "postgresql"),
    type: columnTypes[String(row.get("type"))] ?? "NUMERIC",
  }));
  await client.query(
    `CREATE TABLE ${table} (${columns.map(({ name, type }) => `${name} ${type}`).join(", ")})`,
  );
  const rows = await engine.rows(`SELECT * FROM ${table}`);
  for (let start = 0; start < rows.length; start += 5000) {
    const batch = rows.slice(start, start + 5000).map((row) => Object.fromEntries(row));
    await client.query(
      `INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $1::json)`,
      [JSON.stringify(batch)],
    );
  }
}

function segmentsOf({ segments, fallback }: Definition, { keys, labels }: Assignment): Map<string, string> {
  return new Map(keys.map((key, i) => [key, segments[labels[i]!]?.key ?? fallback.key]));
}

test("one SELECT takes the sample shop from its source tables to segments in DuckDB and PostgreSQL", {
  skip,
}, async () => {
  const book = await openWorkbook(resolve("data/sample/segbook.yaml"));
  const client = new Client(connection());
  await client.connect();
  try {
    const { definition, assignment } = await segmentCustomers(book);
    const expected = segmentsOf(definition, assignment);
    const kinds: readonly SourceKind[] = ["customers", "transactions", "web"];
    const sources = new Map(kinds.map((kind): [SourceKind, string] => [kind, kind]));
    const sql = (dialect: "duckdb" | "postgresql"): string =>
      `SELECT customer_id, segment FROM (${exportDefinition(definition, { to: "sql", dialect, sources })}) AS assigned`;
    const ours = await book.engine.rows(sql("duckdb"));
    assert.deepEqual(new Map(ours.map((row) => [row.get("customer_id"), row.get("segment")])), expected);
    for (const kind of kinds) await copyTable(book.engine, client, kind);
    const { rows } = await client.query<{ customer_id: string; segment: string }>(sql("postgresql"));
    assert.deepEqual(new Map(rows.map((row) => [row.customer_id, row.segment])), expected);
    assert.equal(rows.length, expected.size);
  } finally {
    await client.end();
    book.close();
  }
});
