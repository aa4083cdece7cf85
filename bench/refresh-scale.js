/**
 * A refresh of many customers: node bench/refresh-scale.js [--customers 1000000] [--lines 20000000].
 * Made order lines of three kinds of customers in Parquet, two dates, and the same features scored alone beside hand-written SQL;
 * writes its section of bench/results.md.
 */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openDuckDb } from "../dist/engine/duckdb.js";
import { assignCustomers, openWorkbook, readDefinition } from "../dist/index.js";
import { scoringColumns } from "../dist/workbook/refresh-columns.js";
import { writeOrdersOfKinds } from "./made-orders.js";
import { measureRun } from "./measure.js";
import { writeSection } from "./results.js";

const self = fileURLToPath(import.meta.url);
const dates = ["2025-09-30", "2025-12-31"];
const memory = "2GB";

const parts = {
  /** Sources to features to segments under the definition in force; no refit, no comparison. */
  async score(folder) {
    const book = await openWorkbook(join(folder, "segbook.yaml"), { asOf: dates[1], keepTables: false });
    const table = await book.table();
    const definition = readDefinition(join(folder, "history", "states", dates[0], "definition.json"));
    const { labels } = assignCustomers(definition, scoringColumns(table, definition));
    book.close();
    return labels.length;
  },
  /** The same features by a query that checks nothing and tells nothing. */
  async query(folder) {
    const engine = await openDuckDb({ threads: 2, memoryLimitMb: 2000 });
    const columns = await engine.columns(`
      SELECT customer, (DATE '${dates[1]}' - max(date))::DOUBLE AS recency, count(DISTINCT invoice)::DOUBLE AS orders,
        sum(quantity * price)::DOUBLE AS spend, (DATE '${dates[1]}' - min(date))::DOUBLE AS tenure,
        ((max(date) - min(date)) / nullif(count(DISTINCT date) - 1, 0))::DOUBLE AS mean_gap,
        sum(quantity * price)::DOUBLE / count(DISTINCT invoice) AS order_value, count(DISTINCT category)::DOUBLE AS categories
      FROM '${join(folder, "orders.parquet")}' WHERE date <= DATE '${dates[1]}' GROUP BY customer ORDER BY customer`);
    engine.close();
    return columns[0].values.length;
  },
};

const part = parts[process.argv[2]];
if (part) await part(process.argv[3]);
else await measureAll();

async function measureAll() {
  const { values } = parseArgs({
    options: {
      customers: { type: "string", default: "1000000" },
      lines: { type: "string", default: "20000000" },
    },
  });
  const [customers, lines] = [Number(values.customers), Number(values.lines)];
  const folder = mkdtempSync(join(tmpdir(), "segbook-bench-"));
  try {
    await writeOrdersOfKinds(join(folder, "orders.parquet"), lines, { customers });
    writeFileSync(join(folder, "segbook.yaml"), workbookText());
    const steps = [];
    for (const date of dates) {
      const words = ["refresh", "--as-of", date, "--workbook", join(folder, "segbook.yaml")];
      const bin = fileURLToPath(new URL("../bin/segbook.js", import.meta.url));
      steps.push([`refresh to ${date}`, await measureRun(process.execPath, [bin, ...words])]);
    }
    const named = { score: "features and score alone", query: "hand-written SQL, features alone" };
    for (const [name, title] of Object.entries(named))
      steps.push([title, await measureRun(process.execPath, [self, name, folder])]);
    tell(folder, { customers, lines, steps });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function workbookText() {
  return `name: Orders
asOf: ${dates[0]}
key: customer_id
money: { currency: EUR, decimals: 2 }
engine: { kind: duckdb, threads: 2, memory: ${memory} }
sources:
  orders:
    kind: transactions
    path: orders.parquet
    columns: { customer: customer, invoice: invoice, date: date, quantity: quantity, price: price, category: category }
basis: [recency_days, order_count, average_order_value]
segmentation: { counts: [1, 6], starts: 10, seed: 1 }
`;
}

function tell(folder, { customers, lines, steps }) {
  const record = JSON.parse(readFileSync(join(folder, "history", "states", dates[1], "record.json"), "utf8"));
  const [score, query] = steps.slice(-2).map(([, run]) => run.processorSeconds);
  const count = (number) => number.toLocaleString("en");
  writeSection(
    "Refresh at scale",
    [
      `${count(customers)} made customers with ${count(lines)} order lines in Parquet (${(statSync(join(folder, "orders.parquet")).size / 1e6).toFixed(0)} MB), 2 threads, ${memory} of memory for DuckDB; Node ${process.versions.node}; ${cpus().length} cores, ${cpus()[0]?.model}; load average when it ended ${loadavg()[0].toFixed(1)}. The first date is a plain fit; the second scores, seeks segments anew, compares, judges and writes the history: ${record.recommendation.word}, ${count(record.customers.after)} customers, ${record.segments.map(({ status }) => status).join(", ")}.`,
      "",
      "| | seconds | processor s | peak memory, GB |",
      "| --- | ---: | ---: | ---: |",
      ...steps.map(
        ([title, { seconds, processorSeconds, gigabytes }]) =>
          `| ${title} | ${seconds.toFixed(0)} | ${processorSeconds.toFixed(1)} | ${gigabytes.toFixed(2)} |`,
      ),
      "",
      `Features and score take ${(score / query).toFixed(2)} of the query's processor seconds (wanted: at most 1.3); a refresh holds less than 4 GB.`,
    ].join("\n"),
  );
}
