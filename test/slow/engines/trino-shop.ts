import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openTrino } from "#src/engine/trino.js";
import type { TestTrino } from "../../engines/start-trino.js";
import { columnsOf, useShop } from "../../engines/use-shop.js";

/** Reads the sample shop out of Trino. */
export function testTrinoShop({ skip, server }: TestTrino): void {
  const shop = useShop();
  test("the sample shop in Parquet files behind Trino gives the same bytes as its files", {
    skip,
  }, async () => {
    const { url, files: place } = server();
    const client = openTrino({ url, catalog: "hive" });
    await client.run("CREATE SCHEMA sales WITH (location = 'local:///sales')");
    for (const table of shop.tables()) {
      const folder = join(place, "shop", table.name);
      mkdirSync(folder, { recursive: true });
      await shop.engine().run(`COPY ${table.name} TO '${join(folder, "part.parquet")}' (FORMAT parquet)`);
      const columns = columnsOf(table, '"').replaceAll(" TEXT", " VARCHAR");
      await client.run(
        `CREATE TABLE sales.${table.name} (${columns}) WITH (format = 'PARQUET', external_location = 'local:///shop/${table.name}')`,
      );
    }
    client.close();
    const connection = `kind: trino, url: '${url}', catalog: hive, user: reader`;
    await shop.checkConnection("trino", connection);
  });
}
