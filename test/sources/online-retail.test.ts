import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { readWorkbook } from "#src/config/read-workbook.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { loadSources } from "#src/sources/load-sources.js";
import { datasetFile, withoutDataset } from "../datasets.js";

const file = datasetFile("online_retail/online_retail_2010-12_2011-12.csv.gz");

test("Online Retail gives the published counts, revenue and recency", {
  skip: file === undefined && withoutDataset,
}, async () => {
  const engine = await openDuckDb();
  try {
    const config = readWorkbook("data/online-retail/segbook.yaml");
    const account = await loadSources(engine, config, { dataFolder: dirname(file!) });
    const [sales] = account.sources;
    assert.equal(sales!.sha256, "84f0b07106628b82b1441a656f29487cb57f69cf5fd903206811cf0a543a5ae8");
    assert.equal(sales!.rowsRead, 541_909);
    assert.equal(sales!.rowsKept, 397_884);
    // 397,924 lines of customers are no cancellation, of which 40 are free of charge.
    assert.deepEqual(
      sales!.dropped.map(({ reason, rows }) => [reason, rows]),
      [
        ["missing-customer", 135_080],
        ["cancelled", 8_905],
        ["zero-price", 40],
      ],
    );
    assert.deepEqual([account.customers.found, account.customers.kept], [4_372, 4_338]);
    assert.deepEqual(account.totals, {
      invoices: 18_532,
      revenueMinor: "8911407904",
      revenue: 8_911_407.904,
      currency: "GBP",
    });
    const [recency] = await engine.rows(`
      SELECT round(avg(days), 3) AS mean, quantile_cont(days, [0.25, 0.5, 0.75])::VARCHAR AS quartiles, max(days) AS most
      FROM (SELECT date_diff('day', max(date), DATE '2011-12-10') AS days FROM "transactions" GROUP BY customer_id)`);
    assert.deepEqual([...recency!.values()], [93.059, "[18.0, 51.0, 142.75]", 374]);
    const [keys] = await engine.rows(
      `SELECT count(*) AS dotted FROM "transactions" WHERE customer_id LIKE '%.%'`,
    );
    assert.equal(keys!.get("dotted"), 0);
  } finally {
    engine.close();
  }
});

test("net of cancellations Online Retail agrees with pandas, and the two huge pairs vanish", {
  skip: file === undefined && withoutDataset,
}, async () => {
  const expected = JSON.parse(readFileSync("test/reference/online-retail-net.json", "utf8"));
  const folder = mkdtempSync(join(tmpdir(), "segbook-test-"));
  const engine = await openDuckDb();
  try {
    const workbook = readFileSync("data/online-retail/segbook.yaml", "utf8");
    writeFileSync(
      join(folder, "segbook.yaml"),
      workbook.replace("    returns:", "    cleaning: [{ step: cancellations }]\n    returns:"),
    );
    const config = readWorkbook(join(folder, "segbook.yaml"));
    const account = await loadSources(engine, config, { dataFolder: dirname(file!) });
    const [sales] = account.sources;
    const dropped = Object.fromEntries(sales!.dropped.map(({ reason, rows }) => [reason, rows]));
    assert.deepEqual(dropped, { "missing-customer": 135_080, "zero-price": 40, ...expected.dropped });
    assert.equal(sales!.rowsKept, expected.rowsKept);
    assert.equal(sales!.steps![0]!.changed, expected.shrunk);
    assert.equal(account.customers.kept, expected.customers);
    assert.equal(account.totals!.invoices, expected.invoices);
    assert.equal(account.totals!.revenueMinor, expected.revenueMills);
    const largest = await engine.rows(`
      SELECT customer_id, sum(amount) AS spend FROM "transactions" GROUP BY ALL ORDER BY spend DESC LIMIT 5`);
    assert.deepEqual(
      largest.map((row) => [row.get("customer_id"), Number(row.get("spend"))]),
      expected.largest,
    );
    const huge = await engine.rows(`
      SELECT invoice FROM "transactions" WHERE invoice IN ('541431', 'C541433', '581483', 'C581484')`);
    assert.deepEqual(huge, []);
  } finally {
    engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
