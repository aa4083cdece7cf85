import assert from "node:assert/strict";
import { test } from "node:test";
import { Client } from "pg";
import { openDuckDb } from "#src/engine/duckdb.js";
import { listFeatures } from "#src/features/catalogue.js";
import { customerTableSql } from "#src/features/customer-table-sql.js";
import { usePostgresql } from "../../engines/start-postgresql.js";
import { catalogueTables, laterRows, withoutLater } from "../../features/catalogue-tables.js";
import { askingForAll } from "../../features/everything.js";
import { configOf } from "../../features/sample-config.js";
import { shopSources, shopTables } from "../../features/shop-tables.js";

const { skip, connection } = usePostgresql();

test("every feature of a small shop is the same in DuckDB and PostgreSQL, bit for bit", {
  skip,
}, async () => {
  const config = configOf(Object.values(shopSources));
  const features = listFeatures(config);
  const kinds = config.sources.map(({ kind }) => kind);
  const engine = await openDuckDb();
  const client = new Client(connection());
  await client.connect();
  try {
    await engine.run(shopTables);
    await client.query(shopTables);
    const sql = (dialect: "duckdb" | "postgresql") =>
      customerTableSql(features, { kinds, asOf: config.asOf, dialect });
    const ours = await engine.rows(sql("duckdb"));
    const theirs = await client.query(sql("postgresql"));
    assert.deepEqual(
      theirs.rows.map((row) => Object.values(row)),
      ours.map((row) => [...row.values()]),
    );
    assert.equal(theirs.rowCount, 3);
  } finally {
    await client.end();
    engine.close();
  }
});

test("every feature of the catalogue is the same in both, bit for bit, and blind to what is dated later", {
  skip,
}, async () => {
  const config = askingForAll({ asOf: "2025-11-17" });
  const features = listFeatures(config);
  const kinds = config.sources.map(({ kind }) => kind);
  const sql = (dialect: "duckdb" | "postgresql") =>
    customerTableSql(features, { kinds, asOf: config.asOf, dialect });
  const engine = await openDuckDb();
  const client = new Client(connection());
  await client.connect();
  try {
    for (const tables of [catalogueTables(), withoutLater(config.asOf)]) {
      await engine.run(tables);
      await client.query(tables);
    }
    const ours = await engine.rows(sql("duckdb"));
    for (const change of ["SELECT 1", laterRows(config.asOf, 1)]) {
      await client.query(change);
      const theirs = await client.query(sql("postgresql"));
      assert.deepEqual(
        theirs.rows.map((row) => Object.values(row)),
        ours.map((row) => [...row.values()]),
      );
    }
  } finally {
    await client.end();
    engine.close();
  }
});
