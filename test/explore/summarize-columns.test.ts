import assert from "node:assert/strict";
import { test } from "node:test";
import type { CustomerTable, Feature, FeatureColumn } from "#src/core/feature.js";
import { type NumberSummary, summarizeColumns } from "#src/explore/summarize-columns.js";
import { csvColumns, numbersOf } from "../csv-columns.js";
import { datasetFile, withoutDataset } from "../datasets.js";
import { referenceNumbers } from "../reference-numbers.js";

interface SummaryNumbers {
  readonly numbers: Record<string, Record<string, number>>;
  readonly categories: Record<string, number>;
}

const expected = referenceNumbers<SummaryNumbers>("explore");

const file = datasetFile("marketing_campaign/marketing_campaign_iso_dates.csv");

function featureOf(name: string, type: Feature["type"]): Feature {
  return { name, label: name, unit: "", type, role: "descriptor", meaning: "", source: "customers" };
}

function tableOf(...columns: FeatureColumn[]): CustomerTable {
  return {
    keyName: "key",
    keys: Array.from({ length: columns[0]!.values.length }, (_, i) => `c${i}`),
    columns,
  };
}

const numberColumn = (name: string, values: Float64Array): FeatureColumn => {
  return { kind: "number", feature: featureOf(name, "number"), values };
};

test("numbers of a real campaign are summed up as pandas and SciPy do", {
  skip: file ? false : withoutDataset,
}, () => {
  const columns = csvColumns(file!);
  for (const [name, wanted] of Object.entries(expected.numbers)) {
    const [summary] = summarizeColumns(tableOf(numberColumn(name, numbersOf(columns.get(name)!))));
    for (const [statistic, value] of Object.entries(wanted)) {
      const actual = summary![statistic as keyof typeof summary] as unknown as number;
      const tolerance = statistic === "skewness" ? 1e-10 : 1e-12;
      assert.ok(
        Math.abs(actual - value) <= tolerance * Math.max(1, Math.abs(value)),
        `${name} ${statistic}: ${actual}`,
      );
    }
  }
});

test("categories are counted as pandas does, most frequent first", {
  skip: file ? false : withoutDataset,
}, () => {
  const values = csvColumns(file!).get("Marital_Status")!;
  const column: FeatureColumn = { kind: "category", feature: featureOf("status", "category"), values };
  const [summary] = summarizeColumns(tableOf(column));
  assert.ok(summary?.kind === "category");
  assert.deepEqual(
    new Map(summary.categories.map(({ category, count }) => [category, count])),
    new Map(Object.entries(expected.categories)),
  );
  assert.deepEqual(
    summary.categories.map(({ count }) => count),
    Object.values(expected.categories),
  );
});

test("too few values give NaN, not a guess; missing ones are counted", () => {
  const one = summarizeColumns(
    tableOf(numberColumn("x", Float64Array.of(Number.NaN, 4))),
  )[0] as NumberSummary;
  assert.deepEqual(
    [one.count, one.missing, one.mean, one.median, one.standardDeviation, one.skewness],
    [1, 1, 4, 4, Number.NaN, Number.NaN],
  );
  const none = summarizeColumns(tableOf(numberColumn("x", Float64Array.of(Number.NaN))))[0] as NumberSummary;
  assert.deepEqual([none.count, none.mean, none.maximum], [0, Number.NaN, Number.NaN]);
  const same = summarizeColumns(tableOf(numberColumn("x", Float64Array.of(0, 0, 0))))[0] as NumberSummary;
  assert.deepEqual([same.standardDeviation, same.skewness, same.zeros], [0, Number.NaN, 3]);
});

test("a category called __proto__ is a category; null is missing", () => {
  const values = ["b", "__proto__", null, "__proto__", "a"];
  const [summary] = summarizeColumns(
    tableOf({ kind: "category", feature: featureOf("x", "category"), values }),
  );
  assert.deepEqual(summary, {
    ...{ kind: "category", name: "x", label: "x", count: 4, missing: 1 },
    categories: [
      { category: "__proto__", count: 2 },
      { category: "a", count: 1 },
      { category: "b", count: 1 },
    ],
  });
});
