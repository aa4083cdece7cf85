import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { demandTable, gapsTable } from "#src/tables/assortment-tables.js";
import { openWorkbook, type Workbook } from "#src/workbook/open-workbook.js";
import type { Segmentation } from "#src/workbook/segmentation.js";
import { demandSentence, nextDemand } from "#src/workbook/value-demand.js";
import { gapSentence, missedCategories } from "#src/workbook/value-gaps.js";

const folder = mkdtempSync(join(tmpdir(), "segbook-test-"));
const books: Workbook[] = [];
after(() => {
  for (const book of books) book.close();
  rmSync(folder, { recursive: true, force: true });
});

const customers = Array.from({ length: 120 }, (_, i) => `C${String(i).padStart(3, "0")}`);
const months = Array.from(
  { length: 24 },
  (_, i) => `${2024 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}`,
);

/** Everybody buys bread for 10 a month; 12 of the first 60 buy tea once, and 48 of the others. A third come once or twice more. */
function orders(): string[] {
  return customers.flatMap((customer, i) => {
    const bread = months.map((month) => `${customer},${month}-05,Bread,10.00`);
    const more = Array.from({ length: i % 3 }, (_, extra) => `${customer},2025-06-${10 + extra},Bread,1.00`);
    const drinksTea = i < 60 ? i % 5 === 0 : i % 5 !== 0;
    return [...bread, ...more, ...(drinksTea ? [`${customer},2025-03-05,Tea,4.00`] : [])];
  });
}

async function open(category: string): Promise<Workbook> {
  const file = join(folder, "segbook.yaml");
  writeFileSync(join(folder, "orders.csv"), ["id,day,what,paid", ...orders(), ""].join("\n"));
  writeFileSync(
    file,
    `name: Shop
asOf: 2025-12-31
money: { currency: EUR }
sources:
  orders:
    kind: transactions
    path: orders.csv
    columns: { customer: id, date: day, ${category}amount: paid }
basis: [order_count]
`,
  );
  const book = await openWorkbook(file, { keepTables: false });
  books.push(book);
  return book;
}

const found = {
  segments: [
    { key: "s1", name: "First" },
    { key: "s2", name: "Second" },
  ],
  assignment: { keys: customers, labels: Int32Array.from(customers, (_, i) => (i < 60 ? 0 : 1)) },
} as unknown as Segmentation;

test("who takes the same every month is expected to go on, and the table is in money", async () => {
  const demand = await nextDemand(await open("category: what, "), found);
  assert.equal(demand.reason, "");
  const table = demandTable(demand);
  const bread = table.rows.find(([name, item]) => name === "First" && item === "Bread")!;
  // 60 customers, 10 a month each, three months.
  assert.deepEqual(bread.slice(2, 4), [1800, 1800]);
  assert.ok(Math.abs(Number(bread[4]) - 1800) < 10, String(bread[4]));
  assert.match(demandSentence(demand), /in Bread: 1,800 EUR in the next three months \(90 % interval/);
  for (const row of table.rows) assert.equal(row.length, table.columns.length);
});

test("the segment that misses tea is named, with the customers who are missing", async () => {
  const missed = await missedCategories(await open("category: what, "), found, ["order_count", "nonsense"]);
  assert.deepEqual([missed.reason, missed.traits.length, missed.judged], ["", 1, 4]);
  assert.deepEqual(
    missed.gaps.map(({ segment, item }) => [segment, item]),
    [["s1", "Tea"]],
  );
  // 12 of 60 buy tea, of the others 48 of 60.
  const [row] = gapsTable(missed).rows;
  assert.deepEqual(row!.slice(0, 4), ["First", "Tea", 60, 20]);
  assert.ok(Math.abs(Number(row![4]) - 80) < 3 && Math.abs(Number(row!.at(-1)) - 36) < 2);
  assert.match(gapSentence(missed), /^20 % of “First” bought Tea; .* 3\d customers are missing/);
});

test("without categories or traits the reason is said", async () => {
  const plain = await open("");
  const demand = await nextDemand(plain, found);
  assert.deepEqual(
    [demand.demand, demand.reason],
    [null, "Demand: no orders that name categories were given."],
  );
  assert.equal(demandTable(demand).rows.length, 0);
  const missed = await missedCategories(plain, found, ["order_count"]);
  assert.equal(missed.reason, "Gaps: no orders that name categories were given.");
  const other = await missedCategories(await open("category: what, "), found, ["nonsense"]);
  assert.equal(other.reason, "Gaps: no customer has any of nonsense.");
});
