import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { MachineError } from "#src/core/errors.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { openTrino, type TrinoEngine } from "#src/engine/trino.js";
import { orderColumns, writeOrders } from "../../engines/made-orders.js";
import { useTrino } from "../../engines/start-trino.js";
import { endlessJoin, lineCount, type PushedRun, runPushdown } from "./pushdown-run.js";

const trino = useTrino();

async function runInDuckDb(orders: string): Promise<PushedRun> {
  const engine = await openDuckDb();
  await engine.run(`CREATE VIEW transactions AS SELECT * FROM read_parquet('${orders}/*.parquet')`);
  const run = await runPushdown({ ...engine, dialect: "duckdb" }, "pushdown");
  engine.close();
  return run;
}

async function openOrders(): Promise<{ readonly engine: TrinoEngine; readonly orders: string }> {
  const { url, files } = trino.server();
  const duckDb = await openDuckDb();
  const orders = await writeOrders(duckDb, files, lineCount);
  duckDb.close();
  const engine = openTrino({ url, catalog: "hive", schema: "default" });
  await engine.run('CREATE SCHEMA IF NOT EXISTS hive."default"');
  const columns = orderColumns.map(([name, type]) => `"${name}" ${type}`).join(", ");
  await engine.run("DROP TABLE IF EXISTS transactions");
  await engine.run(
    `CREATE TABLE transactions (${columns}) WITH (external_location = 'local:///orders', format = 'PARQUET')`,
  );
  return { engine, orders };
}

test("features, lattice, centres, labels, profiles and stability on Trino equal DuckDB's bit for bit, and a lost worker is told of", {
  skip: trino.skip,
}, async () => {
  const { engine, orders } = await openOrders();
  const here = await runInDuckDb(orders);
  assert.deepEqual(await runPushdown(engine, "pushdown"), here);
  const [workers] = await engine.rows(
    `SELECT COUNT(DISTINCT t.node_id) AS n FROM system.runtime.tasks AS t INNER JOIN system.runtime.nodes AS n ON t.node_id = n.node_id INNER JOIN system.runtime.queries AS q ON t.query_id = q.query_id WHERE NOT n.coordinator AND t.split_cpu_time_ms > 0 AND q.query LIKE 'SELECT label, CAST(COUNT%'`,
  );
  assert.equal(workers!.get("n"), 2);
  const began = performance.now();
  const lost = assert.rejects(
    engine.rows(endlessJoin),
    (error) => error instanceof MachineError && /^trino: the (?:cluster|workers)/.test(error.message),
  );
  await pause(3000);
  trino.server().workers[0]!.kill();
  await lost;
  assert.ok(performance.now() - began < 63_000);
  assert.deepEqual((await runPushdown(engine, "again")).segments.kmeans, here.segments.kmeans);
  engine.close();
});
