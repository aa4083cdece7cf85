import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createRandom } from "#src/core/random.js";
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

function fitOf(orders: string, environment: Readonly<Record<string, string>> = {}): string {
  const folder = folderWith({ "segbook.yaml": ordersWorkbook, "orders.csv": orders });
  const result = segbook(folder, ["fit", "--output", "d.json"], environment);
  assert.equal(result.exitCode, 0, result.errors);
  return readFileSync(join(folder, "d.json"), "utf8");
}

test("a definition is the same bytes for shuffled rows, another time zone and another language", () => {
  const orders = ordersOf(120);
  const definition = fitOf(orders);
  assert.equal(fitOf(shuffled(orders)), definition);
  assert.equal(
    fitOf(orders, { TZ: "Pacific/Kiritimati", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" }),
    definition,
  );
});

test("fit, assign, export and verify agree on a plain file", () => {
  const random = createRandom(3);
  const rows = Array.from({ length: 300 }, (_, i) => {
    const middle = [10, 60, 200][i % 3]!;
    return `${String(i).padStart(5, "0")},${(middle + 5 * random.normal()).toFixed(2)},${Math.round(middle / 10 + 2 * random.next())}`;
  });
  const csv = `customer_id,spend,visits\n${rows.join("\n")}\n`;
  const folder = folderWith({ "customers.csv": csv, "shuffled.csv": shuffled(csv) });
  const fitFile = (file: string, output: string) =>
    segbook(folder, [
      "fit",
      "--input",
      file,
      "--key",
      "customer_id",
      "--basis",
      "spend,visits",
      "--output",
      output,
      "--json",
    ]);
  const fitted = fitFile("customers.csv", "d.json");
  assert.equal(fitted.exitCode, 0, fitted.errors);
  assert.equal(fitted.document.count, 3);
  assert.equal(fitted.document.recommendedCount, 3);
  fitFile("shuffled.csv", "d2.json");
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
    [100, 100, 100],
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
  const verified = segbook(
    folder,
    ["verify", "--definition", "d.json", "--input", "customers.csv", "--json"],
    { PGHOST: "" },
  );
  const targets = verified.document.targets as { target: string; status: string }[];
  assert.deepEqual(
    targets
      .filter(({ target }) => /^(duckdb|sqlite|typescript|postgresql|snowflake)$/.test(target))
      .map(({ target, status }) => [target, status]),
    [
      ["duckdb", "agrees"],
      ["postgresql", "not-run"],
      ["sqlite", "agrees"],
      ["typescript", "agrees"],
      ["snowflake", "not-run"],
    ],
  );
  assert.equal(verified.exitCode, 0, verified.errors);
});

test("features writes one row per customer, as CSV and as Parquet", () => {
  const folder = folderWith({ "segbook.yaml": ordersWorkbook, "orders.csv": ordersOf(30) });
  const result = segbook(folder, ["features", "--output", "f.csv", "--json"]);
  assert.equal(result.exitCode, 0, result.errors);
  assert.equal(result.document.rows, 30);
  const lines = readFileSync(join(folder, "f.csv"), "utf8").trimEnd().split("\n");
  assert.equal(lines.length, 31);
  assert.match(lines[0]!, /^customer_id,recency_days,order_count,/);
  assert.equal(segbook(folder, ["features", "--output", "f.parquet"]).exitCode, 0);
  const assigned = [
    "fit",
    "--input",
    "f.parquet",
    "--key",
    "customer_id",
    "--basis",
    "spend,order_count",
    "--output",
    "d.json",
  ];
  assert.equal(segbook(folder, assigned).exitCode, 0);
});
