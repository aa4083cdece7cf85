import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { readWorkbook } from "#src/config/read-workbook.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import type { Engine } from "#src/engine/engine.js";
import { loadSources } from "#src/sources/load-sources.js";
import { droppedOf, loadOrders, loadShop, ordersHeader, ordersWorkbook } from "./made-shop.js";

const amounts = async (engine: Engine) =>
  (await engine.rows(`SELECT amount, discount_amount, is_return FROM "transactions"`)).map((row) => [
    ...row.values(),
  ]);

test("discounts are rounded half up in minor units, and a return takes back exactly what was paid", async () => {
  // 3 · 0.35 = 1.05; half of it is 0.525, so 0.53 comes off and 0.52 is paid.
  const csv = `customer,invoice,date,quantity,price,discount\n1,a,2026-01-05,3,0.35,0.5\n1,b,2026-01-06,-3,0.35,0.5\n1,c,2026-01-06,1,9.99,\n`;
  const workbook = ordersWorkbook("    returns: { policy: net }").replace(
    "product: product",
    "discount: discount",
  );
  const { result } = await loadShop({ "segbook.yaml": workbook, "orders.csv": csv }, amounts);
  assert.deepEqual(result, [
    [52, 53, false],
    [-52, -53, true],
    [999, 0, false],
  ]);
});

test("a discount is a share from 0 to 1", async () => {
  const rows = ["1.2", "-0.1", "10%", "0.1234567", "1"].map((share, i) => `1,a${i},2026-01-05,1,10,${share}`);
  const csv = ["customer,invoice,date,quantity,price,discount", ...rows].join("\n");
  const workbook = ordersWorkbook().replace("product: product", "discount: discount");
  const { account } = await loadShop({ "segbook.yaml": workbook, "orders.csv": csv });
  assert.deepEqual(droppedOf(account), {
    "out-of-range": [2, [2, 3]],
    "not-a-number": [1, [4]],
    "too-many-decimals": [1, [5]],
  });
});

const returns = [
  ordersHeader,
  "1,A1,2026-01-05,hat,2,10",
  "1,CA2,2026-01-06,hat,-2,10",
  "1,A3,2026-01-06,hat,-1,10",
  "1,A4,2026-01-06,hat,0,10",
  "1,A5,2026-01-06,hat,1,0",
  "1,A6,2026-01-06,hat,1,-1",
  "2,CA7,2026-01-06,hat,-1,10",
].join("\n");

test("with returns dropped, cancelled invoices and negative quantities do not count", async () => {
  const { account, result } = await loadOrders(
    returns,
    amounts,
    "    returns: { policy: drop, invoicePrefix: C }",
  );
  assert.deepEqual(result, [[2000, 0, false]]);
  assert.deepEqual(droppedOf(account), {
    cancelled: [3, [3, 4, 8]],
    "zero-quantity": [1, [5]],
    "zero-price": [1, [6]],
    "negative-price": [1, [7]],
  });
  assert.deepEqual([account.customers.found, account.customers.kept], [2, 1]);
  assert.equal(account.customers.dropped[0]!.reason, "no-kept-row");
  assert.deepEqual(account.customers.dropped[0]!.examples, [
    { line: 8, column: "customer", message: 'no row of the customer was kept (customer "2")' },
  ]);
});

test("with returns netted, they are kept and reduce spend", async () => {
  const { account, result } = await loadOrders(
    returns,
    amounts,
    "    returns: { policy: net, invoicePrefix: C }",
  );
  assert.deepEqual(result, [
    [2000, 0, false],
    [-2000, 0, true],
    [-1000, 0, true],
    [-1000, 0, true],
  ]);
  assert.equal(account.totals?.revenueMinor, "-2000");
});

test("exact duplicates are dropped only where the workbook says so, and the first stays", async () => {
  const csv = [
    ordersHeader,
    "1,a,2026-01-05,hat,1,1",
    "1,a,2026-01-05,hat,1,1",
    "1,a,2026-01-05,hat,1,1.0",
    "1,a,2026-01-05,hat,1,1",
  ].join("\n");
  assert.deepEqual(droppedOf((await loadOrders(csv)).account), {});
  const { account } = await loadOrders(csv, undefined, "    cleaning: [{ step: exact-duplicates }]");
  assert.deepEqual(droppedOf(account), { "exact-duplicate": [2, [3, 5]] });
});

test("what the workbook strips from keys is taken from their end only", async () => {
  const csv = `${ordersHeader}\n17850.0,a,2026-01-05,hat,1,1\n1.00,a,2026-01-05,hat,1,1\n.0,a,2026-01-05,hat,1,1`;
  const { account, result } = await loadOrders(
    csv,
    (engine) => engine.rows(`SELECT customer_id FROM "transactions"`),
    "    stripFromKey: '\\.0$'",
  );
  assert.deepEqual(
    result?.map((row) => row.get("customer_id")),
    ["17850", "1.00"],
  );
  assert.deepEqual(droppedOf(account), { "missing-customer": [1, [4]] });
});

test("CSV, gzip, TSV and Parquet give the same tables", async () => {
  const folder = mkdtempSync(join(tmpdir(), "segbook-test-"));
  const engine = await openDuckDb();
  try {
    const csv = `${ordersHeader}\n007,a,2026-01-05,"hat, red",2,9.95\n8,b,2026-02-05,,1,0.5\n`;
    writeFileSync(join(folder, "orders.csv"), csv);
    writeFileSync(join(folder, "orders.csv.gz"), gzipSync(csv));
    writeFileSync(join(folder, "orders.tsv"), csv.replaceAll(",", "\t").replace('"hat\t red"', "hat, red"));
    await engine.run(`COPY (SELECT customer, invoice, date::DATE AS date, product, quantity::BIGINT AS quantity,
      price::DOUBLE AS price FROM read_csv('${join(folder, "orders.csv")}', all_varchar = true))
      TO '${join(folder, "orders.parquet")}' (FORMAT parquet)`);
    const tables = [];
    for (const file of ["orders.csv", "orders.csv.gz", "orders.tsv", "orders.parquet"]) {
      writeFileSync(join(folder, "segbook.yaml"), ordersWorkbook().replace("orders.csv", file));
      const account = await loadSources(engine, readWorkbook(join(folder, "segbook.yaml")));
      assert.equal(account.sources[0]!.rowsKept, 2);
      assert.match(account.sources[0]!.sha256, /^[0-9a-f]{64}$/);
      tables.push((await engine.rows(`SELECT * FROM "transactions"`)).map((row) => [...row.values()]));
    }
    for (const table of tables) assert.deepEqual(table, tables[0]);
    assert.equal(tables[0]![0]![0], "007");
  } finally {
    engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test("survey, web, social and campaign cells that make no sense count as missing, row by row", async () => {
  const also = `
  survey: { kind: survey, path: survey.csv, columns: { customer: id }, scales: { mood: { items: [q1, -q2], range: [1, 5], meaning: Mood } } }
  web: { kind: web, path: web.csv, columns: { customer: id, date: month, sessions: sessions, pages: pages, carts: carts }, dateFormat: "%Y-%m" }
  campaigns: { kind: campaigns, path: campaigns.csv, columns: { customer: id, campaign: name, date: day, sent: sent, opened: opened, clicked: clicked, converted: converted } }`;
  const { account, result } = await loadShop(
    {
      "segbook.yaml": ordersWorkbook("", also),
      "orders.csv": `${ordersHeader}\n1,a,2026-01-05,hat,1,1\n`,
      "survey.csv": "id,q1,q2\n1,9,3\n1,2,2\n2,x,\n",
      "web.csv": "id,month,sessions,pages,carts\n1,2026-02,3,-1,2.5\n1,2026-05,3,1,2\n1,Feb,3,1,2\n",
      "campaigns.csv":
        "id,name,day,sent,opened,clicked,converted\n1,Spring,2026-02-01,1,1,0,\n1,,2026-02-01,1,1,0,0\n",
    },
    async (engine) => [
      ...(await engine.rows(`SELECT * FROM "survey"`)),
      ...(await engine.rows(`SELECT * FROM "web"`)),
      ...(await engine.rows(`SELECT * FROM "campaigns"`)),
    ],
  );
  assert.deepEqual(
    result?.map((row) => [...row]),
    [
      [
        ["customer_id", "1"],
        ["q1", null],
        ["q2", 3],
      ],
      [
        ["customer_id", "2"],
        ["q1", null],
        ["q2", null],
      ],
      [
        ["customer_id", "1"],
        ["date", "2026-02-01"],
        ["sessions", 3],
        ["pages", null],
        ["carts", null],
        ["seconds", null],
      ],
      [
        ["customer_id", "1"],
        ["campaign", "Spring"],
        ["date", "2026-02-01"],
        ["sent", 1],
        ["opened", 1],
        ["clicked", 0],
        ["converted", null],
      ],
    ],
  );
  assert.deepEqual(droppedOf(account, 1), { "duplicate-customer": [1, [3]] });
  assert.deepEqual(droppedOf(account, 2), { "not-a-date": [1, [4]], "after-as-of": [1, [3]] });
  assert.deepEqual(droppedOf(account, 3), { "missing-value": [1, [3]] });
  const cells = account.sources.flatMap((source) =>
    source.cells.map(({ reason, column, count }) => `${source.name}.${column}: ${count} ${reason}`),
  );
  assert.deepEqual(cells, [
    "survey.q1: 1 not-a-number",
    "survey.q1: 1 out-of-range",
    "web.pages: 1 out-of-range",
    "web.carts: 1 not-a-number",
  ]);
});
