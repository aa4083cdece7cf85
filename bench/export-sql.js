// The exported PostgreSQL query beside one written by hand, over the same million customers in the same server, in turns.
// PGHOST=… node bench/export-sql.js [--rows N] [--repeats N]; writes its section of bench/results.md.
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import pg from "pg";
import {
  applyRecipe,
  defineSegments,
  exportDefinition,
  fitKMeans,
  fitRecipe,
  matrixOf,
} from "../dist/index.js";
import { median } from "./measure.js";
import { writeSection } from "./results.js";

const { values: options } = parseArgs({
  options: { rows: { type: "string", default: "1000000" }, repeats: { type: "string", default: "5" } },
});
const rows = Number(options.rows);
const names = Array.from({ length: 8 }, (_, j) => `feature_${j + 1}`);

/** Eight skewed features, 2 % of each unknown. */
async function makeTable(client) {
  const columns = names.map(
    (name, j) =>
      `CASE WHEN random() > 0.02 THEN round((exp(random() * 4 + (i % 5) * ${((j % 3) * 0.7 + 0.2).toFixed(1)}))::numeric, 2)::double precision END AS ${name}`,
  );
  await client.query("SELECT setseed(0.5)");
  await client.query(
    `CREATE TEMPORARY TABLE customer_features AS SELECT i AS customer_id, ${columns.join(", ")} FROM generate_series(1, ${rows}) AS s(i)`,
  );
  await client.query("ANALYZE customer_features");
}

async function defineFrom(client) {
  const { rows: sample } = await client.query("SELECT * FROM customer_features LIMIT 20000");
  const raw = matrixOf(
    Object.fromEntries(names.map((name) => [name, sample.map((row) => row[name] ?? Number.NaN)])),
  );
  const features = names.map((name) => ({
    ...{ name, label: name, unit: "count", type: "number", role: "basis", meaning: "Made" },
    transform: "log1p",
  }));
  const transforms = new Map(names.map((name) => [name, "log1p"]));
  const recipe = fitRecipe(raw, { transforms });
  const fit = fitKMeans(applyRecipe(recipe, raw), { clusterCount: 6, starts: 10, seed: 1 });
  const verdicts = fit.sizes.map(() => "constructive");
  return defineSegments({
    id: "made",
    createdFor: null,
    keyName: "customer_id",
    features,
    recipe,
    fit,
    verdicts,
  });
}

/** What somebody who knows PostgreSQL would write: doubles, no clamp, no lattice, every distance once behind OFFSET 0. */
function byHand({ recipe, model }, isWhole) {
  const scaled = recipe.steps.map(
    ({ feature, impute, centre, scale }, j) =>
      `(ln(1 + coalesce(${feature}, ${impute}::float8)) - ${centre}::float8) / ${scale}::float8 AS z${j}`,
  );
  const distances = model.centres.map((centre, s) => {
    const parts = centre.map(
      (steps, j) => `(z${j} - ${steps / 2 ** 20}::float8) * (z${j} - ${steps / 2 ** 20}::float8)`,
    );
    return `${parts.join(" + ")} AS d${s}`;
  });
  const all = model.centres.map((_, s) => `d${s}`).join(", ");
  const segment = `CASE nearest ${model.centres.map((_, s) => `WHEN d${s} THEN 's${s + 1}'`).join(" ")} END AS segment`;
  const name = `CASE nearest ${model.centres.map((_, s) => `WHEN d${s} THEN 'Segment ${s + 1}'`).join(" ")} END AS segment_name`;
  const nearest = `SELECT customer_id, ${all}, least(${all}) AS nearest FROM (SELECT customer_id, ${distances.join(", ")} FROM (SELECT customer_id, ${scaled.join(", ")} FROM customer_features OFFSET 0) AS a OFFSET 0) AS b OFFSET 0`;
  if (!isWhole) return `SELECT customer_id, ${segment} FROM (${nearest}) AS c`;
  const others = model.centres.map(
    (_, s) => `CASE WHEN d${s} = nearest THEN 'infinity'::float8 ELSE d${s} END`,
  );
  const next = `CASE second ${model.centres.map((_, s) => `WHEN d${s} THEN 's${s + 1}'`).join(" ")} END AS runner_up`;
  return `SELECT customer_id, ${segment}, ${name}, sqrt(nearest) AS distance, ${next}, (sqrt(second) - sqrt(nearest)) / sqrt(second) AS margin
    FROM (SELECT *, least(${others.join(", ")}) AS second FROM (${nearest}) AS c OFFSET 0) AS d`;
}

async function seconds(client, query) {
  await client.query("DROP TABLE IF EXISTS answer");
  const start = performance.now();
  await client.query(`CREATE TEMPORARY TABLE answer AS ${query}`);
  return (performance.now() - start) / 1000;
}

const client = new pg.Client();
await client.connect();
await makeTable(client);
const definition = await defineFrom(client);
const exported = exportDefinition(definition, { to: "sql", dialect: "postgresql" });
const works = [
  [
    "key and segment",
    `SELECT customer_id, segment FROM (${exported}) AS assigned`,
    byHand(definition, false),
  ],
  ["all six columns", exported, byHand(definition, true)],
];
const lines = [];
for (const [work, ours, theirs] of works) {
  const times = { ours: [], theirs: [] };
  for (let turn = 0; turn <= Number(options.repeats); turn++) {
    const pair = { ours: await seconds(client, ours), theirs: await seconds(client, theirs) };
    // The first turn warms up.
    if (turn > 0) for (const side of ["ours", "theirs"]) times[side].push(pair[side]);
  }
  const { rows: apart } = await client.query(
    `SELECT count(*) AS n FROM (${works[0][1]}) AS a JOIN (${works[0][2]}) AS b USING (customer_id) WHERE a.segment <> b.segment`,
  );
  const [own, other] = [median(times.ours), median(times.theirs)];
  lines.push(
    `| ${work} | ${own.toFixed(2)} | ${other.toFixed(2)} | ${(own / other).toFixed(2)} | ≤ 2 | ${apart[0].n} |`,
  );
}
const { rows: version } = await client.query("SHOW server_version");
await client.end();
const [load] = loadavg();
writeSection(
  "Exported SQL",
  `The exported PostgreSQL query beside one written by hand (doubles, no lattice, no check of values, fenced alike), ${rows.toLocaleString("en")} customers × 8 features, log1p, 6 segments, into a temporary table; medians of ${options.repeats} in turns after a first run of each. The last column counts customers whom the doubles put elsewhere.
PostgreSQL ${version[0].server_version}; ${cpus().length} cores, ${cpus()[0].model.trim()}; load average when it ended ${load.toFixed(1)}.

| answer | exported, s | by hand, s | exported / by hand | wanted | elsewhere |
| --- | ---: | ---: | ---: | --- | ---: |
${lines.join("\n")}`,
);
