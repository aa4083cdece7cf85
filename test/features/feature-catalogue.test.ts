import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { WorkbookConfig } from "#src/config/workbook-config.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { listCatalogue, listFeatures } from "#src/features/catalogue.js";
import { readCustomerTable } from "#src/features/customer-table.js";
import { catalogueNumbers, catalogueTables, laterRows, withoutLater } from "./catalogue-tables.js";
import { askingForAll, everything } from "./everything.js";

const engine = await openDuckDb({ threads: 2 });
after(() => engine.close());

async function valuesByName(config: WorkbookConfig): Promise<ReadonlyMap<string, readonly unknown[]>> {
  const { columns } = await readCustomerTable(engine, config);
  return new Map(columns.map(({ feature, values }) => [feature.name, [...values]]));
}

test("every feature of the catalogue has the values that pandas computes", async () => {
  await engine.run(catalogueTables());
  const values = await valuesByName(askingForAll());
  const { features } = catalogueNumbers;
  assert.deepEqual([...values.keys()].sort(), Object.keys(features).sort());
  for (const [name, expected] of Object.entries(features))
    expected.forEach((wanted, row) => {
      const actual = values.get(name)![row];
      const at = `${name} of ${catalogueNumbers.keys[row]}: ${actual}, wanted ${wanted}`;
      if (typeof wanted === "number" && typeof actual === "number")
        assert.ok(Math.abs(actual - wanted) <= 1e-12 * Math.abs(wanted), at);
      else
        assert.ok(
          typeof actual === "number" ? Number.isNaN(actual) && wanted === null : actual === wanted,
          at,
        );
    });
});

test("what is dated after the as-of date changes no bit of any feature, wherever that date is put", async () => {
  for (const [asOf, seed] of [
    ["2026-03-31", 1],
    ["2025-11-17", 2],
  ] as const) {
    await engine.run(catalogueTables());
    await engine.run(withoutLater(asOf));
    const config = askingForAll({ asOf });
    const known = await valuesByName(config);
    await engine.run(laterRows(asOf, seed));
    assert.deepEqual(await valuesByName(config), known);
  }
});

test("features on request are computed where the workbook names them, in basis or under features", () => {
  const usual = listFeatures(everything()).map(({ name }) => name);
  assert.ok(usual.includes("recency_days") && !usual.includes("median_order_value"));
  const asked = listFeatures(
    everything({ basis: ["median_order_value"], features: new Map([["gap_variation", {}]]) }),
  );
  assert.deepEqual(
    asked.map(({ name }) => name).filter((name) => !usual.includes(name)),
    ["gap_variation", "median_order_value"],
  );
  assert.throws(
    () => listFeatures(everything({ basis: ["median_order_valu"] })),
    /or another feature of the catalogue, got "median_order_valu"\. Did you mean "median_order_value"\?/,
  );
});

test("several sources of one kind give each feature once", () => {
  const config = everything();
  const doubled = { ...config, sources: [...config.sources, ...config.sources] };
  assert.deepEqual(
    listCatalogue(doubled).map(({ name }) => name),
    listCatalogue(config).map(({ name }) => name),
  );
});
