import assert from "node:assert/strict";
import { test } from "node:test";
import { InputError } from "#src/core/errors.js";
import { droppedOf, loadOrders, loadShop, ordersHeader, ordersWorkbook } from "./made-shop.js";

const good = "17,A1,2026-01-05,shirt,2,9.95";

function refuses(work: Promise<unknown>, message: RegExp): Promise<void> {
  return assert.rejects(work, (error: Error) => {
    assert.ok(error instanceof InputError, `${error.stack}`);
    assert.match(error.message, message);
    return true;
  });
}

test("a missing file is named with where it was looked for", async () => {
  await refuses(
    loadShop({ "segbook.yaml": ordersWorkbook() }),
    /^loadSources: sources\.orders\.path must name a file that exists, got none of orders\.csv in the workbook's folder\. Give the folder that holds it with --data$/,
  );
});

test("a missing column is named with the nearest one that is there", async () => {
  await refuses(
    loadOrders(`customer,invoice,date,product,quantity,prize\n${good}\n`),
    /^loadSources: orders\.csv must have the column "price", got "customer", "invoice", .* in its header\. Did you mean "prize"\?$/,
  );
});

test("a column that stands twice in the header is refused", async () => {
  await refuses(
    loadOrders(`${ordersHeader},price\n${good},1\n`),
    /orders\.csv must name each column once, got "price" twice in its header$/,
  );
});

test("semicolons where commas were declared are recognised", async () => {
  const csv = `${ordersHeader}\n${good}\n`.replaceAll(",", ";");
  await refuses(loadOrders(csv), /The file seems to use ";" between fields: say delimiter: ";"$/);
});

test("declared semicolons and decimal commas are read exactly", async () => {
  const csv =
    "customer;invoice;date;product;quantity;price\n17;A1;2026-01-05;shirt;2;9,95\n18;A2;2026-01-05;shirt;2;9.95\n";
  const { account, result } = await loadOrders(
    csv,
    (engine) => engine.rows(`SELECT customer_id, amount FROM "transactions"`),
    `    delimiter: ";"\n    decimalSeparator: ","`,
  );
  assert.deepEqual(
    result?.map((row) => [...row.values()]),
    [["17", 1990]],
  );
  assert.deepEqual(droppedOf(account), { "not-a-number": [1, [3]] });
});

test("bytes that are not UTF-8 drop their line, not the file", async () => {
  const csv = Buffer.from(`${ordersHeader}\n${good}\n17,A2,2026-01-05,caf\xe9,1,1\n${good}\n`, "latin1");
  const { account } = await loadOrders(csv);
  assert.deepEqual(droppedOf(account), { "invalid-encoding": [1, [3]] });
  assert.equal(account.sources[0]!.rowsKept, 2);
});

test("declared latin-1 is read, accents and the euro sign alike", async () => {
  const csv = Buffer.from(`${ordersHeader}\n17,A2,2026-01-05,caf\xe9 1\x80,1,1\n`, "latin1");
  const { result } = await loadOrders(
    csv,
    (engine) => engine.rows(`SELECT product FROM "transactions"`),
    "    encoding: latin-1",
  );
  assert.equal(result?.[0]?.get("product"), "café 1€");
});

test("UTF-8 letters where latin-1 was declared are refused rather than garbled", async () => {
  await refuses(
    loadOrders(`${ordersHeader}\n17,A2,2026-01-05,café,1,1\n`, undefined, "    encoding: latin-1"),
    /orders\.csv must be latin-1 as declared, got UTF-8 letters\. Say encoding: utf-8$/,
  );
});

test("UTF-16 where UTF-8 was declared is named, and read when declared", async () => {
  const csv = Buffer.from(`\ufeff${ordersHeader}\n17,A2,2026-01-05,Ċaf,1,1\n`, "utf16le");
  await refuses(loadOrders(csv), /orders\.csv must be utf-8 as declared, got UTF-16\. Say encoding: utf-16$/);
  const { result } = await loadOrders(
    csv,
    (engine) => engine.rows(`SELECT product FROM "transactions"`),
    "    encoding: utf-16",
  );
  assert.equal(result?.[0]?.get("product"), "Ċaf");
});

test("a byte order mark and columns that nobody needs are fine", async () => {
  const { account } = await loadOrders(`\ufeff${ordersHeader},extra\n${good},x\n`);
  assert.equal(account.sources[0]!.rowsKept, 1);
});

test("an unterminated quote costs its own line and no other", async () => {
  const csv = [
    ordersHeader,
    good,
    '17,A2,2026-01-05,"shirt,1,1',
    good,
    '18,A3,2026-01-06,"hat",1,5',
    good,
    "",
  ];
  const { account } = await loadOrders(csv.join("\n"));
  assert.deepEqual(droppedOf(account), { "unterminated-quote": [1, [3]] });
  assert.equal(account.sources[0]!.rowsKept, 4);
  assert.match(account.sources[0]!.dropped[0]!.examples[0]!.message, /opens a quote that is not closed/);
});

test("an unterminated quote at the end of the file swallows nothing", async () => {
  const { account } = await loadOrders([ordersHeader, '17,A2,2026-01-05,"shirt,1,1', good, good].join("\n"));
  assert.deepEqual(droppedOf(account), { "unterminated-quote": [1, [2]] });
  assert.equal(account.sources[0]!.rowsKept, 2);
});

test("two stray quotes do not swallow the rows between them", async () => {
  const lines = [ordersHeader, '17,A2,2026-01-05,"shirt,1,1', good, good, '18,A3,2026-01-05,hat",1,1', good];
  const { account } = await loadOrders(lines.join("\n"));
  assert.deepEqual(droppedOf(account), { "unterminated-quote": [1, [2]] });
  assert.equal(account.sources[0]!.rowsKept, 4);
});

test("an unterminated quote in a large file loses no other row", async () => {
  const rows = Array.from({ length: 60_000 }, (_, i) =>
    i === 30_000
      ? `${i},A${i},2026-01-05,"open ${"x".repeat(60)},1,1`
      : `${i},A${i},2026-01-05,${"x".repeat(60)},1,1`,
  );
  const { account } = await loadOrders([ordersHeader, ...rows].join("\n"));
  assert.equal(account.sources[0]!.rowsRead, 60_000);
  assert.deepEqual(droppedOf(account), { "unterminated-quote": [1, [30_002]] });
});

test("lines with too few or too many fields are dropped by line", async () => {
  const { account } = await loadOrders(
    [ordersHeader, "17,A1,2026-01-05", good, `${good},9`, good].join("\r\n"),
  );
  assert.deepEqual(droppedOf(account), { "too-few-columns": [1, [2]], "too-many-columns": [1, [4]] });
});

test("line numbers are those of an editor after faulty lines, blank lines and line breaks in quotes", async () => {
  const lines = [
    ordersHeader,
    '17,A1,2026-01-05,"two\nlines",1,1', // lines 2 and 3
    "17,A1", // 4
    "", // 5
    ",A2,2026-01-05,hat,1,1", // 6
    '17,A1,2026-01-05,"three\nmore\nlines",1,x', // 7 to 9
    "17,A3,05/01/2026,hat,1,1", // 10
  ];
  const { account } = await loadOrders(lines.join("\n"));
  assert.deepEqual(droppedOf(account), {
    "too-few-columns": [1, [4]],
    "missing-customer": [1, [6]],
    "not-a-number": [1, [7]],
    "not-a-date": [1, [10]],
  });
  assert.equal(account.sources[0]!.rowsRead, 5);
});

test("records that span lines and chunks are counted as one reader and another count them", async () => {
  const rows = Array.from(
    { length: 40_000 },
    (_, i) => `${i},A${i},2026-01-05,"two ""quoted""\r\nlines, ${i}",1,1`,
  );
  rows.push("1,A,2026-01-05,hat,1,x");
  const { account } = await loadOrders([ordersHeader, ...rows].join("\r\n"));
  assert.equal(account.sources[0]!.rowsRead, 40_001);
  assert.deepEqual(droppedOf(account), { "not-a-number": [1, [80_002]] });
});

test("a line beyond 2 MB is dropped, not the file", async () => {
  const long = `17,A1,2026-01-05,${"x".repeat(3_000_000)},1,1`;
  const quoted = `17,A1,2026-01-05,"${"x".repeat(3_000_000)}",1,1`;
  const { account } = await loadOrders([ordersHeader, long, good, quoted, good].join("\n"));
  assert.deepEqual(droppedOf(account), { "line-too-long": [2, [2, 4]] });
  assert.equal(account.sources[0]!.rowsKept, 2);
});

test("NaN, inf, 1_000, thousands and empty cells are not numbers", async () => {
  const words = ["NaN", "inf", "-Infinity", "1_000", '"1,000"', "0x10", "1e3", "", "9.9.5", "--1", "1-"];
  const rows = words.map((word) => `17,A1,2026-01-05,hat,1,${word}`);
  const { account } = await loadOrders([ordersHeader, good, ...rows].join("\n"));
  assert.deepEqual(droppedOf(account), { "not-a-number": [words.length, [3, 4, 5]] });
  const { message, column } = account.sources[0]!.dropped[0]!.examples[0]!;
  assert.deepEqual([column, message], ["price", 'price is not a number (customer "17")']);
});

test("a price is exact or refused, never rounded", async () => {
  const prices = ["0.07", "+1.50", " 3 ", "2.500", ".5", "0.125", "99999999999999999999"].concat(
    "1000000000000000.00",
  );
  const rows = prices.map((price, i) => `17,A${i},2026-01-05,hat,3,${price}`);
  const { account, result } = await loadOrders([ordersHeader, ...rows].join("\n"), (engine) =>
    engine.rows(`SELECT amount FROM "transactions"`),
  );
  assert.deepEqual(
    result?.map((row) => row.get("amount")),
    [21, 450, 900, 750, 150],
  );
  assert.deepEqual(droppedOf(account), { "too-many-decimals": [1, [7]], "too-large": [2, [8, 9]] });
});

test("dates of another order, after the as-of date and before the window are told apart", async () => {
  const days = ["31/12/2025", "2026-13-01", "26-01-05", "2026-02-30", "2026-04-01", "2024-12-31", ""];
  const rows = days.map((day) => `17,A1,${day},hat,1,1`);
  const { account } = await loadOrders([ordersHeader, good, ...rows].join("\n"));
  assert.deepEqual(droppedOf(account), {
    "not-a-date": [5, [3, 4, 5]],
    "after-as-of": [1, [7]],
    "before-window": [1, [8]],
  });
});

test("of a duplicate customer the first row is kept", async () => {
  const workbook = ordersWorkbook(
    "",
    `  people: { kind: customers, path: people.csv, columns: { customer: id }, attributes: { age: { column: age, type: number, meaning: Age, range: [16, 99] } } }`,
  );
  const { account, result } = await loadShop(
    {
      "segbook.yaml": workbook,
      "people.csv": "id,age\n17,30\n18,200\n17,31\n19,old\n",
      "orders.csv": `${ordersHeader}\n${good}\n99,A1,2026-01-05,hat,1,1\n`,
    },
    (engine) => engine.rows(`SELECT * FROM "customers"`),
  );
  assert.deepEqual(
    result?.map((row) => [...row.values()]),
    [
      ["17", 30],
      ["18", null],
      ["19", null],
    ],
  );
  assert.deepEqual(droppedOf(account, 1), { "duplicate-customer": [1, [4]] });
  assert.deepEqual(droppedOf(account, 0), { "unknown-customer": [1, [3]] });
  assert.deepEqual(
    account.sources[1]!.cells.map(({ reason, column, count, examples }) => [
      reason,
      column,
      count,
      examples[0]!.line,
    ]),
    [
      ["not-a-number", "age", 1, 5],
      ["out-of-range", "age", 1, 3],
    ],
  );
  assert.deepEqual(account.customers, { found: 3, kept: 3, dropped: [] });
});

test("ids with leading zeros or beyond 2^53 stay text", async () => {
  const keys = ["007", "7", "9007199254740993", "9007199254740992", "1e5", "-0"];
  const rows = keys.map((key) => `${key},A1,2026-01-05,hat,1,1`);
  const { result } = await loadOrders([ordersHeader, ...rows].join("\n"), (engine) =>
    engine.rows(`SELECT DISTINCT customer_id FROM "transactions"`),
  );
  assert.deepEqual(result?.map((row) => row.get("customer_id")).sort(), [...keys].sort());
});

test("an empty file, a header only, and rows that are all dropped are refused with a reason", async () => {
  await refuses(
    loadOrders(""),
    /^loadSources: orders\.csv must begin with a header line, got an empty file$/,
  );
  await refuses(
    loadOrders(`${ordersHeader}\n\n`),
    /^loadSources: orders\.csv must hold at least one row below the header, got none$/,
  );
  await refuses(
    loadOrders(`${ordersHeader}\n,A1,2026-01-05,hat,1,1\n`),
    /^loadSources: orders\.csv must keep at least one row, got none of 1 \(1 missing-customer; the first at line 2: customer is empty\)$/,
  );
});

test("one customer is a result", async () => {
  const { account } = await loadOrders(`${ordersHeader}\n${good}`);
  assert.deepEqual(account.customers, { found: 1, kept: 1, dropped: [] });
  assert.deepEqual(account.totals, { invoices: 1, revenueMinor: "1990", revenue: 19.9, currency: "EUR" });
});

test('columns called values, __proto__ or a"b, and products that are code, are only words', async () => {
  const workbook = `
name: Hostile
asOf: 2026-03-31
sources:
  people:
    kind: customers
    path: people.csv
    columns: { customer: constructor }
    attributes:
      values: { column: values, type: number, meaning: A number }
      __proto__: { column: __proto__, type: category, meaning: A word }
      'a"b': { column: 'a"b', type: category, meaning: A word }
basis: [values]
`;
  const csv = `constructor,values,__proto__,"a""b"\n'; DROP TABLE x; --,1,<script>alert(1)</script>,=cmd()\n`;
  const { result } = await loadShop({ "segbook.yaml": workbook, "people.csv": csv }, (engine) =>
    engine.rows(`SELECT * FROM "customers"`),
  );
  assert.deepEqual(
    [...result![0]!],
    [
      ["customer_id", "'; DROP TABLE x; --"],
      ["values", 1],
      ["__proto__", "<script>alert(1)</script>"],
      ['a"b', "=cmd()"],
    ],
  );
});

test("mixed line ends, blanks around quotes and a lone carriage return are read, not lost", async () => {
  const csv = `${ordersHeader}\r\n17,A1,2026-01-05, "hat, red" ,1,1\n18,A2,2026-01-05,ca\rp,1,1\r\n`;
  const { account, result } = await loadOrders(csv, (engine) =>
    engine.rows(`SELECT product FROM "transactions"`),
  );
  assert.deepEqual(
    result?.map((row) => row.get("product")),
    ["hat, red", "ca\rp"],
  );
  assert.equal(account.sources[0]!.rowsRead, 2);
});

test("a file that only claims to be gzip or Parquet is refused", async () => {
  const gzip = ordersWorkbook().replace("orders.csv", "orders.csv.gz");
  await refuses(
    loadShop({ "segbook.yaml": gzip, "orders.csv.gz": ordersHeader }),
    /orders\.csv\.gz must be a gzip file as its name says/,
  );
  const parquet = ordersWorkbook().replace("orders.csv", "orders.parquet");
  await refuses(
    loadShop({ "segbook.yaml": parquet, "orders.parquet": ordersHeader }),
    /orders\.parquet must be a Parquet file, got something else/,
  );
});
