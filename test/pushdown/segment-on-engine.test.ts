import assert from "node:assert/strict";
import { test } from "node:test";
import { matrixOfColumns } from "#src/core/matrix.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { numberColumn, textColumn } from "#src/engine/engine.js";
import { fitRecipe } from "#src/features/fit-recipe.js";
import { applyRecipe } from "#src/features/recipe.js";
import { fitKMeans } from "#src/kmeans/kmeans.js";
import { assignRows } from "#src/methods/assign-rows.js";
import type { PushdownEngine } from "#src/pushdown/pushdown-engine.js";
import { segmentOnEngine } from "#src/pushdown/segment-on-engine.js";
import { madeCustomersSql, madeFeatures, madeTable } from "./made-customers.js";

const rowCount = 12_000;
const steps = 2 ** 20;

async function openCustomers(): Promise<PushdownEngine> {
  const engine = await openDuckDb();
  await engine.run(`CREATE TABLE customers AS ${madeCustomersSql(rowCount)}`);
  return { ...engine, dialect: "duckdb" };
}

const options = {
  table: madeTable("customers"),
  basis: madeFeatures,
  clusterCount: 4,
  seed: 3,
  run: "test",
  sampleSize: 3000,
  starts: 5,
};

test("recipe, lattice, centres, sizes, inertia and assignments pushed down are those found here, bit for bit", async () => {
  const engine = await openCustomers();
  const pushed = await segmentOnEngine(engine, options);
  const rows = await engine.columns("SELECT * FROM customers ORDER BY customer_id");
  const raw = matrixOfColumns(
    madeFeatures,
    madeFeatures.map((_, j) => numberColumn(rows, `f${j}`)),
  );
  assert.deepEqual(pushed.recipe, fitRecipe(raw));
  assert.deepEqual(
    pushed.recipe.steps.map(({ transform }) => transform),
    ["identity", "log1p", "log1p", "identity", "signedLog"],
  );
  const matrix = applyRecipe(pushed.recipe, raw);
  const lattice = await engine.columns(`SELECT * FROM ${pushed.latticeTable} ORDER BY customer_id`);
  pushed.recipe.steps.forEach((_, j) => {
    const own = numberColumn(lattice, `q${j}`);
    for (let i = 0; i < rowCount; i++) assert.equal(own[i]! / steps, matrix.values[i * 5 + j]);
  });
  const local = fitKMeans(matrix, {
    clusterCount: 4,
    seed: 1,
    initialCentres: pushed.initialCentres.map((centre) => centre.map((value) => value / steps)),
  });
  const centres = pushed.kmeans.centres.map((centre) => centre.map((value) => value / steps));
  assert.deepEqual(centres, local.centres);
  assert.deepEqual(pushed.kmeans.sizes, local.sizes);
  assert.equal(Number(pushed.kmeans.inertia) / steps / steps, local.inertia);
  const assigned = await engine.columns(`SELECT * FROM ${pushed.assignmentsTable} ORDER BY customer_id`);
  const wanted = assignRows(matrix, centres);
  assert.deepEqual(
    [...textColumn(assigned, "segment")],
    [...wanted.labels].map((label) => `s${label + 1}`),
  );
  assert.deepEqual(
    [...textColumn(assigned, "runner_up")],
    [...wanted.runnersUp].map((label) => `s${label + 1}`),
  );
  assert.deepEqual(numberColumn(assigned, "distance"), wanted.distances);
  assert.deepEqual(numberColumn(assigned, "margin"), wanted.margins);
  engine.close();
});

test("a table in another order and on more threads gives the same segments", async () => {
  const engine = await openCustomers();
  await engine.run("CREATE TABLE mixed AS SELECT * FROM customers ORDER BY md5(customer_id)");
  const one = await segmentOnEngine(engine, options);
  const other = await segmentOnEngine(engine, { ...options, table: madeTable("mixed"), run: "other" });
  assert.deepEqual(
    { ...other, latticeTable: "", assignmentsTable: "" },
    { ...one, latticeTable: "", assignmentsTable: "" },
  );
  engine.close();
});

test("profiles are those of hand-written SQL, and each segment is looked for in resamples", async () => {
  const engine = await openCustomers();
  const pushed = await segmentOnEngine(engine, {
    ...options,
    descriptors: { numbers: madeFeatures, categories: ["region"] },
    resamples: 2,
  });
  const byHand = await engine.rows(
    `SELECT segment, count(*) AS size, count(f2) AS known, avg(f2) AS mean, stddev_samp(f2) AS sd, median(f2) AS median, count(f5) FILTER (f5 = 'B') AS b, median(f4) FILTER (NOT isnan(f4)) AS change FROM customers JOIN ${pushed.assignmentsTable} USING (customer_id) GROUP BY segment ORDER BY segment`,
  );
  assert.equal(pushed.profiles.length, 4);
  pushed.profiles.forEach((profile, i) => {
    const row = byHand[i]!;
    const spend = profile.numbers.find(({ feature }) => feature === "spend")!;
    const near = (actual: number | null, name: string) =>
      assert.ok(Math.abs(actual! - Number(row.get(name))) <= 1e-6 * Math.abs(Number(row.get(name))));
    assert.deepEqual(
      [profile.segment, profile.size, spend.known],
      [row.get("segment"), row.get("size"), row.get("known")],
    );
    near(spend.mean, "mean");
    near(spend.standardDeviation, "sd");
    assert.equal(spend.median, row.get("median"));
    assert.equal(profile.numbers.find(({ feature }) => feature === "change")!.median, row.get("change"));
    assert.equal(profile.categories.find(({ category }) => category === "B")!.count, row.get("b"));
  });
  assert.equal(pushed.stability!.jaccards.length, 4);
  assert.ok(pushed.stability!.jaccards.every((jaccard) => jaccard > 0 && jaccard <= 1));
  const left = await engine.rows("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'segbook%'");
  assert.equal(left.length, 2);
  engine.close();
});

test("names of tables and features that are none are refused", async () => {
  const engine = await openCustomers();
  const refused = (change: object, message: RegExp) =>
    assert.rejects(segmentOnEngine(engine, { ...options, ...change }), message);
  await refused({ run: 'x"; DROP TABLE customers' }, /run must be 1 to 32 lower-case letters/);
  await refused({ basis: ["spend", "wealth"] }, /basis must name features of the table, got "wealth"/);
  engine.close();
});
