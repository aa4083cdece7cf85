// Files through a definition: `segbook assign` beside the hand-written DuckDB query and pandas with scikit-learn.
// node bench/assign.js --python FILE [--rows N] [--repeats N] [--csv-rows N]; writes its section of bench/results.md.
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openDuckDb } from "../dist/engine/duckdb.js";
import { applyRecipe, defineSegments, fitKMeans, fitRecipe, matrixOf } from "../dist/index.js";
import { readFeatureFile } from "../dist/sources/read-feature-file.js";
import { measureRun, median } from "./measure.js";
import { writeSection } from "./results.js";

const { values: options } = parseArgs({
  options: {
    python: { type: "string", default: "python3" },
    rows: { type: "string", default: "10000000" },
    "csv-rows": { type: "string", default: "2000000" },
    repeats: { type: "string", default: "5" },
  },
});
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "segbook-bench-"));
const names = Array.from({ length: 8 }, (_, j) => `feature_${j + 1}`);

/** Eight skewed features with 2 % unknown cells; in one file the customers ascend, in the other they come in any order. */
async function makeFiles() {
  const share = (j) => `((hash(i * 16 + ${j}) >> 11)::DOUBLE / 9007199254740992)`;
  const features = names.map(
    (name, j) =>
      `CASE WHEN hash(i * 16 + ${j + 8}) % 50 > 0 THEN round(exp(${share(j)} * 4 + (hash(i) % 5)::DOUBLE * ${((j % 3) * 0.7 + 0.2).toFixed(1)}), 2) END AS ${name}`,
  );
  const write = (engine, file, count, key) =>
    engine.run(
      `COPY (SELECT ${key} AS customer_id, ${features.join(", ")} FROM range(${count}) AS t(i)) TO '${join(folder, file)}'`,
    );
  const engine = await openDuckDb({ memoryLimitMb: 4000 });
  await write(engine, "sample.parquet", 50_000, "1000000000 + i");
  await write(engine, "sorted.parquet", options.rows, "1000000000 + i");
  // 7919 has no factor in common with a power of ten: the same keys in another order.
  await write(engine, "mixed.parquet", options.rows, `1000000000 + i * 7919 % ${options.rows}`);
  await write(engine, "sorted.csv", options["csv-rows"], "1000000000 + i");
  const sample = await readFeatureFile(engine, join(folder, "sample.parquet"), {
    key: "customer_id",
    columns: names,
  });
  engine.close();
  return sample;
}

function defineFrom({ columns }) {
  const features = names.map((name) => ({
    name,
    label: name,
    unit: "count",
    type: "number",
    role: "basis",
    meaning: "Made",
    transform: "log1p",
  }));
  const matrix = matrixOf(Object.fromEntries(columns));
  const recipe = fitRecipe(matrix, { features });
  const fit = fitKMeans(applyRecipe(recipe, matrix), { clusterCount: 6, starts: 3, seed: 1 });
  const verdicts = fit.centres.map(() => "constructive");
  const named = { id: "made", createdFor: null, keyName: "customer_id", features, recipe, fit, verdicts };
  writeFileSync(definition, JSON.stringify(defineSegments(named)));
}

const definition = join(folder, "definition.json");
const contenders = {
  segbook: (input, output) => [
    process.execPath,
    [
      join(root, "bin/segbook.js"),
      "assign",
      "--definition",
      definition,
      "--input",
      input,
      "--output",
      output,
    ],
  ],
  query: (input, output) => [
    process.execPath,
    [join(root, "bench/assign-query.js"), definition, input, output],
  ],
  pandas: (input, output) => [
    options.python,
    [join(root, "bench/peers/assign.py"), definition, input, output],
  ],
};

defineFrom(await makeFiles());
const tasks = [
  {
    file: "sorted.parquet",
    title: `${Number(options.rows).toLocaleString("en")} rows, Parquet → Parquet, customers ascend`,
  },
  {
    file: "mixed.parquet",
    title: `${Number(options.rows).toLocaleString("en")} rows, Parquet → Parquet, customers in any order`,
    without: "pandas",
  },
  { file: "sorted.csv", title: `${Number(options["csv-rows"]).toLocaleString("en")} rows, CSV → CSV` },
];
const rows = [];
for (const { file, title, without } of tasks) {
  const runs = { segbook: [], query: [], pandas: [] };
  for (let i = 0; i < Number(options.repeats); i++)
    for (const [name, command] of Object.entries(contenders)) {
      if (name === without) continue;
      const run = await measureRun(...command(join(folder, file), join(folder, `${name}-${file}`)));
      process.stderr.write(`${title}, ${name}: ${JSON.stringify(run)}\n`);
      runs[name].push(run);
    }
  const middle = (name, what) => median(runs[name].map((run) => run[what]));
  const cell = (name) =>
    name === without
      ? ""
      : `${middle(name, "seconds").toFixed(1)} s, ${middle(name, "processorSeconds").toFixed(1)} s, ${Math.max(...runs[name].map((run) => run.gigabytes)).toFixed(2)} GB`;
  const ratio = (name) =>
    name === without
      ? ""
      : `${(middle("segbook", "seconds") / middle(name, "seconds")).toFixed(2)} (${(middle("segbook", "processorSeconds") / middle(name, "processorSeconds")).toFixed(2)})`;
  rows.push(
    `| ${title} | ${cell("segbook")} | ${cell("query")} | ${cell("pandas")} | ${ratio("query")} | ${ratio("pandas")} |`,
  );
}
const megabytes = (name) => (statSync(join(folder, name)).size / 1e6).toFixed(0);
writeSection(
  "Assigning files",
  [
    `Median of ${options.repeats}, whole processes in turns: wall seconds, processor seconds, largest resident memory; ${cpus().length} cores, ${cpus()[0]?.model}; Node ${process.versions.node}; load average when it ended ${loadavg()[0].toFixed(1)}. Eight features with a logarithm, six segments; the Parquet file has ${megabytes("sorted.parquet")} MB. The query is \`bench/assign-query.js\`, which checks nothing; pandas with scikit-learn is \`bench/peers/assign.py\`. segbook also counts missing cells, looks for repeated customers and counts the segments. A ratio in brackets is that of processor seconds, which other work on the machine moves less.`,
    "",
    "| | segbook assign | DuckDB query | pandas + scikit-learn | segbook / query | segbook / pandas |",
    "| --- | ---: | ---: | ---: | ---: | ---: |",
    ...rows,
    "",
    "Wanted: at most 1.3 of the query and 0.5 of pandas, under 1.5 GB.",
  ].join("\n"),
);
rmSync(folder, { recursive: true });
