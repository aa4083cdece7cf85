import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { readWorkbook } from "#src/config/read-workbook.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import type { CellValue } from "#src/engine/engine.js";
import type { CleaningAccount } from "#src/sources/account.js";
import { loadSources } from "#src/sources/load-sources.js";
import { datasetFile, withoutDataset } from "../datasets.js";

/** Loads a workbook of `data`, changed by `edit`, from the folder of a public file; the rows of a query. */
async function load(
  name: string,
  file: string,
  query: string,
  edit: (workbook: string) => string = (workbook) => workbook,
): Promise<{ account: CleaningAccount; rows: CellValue[][] }> {
  const folder = mkdtempSync(join(tmpdir(), "segbook-test-"));
  const engine = await openDuckDb();
  try {
    const workbook = join(folder, "segbook.yaml");
    writeFileSync(workbook, edit(readFileSync(`data/${name}/segbook.yaml`, "utf8")));
    const account = await loadSources(engine, readWorkbook(workbook), { dataFolder: dirname(file) });
    return { account, rows: (await engine.rows(query)).map((row) => [...row.values()]) };
  } finally {
    engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const cdnow = datasetFile("cdnow/CDNOW_sample.txt");

test("CDNOW, without header or invoices, gives the published lines, customers, discs and dollars", {
  skip: cdnow === undefined && withoutDataset,
}, async () => {
  const { account, rows } = await load(
    "cdnow",
    cdnow!,
    `SELECT sum(quantity)::BIGINT, min(date), max(date), count(*) FILTER (amount = 0) FROM "transactions"`,
  );
  assert.deepEqual(
    account.sources.map(({ rowsRead, rowsKept }) => [rowsRead, rowsKept]),
    [[6_919, 6_919]],
  );
  assert.equal(account.customers.kept, 2_357);
  // 223 lines repeat a customer and a day.
  assert.deepEqual(
    [account.totals!.invoices, account.totals!.revenueMinor, account.totals!.currency],
    [6_919 - 223, "24409194", "USD"],
  );
  assert.deepEqual(rows, [[16_479, "1997-01-01", "1998-06-30", 8]]);
  assert.equal(account.sources[0]!.steps![0]!.detail, "8 kept rows have price 0");
});

const iso = datasetFile("marketing_campaign/marketing_campaign_iso_dates.csv");

test("the marketing campaign gives the same table from both orders of dates, and the published counts", {
  skip: iso === undefined && withoutDataset,
}, async () => {
  const all = `SELECT * FROM "customers" ORDER BY customer_id`;
  const first = await load("marketing-campaign", iso!, all);
  const second = await load("marketing-campaign", iso!, all, (workbook) =>
    workbook.replaceAll("_iso_dates", "_dmy_dates").replace('"%Y-%m-%d"', '"%d-%m-%Y"'),
  );
  assert.equal(first.rows.length, 2_240);
  assert.deepEqual(second.rows, first.rows);
  const { account, rows } = await load(
    "marketing-campaign",
    iso!,
    `SELECT count(income), round(avg(income), 2), median(income), sum(wines), sum(fruits), sum(meat), sum(fish), sum(sweets),
      sum(gold), sum(response), min(enrolled), max(enrolled), count(*) FILTER (education = 'Graduation'),
      count(*) FILTER (marital_status = 'YOLO') FROM "customers"`,
    (workbook) => workbook.replace(", range: [0, 600000]", ""),
  );
  const sums = [680_816, 58_917, 373_968, 84_057, 60_621, 98_609, 334];
  assert.deepEqual(rows, [[2_216, 52_247.25, 51_381.5, ...sums, "2012-07-30", "2014-06-29", 1_127, 2]]);
  assert.deepEqual(
    account.sources[0]!.cells.map(({ column, reason, count }) => [column, reason, count]),
    [["Year_Birth", "out-of-range", 3]],
  );
});

test("the marketing campaign read with day and month the wrong way round is refused with the right format", {
  skip: iso === undefined && withoutDataset,
}, async () => {
  await assert.rejects(
    load("marketing-campaign", iso!, "SELECT 1", (workbook) => workbook.replace('"%Y-%m-%d"', '"%Y-%d-%m"')),
    /column "Dt_Customer" of sources\.customers must have one order of day and month .* Say dateFormat: "%Y-%m-%d"$/,
  );
});
