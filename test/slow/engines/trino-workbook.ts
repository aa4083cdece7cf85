import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { openTrino } from "#src/engine/trino.js";
import { saleColumns } from "../../engines/made-orders.js";
import type { TestTrino } from "../../engines/start-trino.js";
import { type Ended, fitSales, fitSalesHere, runSegbook, writeSalesWorkbook } from "./sales-workbook.js";

/** Works with `engine: { kind: trino }` in a workbook, from the command line. */
export function testTrinoWorkbook({ skip, server }: TestTrino): void {
  test("segbook check and fit on Trino give the account and the bytes that they give for the same lines in a file", {
    skip,
  }, async () => {
    const { url, files } = server();
    const { definition, account } = await fitSalesHere(files);
    const client = openTrino({ url, catalog: "hive", schema: "default" });
    await client.run('CREATE SCHEMA IF NOT EXISTS hive."default"');
    const columns = saleColumns.map(([name, type]) => `"${name}" ${type}`).join(", ");
    await client.run(
      `CREATE TABLE sales (${columns}) WITH (external_location = 'local:///sales', format = 'PARQUET')`,
    );
    const place = join(files, "on-trino");
    writeSalesWorkbook(place, engineOf(url), "table: sales");
    assert.deepEqual(await fitSales(place), { definition, account });
    const { segments } = JSON.parse(definition) as { segments: { key: string; size: number }[] };
    const sizes = await client.rows(
      "SELECT segment, COUNT(*) AS n FROM segbook_sales_assignments GROUP BY segment ORDER BY segment",
    );
    assert.deepEqual(
      sizes.map((row) => [...row.values()]),
      segments.map(({ key, size }) => [key, size]),
    );
    client.close();
    for (const command of [["features", "--output", "f.csv"], ["run"]]) {
      const { code, stderr } = await runSegbook(place, command).ended;
      assert.equal(code, 2);
      assert.match(stderr, /engine must be duckdb where rows are read on this machine, got trino/);
    }
  });

  test("Ctrl-C ends a fit on Trino and the reading of its tables, here and on the cluster", {
    skip,
  }, async () => {
    const { url, files } = server();
    const slow =
      "SELECT a.* FROM sales AS a CROSS JOIN UNNEST(sequence(1, 4000)) AS b (x) WHERE x * pieces > 0";
    const client = openTrino({ url, catalog: "hive", schema: "default" });
    await client.run(`CREATE VIEW endless AS ${slow}`);
    client.close();
    const ends = [
      ["fit", "--output", "definition.json"],
      ["check", "--quiet"],
    ];
    for (const [i, words] of ends.entries()) {
      const place = join(files, `interrupted-${i}`);
      const user = `interrupted${i}`;
      if (i === 0) writeSalesWorkbook(place, engineOf(url, user), "table: endless");
      else writeSalesWorkbook(place, connectionOf(url, user), "connection: lake\n    table: endless");
      const { code, stderr } = await interruptOnceBusy(url, user, () => runSegbook(place, words));
      assert.equal(code, 130, stderr);
      assert.ok(!existsSync(join(place, "definition.json")));
    }
  });
}

function engineOf(url: string, user = "segbook"): string {
  return `engine: { kind: trino, url: "${url}", catalog: hive, schema: default, user: ${user} }`;
}

function connectionOf(url: string, user: string): string {
  return `connections:\n  lake: { kind: trino, url: "${url}", catalog: hive, schema: default, user: ${user} }`;
}

/** Sends Ctrl-C as soon as the cluster works on the long statement of a user, and asks that it ends there as well. */
async function interruptOnceBusy(
  url: string,
  user: string,
  start: () => ReturnType<typeof runSegbook>,
): Promise<Ended> {
  const watcher = openTrino({ url });
  const states = async () =>
    (
      await watcher.rows(
        `SELECT state, error_code FROM system.runtime.queries WHERE "user" = '${user}' AND query LIKE '%endless%' AND query NOT LIKE 'DESCRIBE%' AND query NOT LIKE 'SHOW%'`,
      )
    ).map((row) => [...row.values()].join(" "));
  const run = start();
  for (let turn = 0; turn < 120 && !(await states()).some((state) => state.startsWith("RUNNING")); turn++)
    await pause(250);
  run.interrupt();
  const began = performance.now();
  const ended = await run.ended;
  assert.ok(performance.now() - began < 10_000);
  await pause(1000);
  assert.deepEqual((await states()).slice(-1), ["FAILED USER_CANCELED"]);
  watcher.close();
  return ended;
}
