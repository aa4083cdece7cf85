// How the cost of reading grows with order lines on one machine: node bench/scale.js [--most-lines N] [--memory 2GB];
// writes docs/scale.svg and its section of bench/results.md. Each step runs once, in a process of its own.
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { axisTitle, buildFigure } from "../dist/charts/build-figure.js";
import { figurePicture } from "../dist/charts/figure-picture.js";
import { writeOrders } from "./made-orders.js";
import { measureRun } from "./measure.js";
import { writeSection } from "./results.js";

const { values: options } = parseArgs({
  options: {
    "most-lines": { type: "string", default: "100000000" },
    memory: { type: "string", default: "2GB" },
  },
});
const lineCounts = [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000].filter(
  (lines) => lines <= Number(options["most-lines"]),
);
const folder = mkdtempSync(join(tmpdir(), "segbook-bench-"));
const steps = ["check and features", "hand-written SQL"];
const table = [];
try {
  for (const lines of lineCounts) table.push(await measureLines(lines));
} finally {
  rmSync(folder, { recursive: true });
}

async function measureLines(lines) {
  const path = join(folder, "orders.csv");
  await writeOrders(path, lines);
  const workbook = join(folder, "segbook.yaml");
  writeFileSync(workbook, workbookText());
  const part = fileURLToPath(new URL("sources-part.js", import.meta.url));
  const ours = await measureRun(process.execPath, [part, "features", workbook]);
  // Distinct counts in one query cannot spill: from some size on the peer has no figures.
  const theirs = await measureRun(process.execPath, [part, "hand-written", path, options.memory]).catch(
    (error) => {
      if (!/Out of Memory/.test(error.message)) throw error;
      return null;
    },
  );
  const bytes = statSync(path).size;
  rmSync(path);
  return { lines, bytes, runs: [ours, theirs] };
}

function workbookText() {
  return `name: Orders
asOf: 2026-01-01
key: customer_id
money: { currency: EUR, decimals: 2 }
engine: { kind: duckdb, threads: 2, memory: ${options.memory} }
sources:
  orders:
    kind: transactions
    path: orders.csv
    columns: { customer: customer, invoice: invoice, date: date, quantity: quantity, price: price, category: category }
basis: [recency_days, order_count, spend]
`;
}

const caption = `Seconds from a CSV file of order lines to features, 2 threads, ${options.memory} of memory`;
writeFileSync(
  fileURLToPath(new URL("../docs/scale.svg", import.meta.url)),
  `${figurePicture(drawGrowth()).replace(">", `><title>${caption}</title>`)}\n`,
);
writeSection(
  "Scale on one machine",
  [
    `${caption}; Node ${process.versions.node}; ${cpus().length} cores, ${cpus()[0]?.model}; load average when it ended ${loadavg()[0].toFixed(1)}. Pairs are segbook, every row accounted for / hand-written SQL without an account.`,
    "",
    "| order lines | file, MB | seconds | processor s | peak memory, GB |",
    "| ---: | ---: | ---: | ---: | ---: |",
    ...table.map(({ lines, bytes, runs }) => {
      const pair = (name, digits) =>
        runs.map((run) => run?.[name].toFixed(digits) ?? "out of memory").join(" / ");
      return `| ${lines.toLocaleString("en")} | ${(bytes / 1e6).toFixed(1)} | ${pair("seconds", 1)} | ${pair("processorSeconds", 1)} | ${pair("gigabytes", 2)} |`;
    }),
  ].join("\n"),
);

function drawGrowth() {
  const powers = [-1, 0, 1, 2, 3];
  return buildFigure({
    title: caption,
    data: steps.map((name, k) => ({
      type: "scatter",
      mode: "lines+markers",
      name,
      x: table.flatMap(({ lines, runs }) => (runs[k] === null ? [] : [Math.log10(lines)])),
      y: table.flatMap(({ runs }) => (runs[k] === null ? [] : [Math.log10(runs[k].seconds)])),
      line: { color: `hsl(215, 60%, ${35 + 30 * k}%)`, width: 2 },
      marker: { color: `hsl(215, 60%, ${35 + 30 * k}%)`, size: 6 },
    })),
    layout: {
      xaxis: {
        title: axisTitle("Order lines"),
        tickvals: lineCounts.map(Math.log10),
        ticktext: lineCounts.map((lines) => lines.toLocaleString("en")),
        range: [3.9, Math.log10(lineCounts.at(-1)) + 0.1],
      },
      yaxis: {
        title: axisTitle("Seconds: segbook dark, hand-written SQL light"),
        tickvals: powers,
        ticktext: powers.map((power) => String(10 ** power)),
        range: [-1, 3],
      },
    },
    height: 420,
    table: { kind: "table", caption, columns: [], rows: [] },
  });
}
