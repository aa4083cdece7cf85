// Data beside hand-written DuckDB, polars and pandas: medians in turns, wall and processor seconds.
// node bench/sources.js --python FILE [--work csv,parquet,columns,check] [--lines N] [--parquet-lines N] [--data FOLDER] [--repeats N];
// writes its section of bench/results.md. Needs some 3 GB of disk for 10M lines and 60M in Parquet, and removes them.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeOrders } from "./made-orders.js";
import { measureRun, median } from "./measure.js";
import { readRows, writeSection } from "./results.js";

const { values: options } = parseArgs({
  options: {
    python: { type: "string", default: "python3" },
    work: { type: "string", default: "csv,parquet,columns,check" },
    lines: { type: "string", default: "10000000" },
    "parquet-lines": { type: "string", default: "60000000" },
    data: { type: "string" },
    repeats: { type: "string", default: "5" },
  },
});
const heading = "Sources";
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "segbook-bench-"));
const repeats = Number(options.repeats);
const node = (part, ...words) => [process.execPath, [here("sources-part.js"), part, ...words]];
const python = (part, ...words) => [options.python, [here("peers/sources.py"), part, ...words]];
const works = {
  csv: () =>
    features(`${million(options.lines)} order lines CSV → features`, "orders.csv", Number(options.lines), {
      memory: "",
      peers: ["duckdb", "polars", "pandas"],
    }),
  parquet: () =>
    features(
      `${million(options["parquet-lines"])} order lines Parquet → features, memory: 2GB`,
      "orders.parquet",
      Number(options["parquet-lines"]),
      {
        memory: "2GB",
        peers: ["duckdb"],
      },
    ),
  columns,
  check,
};

function million(lines) {
  return `${(Number(lines) / 1e6).toLocaleString("en")}M`;
}

async function features(title, file, lines, { memory, peers }) {
  const path = join(folder, file);
  await writeOrders(path, lines);
  writeFileSync(join(folder, "segbook.yaml"), workbookOf(file, memory));
  const ours = node("features", join(folder, "segbook.yaml"));
  const rows = await inTurns(title, ours, [
    ["hand-written DuckDB", node("hand-written", path, memory)],
    ...peers.filter((name) => name !== "duckdb").map((name) => [name, python(name, path)]),
  ]);
  rmSync(path);
  return rows;
}

function workbookOf(file, memory) {
  return `name: Orders
asOf: 2026-01-01
key: customer_id
money: { currency: EUR, decimals: 2 }
engine: { kind: duckdb, threads: 2${memory === "" ? "" : `, memory: ${memory}`} }
sources:
  orders:
    kind: transactions
    path: ${file}
    columns: { customer: customer, invoice: invoice, date: date, quantity: quantity, price: price, category: category }
basis: [recency_days, order_count, spend]
`;
}

async function columns() {
  const path = join(folder, "columns.parquet");
  await measureRun(...node("make-columns", path));
  return inTurns("5M × 8 features into typed arrays", node("columns", path), [
    ["getColumns()", node("get-columns", path)],
  ]);
}

async function check() {
  const workbook = here("../data/online-retail/segbook.yaml");
  const ours = [
    process.execPath,
    [here("../bin/segbook.js"), "check", "--quiet", "--workbook", workbook, "--data", options.data],
  ];
  return inTurns("segbook check on Online Retail", ours, [
    ["pandas read_csv and the same counts", python("check", options.data)],
  ]);
}

/** Each side once to warm the disk's cache, then in turns. */
async function inTurns(title, ours, peers) {
  const sides = [["segbook", ours], ...peers];
  const runs = sides.map(() => []);
  const failures = new Set();
  /** A peer may need more memory than it is given; we may not. */
  const failOf = (error, k) => {
    if (k === 0 || !/Out of Memory/.test(error.message)) throw error;
    failures.add(k);
  };
  for (let i = 0; i <= repeats; i++)
    for (const [k, [, command]] of sides.entries()) {
      if (failures.has(k)) continue;
      const run = await measureRun(...command).catch((error) => failOf(error, k));
      if (i > 0 && run !== undefined) runs[k].push(run);
    }
  const of = (k, name) => median(runs[k].map((run) => run[name]));
  return peers.map(([name], i) => {
    if (failures.has(i + 1)) {
      const own = (what, digits) => of(0, what).toFixed(digits);
      return `| ${title} | ${name} | ${own("seconds", 1)} / out of memory | | ${own("processorSeconds", 1)} / | | ${own("gigabytes", 2)} / | ${loadavg()[0].toFixed(1)} |`;
    }
    const ratio = (what) => (of(0, what) / of(i + 1, what)).toFixed(2);
    const both = (what, digits) => [0, i + 1].map((k) => of(k, what).toFixed(digits)).join(" / ");
    return `| ${title} | ${name} | ${both("seconds", 1)} | ${ratio("seconds")} | ${both("processorSeconds", 1)} | ${ratio("processorSeconds")} | ${both("gigabytes", 2)} | ${loadavg()[0].toFixed(1)} |`;
  });
}

const rows = [];
try {
  for (const work of options.work.split(",")) rows.push(...(await works[work]()));
} finally {
  rmSync(folder, { recursive: true });
}
const key = (row) => row.split("|").slice(1, 3).join();
const kept = readRows(heading).filter((row) => !rows.some((one) => key(one) === key(row)));
writeSection(
  heading,
  [
    `Medians of ${repeats}, whole processes in turns after a first run of each; 2 threads; ${cpus().length} cores, ${cpus()[0]?.model}; Node ${process.versions.node}. Pairs are segbook / peer; memory is the largest resident size. Processor seconds say more than seconds where the load (of one minute, at the end) is above 1: others were at work too. Our side accounts for every row as well.`,
    "",
    "| work | peer | seconds | ratio | processor s | ratio | memory, GB | load |",
    "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...[...kept, ...rows].sort(),
  ].join("\n"),
);
