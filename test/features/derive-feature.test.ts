import assert from "node:assert/strict";
import { test } from "node:test";
import type { CustomerTable, Feature } from "#src/core/feature.js";
import { type ColumnValues, deriveFeature } from "#src/features/derive-feature.js";

const spend: Feature = {
  name: "spend",
  label: "Spend",
  unit: "EUR",
  type: "number",
  role: "basis",
  meaning: "Spend",
  source: "transactions",
};
const table: CustomerTable = {
  keyName: "customer_id",
  keys: ["a", "b", "c"],
  columns: [
    { kind: "number", feature: spend, values: Float64Array.of(4, Number.NaN, 6) },
    { kind: "category", feature: { ...spend, name: "region", type: "category" }, values: ["x", null, "y"] },
  ],
};
const half = { name: "half_spend", unit: "EUR", meaning: "Half of the spend" };

test("a function over typed columns becomes a feature of a new table", () => {
  const more = deriveFeature(table, half, ({ numbers }) => numbers("spend").map((value) => value / 2));
  const { feature, values } = more.columns[2]!;
  assert.deepEqual([...values], [2, Number.NaN, 3]);
  assert.deepEqual(feature, {
    ...half,
    label: "Half spend",
    type: "number",
    role: "descriptor",
    source: "derived",
  });
  assert.equal(table.columns.length, 2);
  const ofRegion = deriveFeature(table, half, ({ categories, rowCount }) =>
    categories("region").map((region) => (region === null ? Number.NaN : rowCount)),
  );
  assert.deepEqual([...ofRegion.columns[2]!.values], [3, Number.NaN, 3]);
});

test("what is no value per customer, or depends on the order of customers, is refused", () => {
  const refused: readonly (readonly [(columns: ColumnValues) => ArrayLike<number>, RegExp])[] = [
    [() => [1, 2], /one number per customer \(3\), got 2 for "half_spend"/],
    [() => undefined as unknown as number[], /one number per customer \(3\), got undefined/],
    [() => [1, Infinity, 2], /finite numbers or NaN, got Infinity/],
    [() => ["1", "2", "3"] as unknown as number[], /finite numbers or NaN, got "1"/],
    [() => [1, 2, 3], /same value whatever the order of rows, got 1 and 3 for customer "a"/],
    [({ numbers }) => numbers("spend").sort(), /whatever the order of rows/],
    [({ numbers }) => numbers("spent"), /by the name of a number, one of spend, got "spent"/],
    [({ numbers }) => numbers("region"), /by the name of a number, one of spend, got "region"/],
  ];
  for (const [compute, message] of refused) assert.throws(() => deriveFeature(table, half, compute), message);
  assert.throws(
    () => deriveFeature(table, { ...half, name: "Spend" }, () => [1, 1, 1]),
    /name must be text that no column has/,
  );
  assert.throws(
    () => deriveFeature(table, { ...half, unit: "" }, () => [1, 1, 1]),
    /unit must be text, got ""/,
  );
  deriveFeature(table, half, ({ numbers }) => numbers("spend").fill(0));
  assert.equal(table.columns[0]!.values[0], 4);
});
