import assert from "node:assert/strict";
import { test } from "node:test";
import { Client } from "pg";
import type { ConnectionConfig } from "#src/config/engine-config.js";
import { InputError } from "#src/core/errors.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { openDatabaseTable } from "#src/sources/open-database-table.js";
import { freePorts } from "../../engines/free-port.js";
import { makeCertificate } from "../../engines/made-certificates.js";
import { useMariadb } from "../../engines/start-mariadb.js";
import { usePostgresql } from "../../engines/start-postgresql.js";
import { sourceOf } from "../../features/sample-config.js";

const trusted = makeCertificate("IP:127.0.0.1");
const foreign = makeCertificate("IP:127.0.0.1");
const [port] = await freePorts(1);
const postgresql = usePostgresql({ ...trusted, port: port! });
const mariadb = await useMariadb(trusted);
const skip = postgresql.skip || mariadb.skip;

const source = sourceOf("transactions", { columns: new Map([["customer", "id"]]) });

async function read(config: ConnectionConfig): Promise<string> {
  const engine = await openDuckDb();
  try {
    const raw = await openDatabaseTable(engine, source, {
      connection: { name: "shop", config },
      table: "orders",
    });
    const [row] = await engine.rows(`SELECT c0 FROM ${raw.relation}`);
    await raw.release();
    return String(row!.get("c0"));
  } finally {
    engine.close();
  }
}

function connections(caFile: string, host: string = "127.0.0.1"): ConnectionConfig[] {
  const secure = { host, user: "reader", tls: "verify" as const, caFile };
  return [
    { kind: "postgresql", port: postgresql.connection().port, database: "postgres", ...secure },
    { kind: "mysql", port: mariadb.server().port, database: "shop", ...secure },
  ];
}

async function writeTables(): Promise<void> {
  const client = new Client(postgresql.connection());
  await client.connect();
  await client.query(
    "CREATE ROLE reader LOGIN; CREATE TABLE orders AS SELECT 'encrypted' AS id; GRANT SELECT ON orders TO reader",
  );
  await client.end();
  const session = await mariadb.server().connect();
  await session.query(
    "CREATE DATABASE shop; CREATE USER reader@'%' REQUIRE SSL; GRANT SELECT ON shop.* TO reader@'%'; CREATE TABLE shop.orders AS SELECT 'encrypted' AS id",
  );
  await session.end();
}

async function refuses(config: ConnectionConfig): Promise<void> {
  await assert.rejects(read(config), (error: Error) => {
    assert.ok(error instanceof InputError, error.stack);
    assert.match(error.message, /shop must lead to a server whose certificate we trust, got .*caFile/);
    return true;
  });
}

test("PostgreSQL and MariaDB are read through TLS with an authority of one's own", { skip }, async () => {
  await writeTables();
  for (const config of connections(trusted.caFile))
    assert.equal(await read(config), "encrypted", config.kind);
});

test("a certificate of another authority, or for another name, is refused before a row is read", {
  skip,
}, async () => {
  for (const config of [...connections(foreign.caFile), ...connections(trusted.caFile, "localhost")])
    await refuses(config);
});
