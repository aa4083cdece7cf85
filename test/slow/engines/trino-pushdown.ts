import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { MachineError } from "#src/core/errors.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { openTrino, type TrinoEngine } from "#src/engine/trino.js";
import { orderColumns, writeOrders } from "../../engines/made-orders.js";
import type { TestTrino } from "../../engines/start-trino.js";
import { endlessJoin, lineCount, type PushedRun, runInDuckDb, runPushdown } from "./pushdown-run.js";

/** Finds segments on Trino, and loses a worker. */
export function testTrinoPushdown({ skip, server }: TestTrino): void {
  let here: PushedRun;

  test("features, lattice, centres, labels, profiles and stability on Trino equal DuckDB's bit for bit, on both workers", {
    skip,
  }, async (t) => {
    const { url, files } = server();
    const duckDb = await openDuckDb();
    const orders = await writeOrders(duckDb, files, lineCount);
    duckDb.close();
    here = await runInDuckDb(orders);
    const engine = openOrders(url);
    await makeOrders(engine);
    const began = performance.now();
    assert.deepEqual(await runPushdown(engine, "pushdown"), here);
    t.diagnostic(`${lineCount} lines in ${Math.round((performance.now() - began) / 1000)} s`);
    const [workers] = await engine.rows(
      `SELECT COUNT(DISTINCT t.node_id) AS n FROM system.runtime.tasks AS t INNER JOIN system.runtime.nodes AS n ON t.node_id = n.node_id INNER JOIN system.runtime.queries AS q ON t.query_id = q.query_id WHERE NOT n.coordinator AND t.split_cpu_time_ms > 0 AND q.query LIKE 'SELECT label, CAST(COUNT%'`,
    );
    assert.equal(workers!.get("n"), 2);
    engine.close();
  });

  test("a worker killed in the middle is reported within a minute while the other is busy; a re-run on that one gives the same bits", {
    skip,
  }, async (t) => {
    const { url, workers } = server();
    const engine = openOrders(url);
    const lost = assert.rejects(
      engine.rows(endlessJoin),
      (error) =>
        error instanceof MachineError &&
        /^trino: the workers of .* must stay until the statement ends, got 1 that went away/.test(
          error.message,
        ),
    );
    await pause(4000);
    const killed = performance.now();
    workers[0]!.kill();
    await lost;
    const seconds = (performance.now() - killed) / 1000;
    t.diagnostic(`reported after ${Math.round(seconds)} s`);
    assert.ok(seconds < 60, `after ${seconds} s`);
    const began = performance.now();
    assert.deepEqual(
      (await runPushdown(engine, "again", { resamples: 0 })).segments.kmeans,
      here.segments.kmeans,
    );
    t.diagnostic(`again in ${Math.round((performance.now() - began) / 1000)} s`);
    engine.close();
  });
}

function openOrders(url: string): TrinoEngine {
  return openTrino({ url, catalog: "hive", schema: "default" });
}

async function makeOrders(engine: TrinoEngine): Promise<void> {
  await engine.run('CREATE SCHEMA IF NOT EXISTS hive."default"');
  const columns = orderColumns.map(([name, type]) => `"${name}" ${type}`).join(", ");
  await engine.run(
    `CREATE TABLE transactions (${columns}) WITH (external_location = 'local:///orders', format = 'PARQUET')`,
  );
}
