import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createRandom } from "#src/core/random.js";
import { runCommand } from "./run-command.js";
import { folderWith, ordersOf, ordersWorkbook, segbook } from "./segbook.js";

function shuffled(text: string): string {
  const [header, ...lines] = text.trimEnd().split("\n");
  const random = createRandom(11);
  for (let i = lines.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [lines[i], lines[j]] = [lines[j]!, lines[i]!];
  }
  return `${[header, ...lines].join("\n")}\n`;
}

const ordersFolder = (orders: string): string =>
  folderWith({ "segbook.yaml": ordersWorkbook, "orders.csv": orders });

async function fitOf(orders: string): Promise<string> {
  const folder = ordersFolder(orders);
  await runCommand(folder, ["fit", "--output", "d.json"]);
  return readFileSync(join(folder, "d.json"), "utf8");
}

/** As {@link fitOf}, in a process with those variables. */
function fitElsewhere(orders: string, environment: Readonly<Record<string, string>>): string {
  const folder = ordersFolder(orders);
  const result = segbook(folder, ["fit", "--output", "d.json"], environment);
  assert.equal(result.exitCode, 0, result.errors);
  return readFileSync(join(folder, "d.json"), "utf8");
}

test("a definition is the same bytes for shuffled rows, another time zone and another language", async () => {
  const orders = ordersOf(120);
  const definition = await fitOf(orders);
  assert.equal(await fitOf(shuffled(orders)), definition);
  const elsewhere = { TZ: "Pacific/Kiritimati", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" };
  assert.equal(fitElsewhere(orders, elsewhere), definition);
});

test("fit, assign, export and verify agree on a plain file", async () => {
  const random = createRandom(3);
  const rows = Array.from({ length: 150 }, (_, i) => {
    const middle = [10, 60, 200][i % 3]!;
    return `${String(i).padStart(5, "0")},${(middle + 5 * random.normal()).toFixed(2)},${Math.round(middle / 10 + 2 * random.next())}`;
  });
  const csv = `customer_id,spend,visits\n${rows.join("\n")}\n`;
  const folder = folderWith({ "customers.csv": csv, "shuffled.csv": shuffled(csv) });
  const fitWords = (file: string, output: string): string[] =>
    `fit --input ${file} --key customer_id --basis spend,visits --output ${output}`.split(" ");
  const fitted = segbook(folder, [...fitWords("customers.csv", "d.json"), "--json"]);
  assert.equal(fitted.exitCode, 0, fitted.errors);
  assert.equal(fitted.document.count, 3);
  assert.equal(fitted.document.recommendedCount, 3);
  await runCommand(folder, fitWords("shuffled.csv", "d2.json"));
  const withoutId = (name: string) => ({
    ...JSON.parse(readFileSync(join(folder, name), "utf8")),
    id: "",
    fingerprint: "",
  });
  assert.deepEqual(withoutId("d2.json"), withoutId("d.json"));

  const assigned = segbook(folder, [
    "assign",
    "--definition",
    "d.json",
    "--input",
    "customers.csv",
    "--output",
    "a.csv",
    "--json",
  ]);
  assert.deepEqual(
    (assigned.document.segments as { rows: number }[]).map(({ rows }) => rows),
    [50, 50, 50],
  );
  const [header, first] = readFileSync(join(folder, "a.csv"), "utf8").split("\n");
  assert.equal(header, "customer_id,segment,segment_name,distance,runner_up,margin");
  assert.match(first!, /^00000,s\d,/);

  const exported = segbook(folder, [
    "export",
    "--definition",
    "d.json",
    "--to",
    "sql",
    "--dialect",
    "postgresql",
    "--output",
    "s.sql",
  ]);
  assert.equal(exported.exitCode, 0, exported.errors);
  assert.match(readFileSync(join(folder, "s.sql"), "utf8"), /SELECT/);
  const asked = ["duckdb", "postgresql", "sqlite", "typescript", "snowflake"];
  const verify = ["verify", "--definition", "d.json", "--input", "customers.csv"];
  const verified = segbook(folder, [...verify, "--targets", asked.join(","), "--json"], { PGHOST: "" });
  const targets = verified.document.targets as { target: string; status: string }[];
  assert.deepEqual(
    targets.map(({ target, status }) => [target, status]),
    [
      ["duckdb", "agrees"],
      ["postgresql", "not-run"],
      ["sqlite", "agrees"],
      ["typescript", "agrees"],
      ["snowflake", "not-run"],
    ],
  );
  // Two that were asked for could not be run.
  assert.equal(verified.exitCode, 1, verified.errors);
});

test("features writes one row per customer, as CSV and as Parquet", async () => {
  const folder = ordersFolder(ordersOf(30));
  const result = segbook(folder, ["features", "--output", "f.csv", "--json"]);
  assert.equal(result.exitCode, 0, result.errors);
  assert.equal(result.document.rows, 30);
  const lines = readFileSync(join(folder, "f.csv"), "utf8").trimEnd().split("\n");
  assert.equal(lines.length, 31);
  assert.match(lines[0]!, /^customer_id,recency_days,order_count,/);
  await runCommand(folder, ["features", "--output", "f.parquet"]);
  const fit = ["fit", "--input", "f.parquet", "--key", "customer_id", "--basis", "spend,order_count"];
  assert.equal((await runCommand(folder, [...fit, "--output", "d.json"])).exitCode, 0);
});
