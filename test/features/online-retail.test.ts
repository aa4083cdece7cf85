import assert from "node:assert/strict";
import { dirname } from "node:path";
import { test } from "node:test";
import { readWorkbook } from "#src/config/read-workbook.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import type { CategorySummary, NumberSummary } from "#src/explore/summarize-columns.js";
import { summarizeColumns } from "#src/explore/summarize-columns.js";
import { readCustomerTable } from "#src/features/customer-table.js";
import { loadSources } from "#src/sources/load-sources.js";
import { datasetFile, withoutDataset } from "../datasets.js";
import { referenceNumbers } from "../reference-numbers.js";

interface RetailNumbers {
  readonly customers: number;
  readonly features: Record<string, Record<string, number>>;
  readonly regions: Record<string, number>;
}

const expected = referenceNumbers<RetailNumbers>("online-retail-features");
const file = datasetFile("online_retail/online_retail_2010-12_2011-12.csv.gz");

test("every feature of Online Retail is the one pandas computes, and recency, frequency and money the published ones", {
  skip: file ? false : withoutDataset,
}, async () => {
  const config = readWorkbook("data/online-retail/segbook.yaml");
  const engine = await openDuckDb();
  try {
    await loadSources(engine, config, { dataFolder: dirname(file!) });
    const table = await readCustomerTable(engine, config);
    assert.equal(table.keys.length, expected.customers);
    const summaries = new Map(summarizeColumns(table).map((summary) => [summary.name, summary]));
    for (const [name, wanted] of Object.entries(expected.features))
      checkNumbers(name, summaries.get(name) as NumberSummary, wanted);
    const { categories } = summaries.get("region") as CategorySummary;
    assert.deepEqual(
      new Map(categories.map(({ category, count }) => [category, count])),
      new Map(Object.entries(expected.regions)),
    );
    checkPublished(summaries as ReadonlyMap<string, NumberSummary>);
  } finally {
    engine.close();
  }
});

function checkNumbers(name: string, summary: NumberSummary, wanted: Record<string, number>): void {
  for (const [statistic, value] of Object.entries(wanted)) {
    const actual = summary[statistic as "mean"];
    const tolerance = 1e-12 * Math.abs(value);
    assert.ok(Math.abs(actual - value) <= tolerance, `${name} ${statistic}: ${actual}, wanted ${value}`);
  }
}

/** Figures that anyone finds who counts RFM on this file as of 2011-12-10. */
function checkPublished(summaries: ReadonlyMap<string, NumberSummary>): void {
  const recency = summaries.get("recency_days")!;
  assert.equal(recency.mean.toFixed(3), "93.059");
  assert.deepEqual(
    [recency.lowerQuartile, recency.median, recency.upperQuartile, recency.maximum],
    [18, 51, 142.75, 374],
  );
  const orders = summaries.get("order_count")!;
  assert.deepEqual([orders.mean.toFixed(3), orders.maximum], ["4.272", 209]);
  const spend = summaries.get("spend")!;
  assert.deepEqual([spend.mean.toFixed(3), spend.maximum], ["2054.266", 280206.02]);
}
