import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openTrino } from "#src/engine/trino.js";
import { useTrino } from "../../engines/start-trino.js";
import { columnsOf, useShop } from "../../engines/use-shop.js";

const trino = useTrino();
const shop = useShop();

test("the sample shop in Parquet files behind Trino gives the same bytes as its files", {
  skip: trino.skip,
}, async () => {
  const { url, files: place } = trino.server();
  const client = openTrino({ url, catalog: "hive" });
  await client.run("CREATE SCHEMA sales WITH (location = 'local:///sales')");
  for (const table of shop.tables()) {
    mkdirSync(join(place, table.name));
    await shop
      .engine()
      .run(`COPY ${table.name} TO '${join(place, table.name, "part.parquet")}' (FORMAT parquet)`);
    const columns = columnsOf(table, '"').replaceAll(" TEXT", " VARCHAR");
    await client.run(
      `CREATE TABLE sales.${table.name} (${columns}) WITH (format = 'PARQUET', external_location = 'local:///${table.name}')`,
    );
  }
  client.close();
  const connection = `kind: trino, url: '${url}', catalog: hive, user: reader`;
  await shop.checkConnection("trino", connection);
});
