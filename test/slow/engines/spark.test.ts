import assert from "node:assert/strict";
import { existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { InputError, MachineError } from "#src/core/errors.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { openSpark } from "#src/engine/spark.js";
import { writeOrders } from "../../engines/made-orders.js";
import { findSpark, type SparkCluster, startSpark, withoutSpark } from "../../engines/start-spark.js";
import { heavyJoin, lineCount, type PushedRun, runInDuckDb, runPushdown } from "./pushdown-run.js";
import { fitSales, fitSalesHere, runSegbook, writeSalesWorkbook } from "./sales-workbook.js";

const skip = findSpark() === undefined ? withoutSpark : false;
if (skip !== false && process.env.CI === "true") throw new Error(skip);

const folder = join(tmpdir(), `segbook-spark-orders-${process.pid}`);
let spark: SparkCluster;
let here: PushedRun;

before(async () => {
  if (skip !== false) return;
  spark = await startSpark();
  const engine = await openDuckDb();
  const orders = await writeOrders(engine, folder, lineCount);
  engine.close();
  here = await runInDuckDb(orders);
  const remote = openSpark({ host: "127.0.0.1", port: spark.port });
  await remote.run(`CREATE TABLE transactions USING parquet LOCATION '${orders}'`);
  remote.close();
});

after(async () => {
  if (skip !== false) return;
  await spark.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("Spark gives every number exactly, and its errors in one line without a customer's value", {
  skip,
}, async () => {
  const engine = openSpark({ host: "127.0.0.1", port: spark.port });
  const [row] = await engine.rows(
    "SELECT 9223372036854775807 AS most, CAST('NaN' AS DOUBLE) AS nan, 4.9E-324D AS least, CAST(12345678901234567890 AS DECIMAL(38, 0)) AS wide, DATE '1900-01-02' AS day, NULL AS none, 'ü\"' AS text;",
  );
  assert.deepEqual(
    [...row!.values()],
    ["9223372036854775807", Number.NaN, 5e-324, "12345678901234567890", "1900-01-02", null, 'ü"'],
  );
  const refused = (sql: string, message: RegExp) =>
    assert.rejects(engine.rows(sql), (error) => error instanceof InputError && message.test(error.message));
  await refused("SELECT * FROM nowhere", /TABLE_OR_VIEW_NOT_FOUND \(SQL state 42P01\): The table or view/);
  await refused("SELECT CAST('Ada Smith' AS INT)", /CAST_INVALID_INPUT \(SQL state 22018\)$/);
  await refused("SELECT 9223372036854775807 + 1", /ARITHMETIC_OVERFLOW/);
  engine.close();
});

test("a statement on Spark can be cancelled, and the next engine finds the cluster free", {
  skip,
}, async () => {
  const control = new AbortController();
  const engine = openSpark({ host: "127.0.0.1", port: spark.port, signal: control.signal });
  const cancelled = assert.rejects(engine.rows(heavyJoin), { name: "AbortError" });
  setTimeout(() => control.abort(), 2000);
  await cancelled;
  await assert.rejects(engine.rows("SELECT 1"), { name: "AbortError" });
  engine.close();
});

test("features, lattice, centres, labels, profiles and stability on Spark equal DuckDB's bit for bit, on both workers", {
  skip,
}, async (t) => {
  const engine = openSpark({ host: "127.0.0.1", port: spark.port });
  const before = await spark.executorTasks();
  const began = performance.now();
  assert.deepEqual(await runPushdown(engine, "pushdown"), here);
  t.diagnostic(`${lineCount} lines in ${Math.round((performance.now() - began) / 1000)} s`);
  const done = await spark.executorTasks();
  assert.ok(done.every((tasks, i) => tasks > before[i]!));
  engine.close();
});

test("a worker killed in the middle is borne by Spark; back again, a re-run gives the same bits", {
  skip,
}, async () => {
  const engine = openSpark({ host: "127.0.0.1", port: spark.port });
  const [whole] = await engine.rows(heavyJoin);
  const running = engine.rows(heavyJoin).catch((error: unknown) => error);
  await pause(1500);
  spark.killWorker(0);
  const end = await running;
  if (end instanceof Error) assert.match(end.message, /^spark: the cluster must finish the statement/);
  else assert.deepEqual(end, [whole]);
  await spark.restartWorker(0);
  assert.deepEqual(
    (await runPushdown(engine, "again", { resamples: 0 })).segments.kmeans,
    here.segments.kmeans,
  );
  engine.close();
});

test("segbook check and fit on Spark give the account and the bytes that they give for the same lines in a file", {
  skip,
}, async () => {
  const { sales, definition, account } = await fitSalesHere(folder);
  const engine = openSpark({ host: "127.0.0.1", port: spark.port });
  await engine.run(`CREATE TABLE sales USING parquet LOCATION '${sales}'`);
  const place = join(folder, "on-spark");
  const address = `engine: { kind: spark, host: 127.0.0.1, port: ${spark.port} }`;
  writeSalesWorkbook(place, address, "table: sales");
  assert.deepEqual(await fitSales(place), { definition, account });
  await engine.run(
    `CREATE VIEW endless AS SELECT a.* FROM sales AS a CROSS JOIN range(40000) AS b WHERE b.id * pieces >= 0`,
  );
  const interrupted = join(folder, "interrupted");
  writeSalesWorkbook(interrupted, address, "table: endless");
  const run = runSegbook(interrupted, ["fit", "--output", "definition.json"]);
  await pause(6000);
  run.interrupt();
  assert.equal((await run.ended).code, 130);
  assert.ok(!existsSync(join(interrupted, "definition.json")));
  assert.equal((await engine.rows("SELECT COUNT(*) AS n FROM sales")).length, 1);
  engine.close();
});

test("a cluster without a worker is told of in the time that was given, and a dead server at once", {
  skip,
}, async () => {
  const engine = openSpark({ host: "127.0.0.1", port: spark.port });
  await engine.rows("SELECT 1 AS one");
  spark.killWorker(0);
  spark.killWorker(1);
  const idle = openSpark({ host: "127.0.0.1", port: spark.port, workerSeconds: 5 });
  await assert.rejects(idle.rows("SELECT 1 AS one"), {
    name: "MachineError",
    message: /must have a worker that does a first task within 5 s, got no end/,
  });
  idle.close();
  const began = performance.now();
  const lost = assert.rejects(engine.rows(heavyJoin), MachineError);
  await pause(1000);
  spark.killServer();
  await lost;
  await assert.rejects(engine.rows("SELECT 1"), /^MachineError: spark: the server at .* must be reachable/);
  assert.ok(performance.now() - began < 60_000);
  engine.close();
});
