import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openWorkbook } from "#src/workbook/open-workbook.js";
import { runDuckDb } from "../sources/made-files.js";

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

test("a Parquet file that changes between the account and the features ends the work, and so does one that goes", async () => {
  const folder = mkdtempSync(join(tmpdir(), "segbook-test-"));
  const file = join(folder, "segbook.yaml");
  const path = join(folder, "orders.parquet");
  writeFileSync(file, workbook.replace("path: orders", "path: orders.parquet"));
  const write = (price: number) =>
    runDuckDb(
      `COPY (SELECT 1 AS c, 'a' AS i, DATE '2025-01-01' AS d, 1 AS q, ${price} AS p) TO '${path}' (FORMAT parquet)`,
    );
  await write(1);
  for (const [change, message] of [
    [
      () => write(2),
      /orders\.parquet must not change while it is read, got another size or time than before/,
    ],
    [() => rmSync(path), /orders\.parquet must not change while it is read, got no file any more/],
  ] as const) {
    const book = await openWorkbook(file, { moreFolders: [], keepTables: false });
    await change();
    await assert.rejects(book.table(), { name: "InputError", message });
    book.close();
  }
  rmSync(folder, { recursive: true });
});

test("a file that the user may not read, or that fails while it is read, is named in one sentence", {
  skip: existsSync("/proc/1/environ") ? false : "there is no /proc",
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), "segbook-test-"));
  const file = join(folder, "segbook.yaml");
  const open = (path: string) => {
    const lines = workbook.replace("path: orders", `path: ${path}, format: csv, allowOutside: true`);
    writeFileSync(file, lines);
    return openWorkbook(file, { moreFolders: [], keepTables: false });
  };
  // Its permissions say that it may be read; the first byte does not come.
  await assert.rejects(open("/proc/self/mem"), {
    name: "MachineError",
    message: "loadSources: the disk does not answer at /proc/self/mem",
  });
  rmSync(folder, { recursive: true });
});

test("a file without the permission to read it is one sentence with its path", {
  skip: process.getuid?.() === 0 ? false : "only root can become somebody else",
}, () => {
  const folder = mkdtempSync(join(tmpdir(), "segbook-test-"));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, "orders.csv"), "c\n1\n", { mode: 0o600 });
  const asNobody = `process.setuid(65534); import("${new URL("../../dist/core/file-error.js", import.meta.url)}")
    .then(({ checkReadable }) => checkReadable("loadSources", "sources.orders.path", ${JSON.stringify(join(folder, "orders.csv"))}))`;
  const { stderr } = spawnSync(process.execPath, ["-e", asNobody], { encoding: "utf8" });
  assert.match(
    stderr,
    /InputError: loadSources: sources\.orders\.path must name a file that can be read, got no permission at .*orders\.csv/,
  );
  rmSync(folder, { recursive: true });
});
