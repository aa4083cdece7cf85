import assert from "node:assert/strict";
import { dirname } from "node:path";
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
