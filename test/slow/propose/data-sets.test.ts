import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { type TestContext, test } from "node:test";
import { folderWith, segbook } from "../../commands/segbook.js";
import { datasetFile, withoutDataset } from "../../datasets.js";

interface Account {
  readonly sources: readonly {
    readonly name: string;
    readonly rowsRead: number;
    readonly rowsKept: number;
  }[];
  readonly customers: { readonly found: number; readonly kept: number };
  readonly totals?: { readonly invoices: number; readonly revenue: number };
}

/** A new workbook over files of the data sets, or undefined where they are not here. */
function bookOver(
  context: TestContext,
  names: readonly string[],
): { folder: string; text: string } | undefined {
  const files = names.map((name) => datasetFile(name));
  if (files.includes(undefined)) {
    context.skip(withoutDataset);
    return undefined;
  }
  return madeFrom(files.map((file) => resolve(file!)));
}

function madeFrom(files: readonly string[]): { folder: string; text: string } {
  const home = folderWith({});
  const made = segbook(home, ["init", "book", "--from", ...files.map((file) => relative(home, file))]);
  assert.equal(made.exitCode, 0, made.errors);
  const folder = join(home, "book");
  return { folder, text: readFileSync(join(folder, "segbook.yaml"), "utf8") };
}

function accountOf(folder: string): Account {
  const checked = segbook(folder, ["check", "--json"]);
  assert.equal(checked.exitCode, 0, checked.errors);
  return checked.document as unknown as Account;
}

function customersOf(folder: string): string {
  const made = segbook(folder, ["features", "--output", "customers.csv"]);
  assert.equal(made.exitCode, 0, made.errors);
  return readFileSync(join(folder, "customers.csv"), "utf8");
}

test("Online Retail comes to the figures of its publication without an edit", (context) => {
  const book = bookOver(context, ["online_retail/online_retail_2010-12_2011-12.csv.gz"]);
  if (book === undefined) return;
  const { sources, customers, totals } = accountOf(book.folder);
  assert.deepEqual([sources[0]!.rowsRead, sources[0]!.rowsKept], [541_909, 397_884]);
  assert.deepEqual([customers.found, customers.kept], [4372, 4338]);
  assert.deepEqual([totals?.invoices, totals?.revenue], [18_532, 8_911_407.904]);
  assert.match(book.text, /^asOf: 2011-12-09 /m);
  assert.match(book.text, /currency: GBP, decimals: 3/);
  assert.doesNotMatch(book.text, /QUESTION/);
});

test("CDNOW, without names and split by blanks, comes to its published revenue; only the currency is asked for", (context) => {
  const book = bookOver(context, ["cdnow/CDNOW_sample.txt"]);
  if (book === undefined) return;
  const { sources, customers, totals } = accountOf(book.folder);
  assert.deepEqual([sources[0]!.rowsRead, customers.found], [6919, 2357]);
  assert.equal(totals?.revenue, 244_091.94);
  assert.match(book.text, /^asOf: 1998-06-30 /m);
  assert.deepEqual(book.text.match(/^# QUESTION: .*/gm)?.length, 1);
});

test("the wholesale file is read alike with a mark and with semicolons, each row a customer", (context) => {
  const marked = bookOver(context, ["wholesale/wholesale_customers_bom.csv"]);
  const split = bookOver(context, ["wholesale/wholesale_customers_semicolon.csv"]);
  if (marked === undefined || split === undefined) return;
  assert.equal(accountOf(marked.folder).customers.kept, 440);
  assert.equal(customersOf(marked.folder), customersOf(split.folder));
  assert.match(marked.text, /channel: \{ column: Channel, type: category/);
  const fitted = segbook(marked.folder, ["fit", "--output", "definition.json", "--json"]);
  assert.equal(fitted.exitCode, 0, fitted.errors);
});

test("the marketing campaign is read alike in both date orders", (context) => {
  const iso = bookOver(context, ["marketing_campaign/marketing_campaign_iso_dates.csv"]);
  const dayFirst = bookOver(context, ["marketing_campaign/marketing_campaign_dmy_dates.csv"]);
  if (iso === undefined || dayFirst === undefined) return;
  assert.equal(accountOf(iso.folder).customers.kept, 2240);
  assert.equal(customersOf(iso.folder), customersOf(dayFirst.folder));
  assert.match(dayFirst.text, /day first: some have a first number above 12/);
  assert.match(dayFirst.text, /Left out: Z_CostContact, Z_Revenue \(the same in every row\)\./);
  assert.doesNotMatch(dayFirst.text, /QUESTION/);
});

test("the sample shop keeps the rows that its own workbook keeps, but for lines sent twice", () => {
  const day = resolve("data/sample/2026-03-31");
  const book = madeFrom(readdirSync(day).map((name) => join(day, name)));
  const proposed = accountOf(book.folder);
  const own = accountOf(resolve("data/sample"));
  const kept = ({ sources }: Account, name: string) =>
    sources.find((source) => source.name === name)?.rowsKept;
  for (const name of ["customers", "survey", "web", "social", "campaigns"])
    assert.equal(kept(proposed, name), kept(own, name), name);
  assert.deepEqual(proposed.customers, own.customers);
  assert.match(book.text, /^asOf: 2026-03-31 /m);
  assert.match(book.text, /window: \{ from: 2024-04-01 \}/);
  assert.match(book.text, /items: \[q01, q02\]/);
  // The planted reversed items stand alone, and are named.
  assert.match(book.text, /q03 runs the other way: if worded in reverse, add -q03 to items/);
});
