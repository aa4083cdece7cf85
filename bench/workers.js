// What finding segments costs on Trino and Spark with one worker and with two, and in DuckDB: features, one pass, all.
//
//   npm run tsc -- -b src test && node bench/workers.js [--lines N] [--only duckdb|trino|spark]
//
// Starts and stops the clusters of the tests; Spark is found by SEGBOOK_SPARK. Writes its section of bench/results.md.
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { trinoVersion } from "../build/engines/fetch-trino.js";
import { orderColumns, writeOrders } from "../build/engines/made-orders.js";
import { startSpark } from "../build/engines/start-spark.js";
import { startTrino } from "../build/engines/start-trino.js";
import { runPushdown } from "../build/slow/engines/pushdown-run.js";
import { openDuckDb } from "../dist/engine/duckdb.js";
import { openSpark } from "../dist/engine/spark.js";
import { openTrino } from "../dist/engine/trino.js";
import { median } from "./measure.js";
import { writeSection } from "./results.js";

const { values } = parseArgs({
  options: { lines: { type: "string", default: "2000000" }, only: { type: "string", default: "" } },
});
const lineCount = Number(values.lines);

/** An engine that notes how long its statements take. */
function timed(engine, statements) {
  const noted = (work) => async (sql) => {
    const began = performance.now();
    const answer = await work(sql);
    statements.push({ sql, seconds: (performance.now() - began) / 1000 });
    return answer;
  };
  return {
    ...engine,
    run: noted((sql) => engine.run(sql)),
    rows: noted((sql) => engine.rows(sql)),
    columns: noted((sql) => engine.columns(sql)),
  };
}

async function measureRun(engine) {
  const statements = [];
  const began = performance.now();
  const { digests } = await runPushdown(timed(engine, statements), "bench");
  const all = (performance.now() - began) / 1000;
  // Features end where the lattice begins; a pass is what gives every label its sums.
  const lattice = statements.findIndex(({ sql }) => sql.includes("segbook_bench_lattice"));
  const features = statements.slice(0, lattice).reduce((sum, { seconds }) => sum + seconds, 0);
  const passes = statements.filter(({ sql }) => /^SELECT label, CAST\((COUNT|SUM)/.test(sql));
  return {
    features,
    pass: median(passes.map(({ seconds }) => seconds)),
    passes: passes.length,
    all,
    digests,
  };
}

async function inDuckDb(orders) {
  const engine = await openDuckDb();
  await engine.run(`CREATE VIEW transactions AS SELECT * FROM read_parquet('${orders}/*.parquet')`);
  const found = await measureRun({ ...engine, dialect: "duckdb" });
  engine.close();
  return found;
}

async function onTrino(workers) {
  const cluster = await startTrino(workers);
  try {
    await write(cluster.files);
    const engine = openTrino({ url: cluster.url, catalog: "hive", schema: "default" });
    const columns = orderColumns.map(([name, type]) => `"${name}" ${type}`).join(", ");
    await engine.run('CREATE SCHEMA IF NOT EXISTS hive."default"');
    await engine.run(
      `CREATE TABLE transactions (${columns}) WITH (external_location = 'local:///orders', format = 'PARQUET')`,
    );
    const found = await measureRun(engine);
    engine.close();
    return found;
  } finally {
    await cluster.stop();
  }
}

async function onSpark(workers, orders) {
  const cluster = await startSpark({ workers });
  try {
    const engine = openSpark({ host: "127.0.0.1", port: cluster.port });
    await engine.run(`CREATE TABLE transactions USING parquet LOCATION '${orders}'`);
    const found = await measureRun(engine);
    engine.close();
    return found;
  } finally {
    await cluster.stop();
  }
}

async function write(folder) {
  const engine = await openDuckDb();
  const orders = await writeOrders(engine, folder, lineCount);
  engine.close();
  return orders;
}

const folder = mkdtempSync(join(tmpdir(), "segbook-bench-"));
const orders = await write(folder);
const works = [
  ["DuckDB, in the process", "duckdb", () => inDuckDb(orders)],
  [`Trino ${trinoVersion}, two workers of 2 GB`, "trino", () => onTrino(2)],
  [`Trino ${trinoVersion}, one worker of 2 GB`, "trino", () => onTrino(1)],
  ["Spark, two workers of 1 GB", "spark", () => onSpark(2, orders)],
  ["Spark, one worker of 1 GB", "spark", () => onSpark(1, orders)],
].filter(([, kind]) => kind.startsWith(values.only));

const rows = [];
let first;
try {
  for (const [name, , work] of works) {
    const found = await work();
    first ??= found.digests;
    const isSame = JSON.stringify(found.digests) === JSON.stringify(first) ? "yes" : "no";
    const seconds = [found.features.toFixed(1), found.pass.toFixed(3), found.all.toFixed(1)];
    rows.push(
      `| ${name} | ${seconds.join(" | ")} | ${found.passes} | ${isSame} | ${loadavg()[0].toFixed(1)} |`,
    );
    process.stdout.write(`${rows.at(-1)}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

writeSection(
  "Segments on one worker and on two",
  [
    `${lineCount.toLocaleString("en-GB")} order lines in Parquet: every feature of the catalogue that they have, four clusters on four features, one resample, profiles, digests of all tables; seconds by the clock, once each. All nodes on one machine: Node ${process.versions.node}; ${cpus().length} cores, ${cpus()[0]?.model ?? "unknown processor"}.`,
    "",
    "| engine | features | one pass (median) | all | passes | same bits | load average |",
    "| --- | ---: | ---: | ---: | ---: | --- | ---: |",
    ...rows,
  ].join("\n"),
);
