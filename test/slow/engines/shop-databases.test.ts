import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { test } from "node:test";
import { Client } from "pg";
import { from } from "pg-copy-streams";
import { useMariadb } from "../../engines/start-mariadb.js";
import { usePostgresql } from "../../engines/start-postgresql.js";
import { columnsOf, shopPassword, useShop } from "../../engines/use-shop.js";

const [postgresql, mariadb] = [usePostgresql(), await useMariadb()];
const shop = useShop();

test("the sample shop in PostgreSQL gives the same bytes as its files", {
  skip: postgresql.skip,
}, async () => {
  const client = new Client(postgresql.connection());
  await client.connect();
  await client.query("CREATE SCHEMA sales");
  for (const table of shop.tables()) {
    await client.query(`CREATE TABLE sales.${table.name} (${columnsOf(table, '"')})`);
    const into = client.query(from(`COPY sales.${table.name} FROM STDIN (FORMAT csv)`));
    await pipeline(createReadStream(await shop.exported(table.name)), into);
  }
  await client.query(
    "CREATE ROLE reader LOGIN; GRANT USAGE ON SCHEMA sales TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA sales TO reader",
  );
  await client.end();
  const { host, port } = postgresql.connection();
  const connection = `kind: postgresql, host: ${host}, port: ${port}, database: postgres, user: reader, passwordFrom: SHOP_PASSWORD`;
  await shop.checkConnection("postgresql", connection);
});

test("the sample shop in MariaDB gives the same bytes as its files", { skip: mariadb.skip }, async () => {
  const client = await mariadb.server().connect();
  await client.query("CREATE DATABASE sales CHARACTER SET utf8mb4; USE sales");
  for (const table of shop.tables()) {
    await client.query(`CREATE TABLE ${table.name} (${columnsOf(table, "`")})`);
    const rows = await shop.engine().rows(`SELECT COLUMNS(*)::VARCHAR FROM ${table.name}`);
    for (let at = 0; at < rows.length; at += 2000)
      await client.query(`INSERT INTO ${table.name} VALUES ?`, [
        rows.slice(at, at + 2000).map((row) => [...row.values()]),
      ]);
  }
  await client.query(`CREATE USER reader IDENTIFIED BY '${shopPassword}'; GRANT SELECT ON sales.* TO reader`);
  await client.end();
  const connection = `kind: mysql, port: ${mariadb.server().port}, user: reader, passwordFrom: SHOP_PASSWORD`;
  await shop.checkConnection("mariadb", connection);
});
