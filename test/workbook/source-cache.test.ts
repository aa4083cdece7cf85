import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openWorkbook } from "#src/workbook/open-workbook.js";

const workbook = `name: Two folders
asOf: 2026-01-01
key: customer_id
money: { currency: EUR, decimals: 2 }
engine: { kind: duckdb, memory: 500MB, threads: 1 }
sources:
  orders: { kind: transactions, path: orders, columns: { customer: c, invoice: i, date: d, quantity: q, price: p } }
basis: [recency_days, order_count, spend]
`;

test("tables are taken from the folder while the files' bytes are the same, whatever their times; other bytes of the same size are seen", async () => {
  const folder = mkdtempSync(join(tmpdir(), "segbook-test-"));
  const file = join(folder, "segbook.yaml");
  writeFileSync(file, workbook.replace("path: orders", "path: 'orders-*.csv'"));
  const write = (name: string, price: string) =>
    writeFileSync(join(folder, name), `c,i,d,q,p\n1,${name[7]},2025-01-01,1,${price}\n`);
  write("orders-a.csv", "1.00");
  write("orders-b.csv", "2.00");
  async function open(): Promise<readonly [string | undefined, string[]]> {
    const book = await openWorkbook(file, { moreFolders: [] });
    const { keys } = await book.table();
    assert.deepEqual(keys, ["1"]);
    book.close();
    const tables = readdirSync(join(folder, ".segbook")).filter((name) => name.endsWith(".duckdb"));
    return [book.account.totals?.revenueMinor, tables];
  }
  const first = await open();
  assert.equal(first[0], "300");
  assert.equal(first[1].length, 1);
  const old = new Date("2025-06-01");
  utimesSync(join(folder, "orders-a.csv"), old, old);
  assert.deepEqual(await open(), first);
  assert.deepEqual(await open(), first);
  write("orders-a.csv", "5.00");
  utimesSync(join(folder, "orders-a.csv"), old, old);
  const changed = await open();
  assert.equal(changed[0], "700");
  assert.equal(changed[1].length, 1);
  assert.notDeepEqual(changed[1], first[1]);
  rmSync(folder, { recursive: true });
});

test("a command that opens once leaves no copy of the tables", async () => {
  const folder = mkdtempSync(join(tmpdir(), "segbook-test-"));
  const file = join(folder, "segbook.yaml");
  writeFileSync(file, workbook.replace("path: orders", "path: orders.csv"));
  writeFileSync(join(folder, "orders.csv"), "c,i,d,q,p\n1,a,2025-01-01,1,1.00\n");
  const book = await openWorkbook(file, { moreFolders: [], keepTables: false });
  await assert.rejects(book.engine.rows("SELECT * FROM read_text('/etc/hostname')"), /Permission Error/);
  book.close();
  assert.deepEqual(readdirSync(folder).sort(), ["orders.csv", "segbook.yaml"]);
  rmSync(folder, { recursive: true });
});
