// One pass of k-means over a lattice of 5,000,000 × 8 with 8 clusters, against the same engine's sum of all columns.
//
//   node bench/pushdown.js duckdb
//   node bench/pushdown.js trino URL FOLDER      FOLDER: that of the hive catalog, `local:///`
//   node bench/pushdown.js spark HOST:PORT FOLDER
//
// Prints medians of several runs as JSON. Rows: --rows N; runs: --runs N.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openDuckDb } from "../dist/engine/duckdb.js";
import { openSpark } from "../dist/engine/spark.js";
import { openTrino } from "../dist/engine/trino.js";
import { passSql } from "../dist/pushdown/kmeans-sql.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rows: { type: "string", default: "5000000" }, runs: { type: "string", default: "5" } },
});
const [kind = "duckdb", place = "", folder = ""] = positionals;
const rowCount = Number(values.rows);
const columnCount = 8;
const clusterCount = 8;

/** Whole numbers within ±2^21, in eight loose groups. */
const latticeSql = `SELECT ${Array.from(
  { length: columnCount },
  (_, j) =>
    `CAST((hash(i * 8 + ${j}) % 2097152)::BIGINT - 1048576 + ((i * ${j + 3}) % 8) * 131072 AS BIGINT) AS q${j}`,
).join(", ")} FROM range(${rowCount}) AS rows(i)`;

const centres = Array.from({ length: clusterCount }, (_, cluster) =>
  // No coordinate is 0, as in life: a product by 0 is left out.
  Array.from({ length: columnCount }, (_, j) => ((cluster * (j + 3)) % 8) * 131072 + 4099 * (j + 1)),
);
const sumSql = `SELECT ${Array.from({ length: columnCount }, (_, j) => `SUM(q${j}) AS s${j}`).join(", ")} FROM lattice`;

async function writeParquet() {
  const engine = await openDuckDb();
  const path = join(folder, "lattice");
  mkdirSync(path, { recursive: true });
  for (let part = 0; part < 4; part++)
    await engine.run(
      `COPY (${latticeSql} WHERE i % 4 = ${part}) TO '${join(path, `part-${part}.parquet`)}' (FORMAT parquet)`,
    );
  engine.close();
  return path;
}

async function open() {
  if (kind === "duckdb") {
    const engine = await openDuckDb({ threads: 2 });
    await engine.run(`CREATE TABLE lattice AS ${latticeSql}`);
    return engine;
  }
  const path = await writeParquet();
  if (kind === "trino") {
    const engine = openTrino({ url: place, catalog: "hive", schema: "default" });
    await engine.run('CREATE SCHEMA IF NOT EXISTS hive."default"');
    await engine.run("DROP TABLE IF EXISTS lattice");
    const columns = Array.from({ length: columnCount }, (_, j) => `q${j} BIGINT`).join(", ");
    await engine.run(
      `CREATE TABLE lattice (${columns}) WITH (external_location = 'local:///lattice', format = 'PARQUET')`,
    );
    return engine;
  }
  const [host, port] = place.split(":");
  const engine = openSpark({ host, port: Number(port) });
  await engine.run("DROP TABLE IF EXISTS lattice");
  await engine.run(`CREATE TABLE lattice USING parquet LOCATION '${path}'`);
  return engine;
}

async function medianSeconds(engine, sql) {
  await engine.rows(sql);
  const seconds = [];
  for (let run = 0; run < Number(values.runs); run++) {
    const began = performance.now();
    await engine.rows(sql);
    seconds.push((performance.now() - began) / 1000);
  }
  return seconds.sort((a, b) => a - b)[seconds.length >> 1];
}

const engine = await open();
const sum = await medianSeconds(engine, sumSql);
const pass = await medianSeconds(engine, passSql({ from: "lattice", columnCount }, centres));
engine.close();
process.stdout.write(`${JSON.stringify({ kind, rowCount, sum, pass, ratio: pass / sum })}\n`);
