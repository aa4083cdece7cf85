import assert from "node:assert/strict";
import { test } from "node:test";
import type { CustomerTable } from "#src/core/feature.js";
import type { SegmentFeature } from "#src/segments/profile.js";
import { profileSegments } from "#src/segments/profile-segments.js";
import { categoryVTest, numberVTest } from "#src/segments/v-test.js";
import { categoryColumn, numberColumn, tableOf } from "../customer-tables.js";
import { withoutDataset } from "../datasets.js";
import { assertNear, readDataset } from "../inference/reference.js";
import { referenceNumbers } from "../reference-numbers.js";

type VTests = Readonly<Record<string, Readonly<Record<string, number>>>>;

const expected = referenceNumbers<{
  wholesale: { quanti: VTests; category: VTests };
  iris: VTests;
  irisRows: Readonly<Record<string, readonly (number | string)[]>>;
  titanic: VTests;
  titanicCells: Readonly<Record<string, readonly (number | string)[]>>;
}>("v-tests");
const wholesale = readDataset("wholesale/wholesale_customers_bom.csv");

/** The v-tests of a profile under the names that FactoMineR gives them. */
function vTestsOf(table: CustomerTable, groups: readonly string[]): Record<string, Record<string, number>> {
  const keys = [...new Set(groups)].sort();
  const labels = groups.map((group) => keys.indexOf(group));
  const { segments } = profileSegments(table, labels, {
    segments: keys.map((key) => ({ key, name: key })),
  });
  return Object.fromEntries(
    segments.map(({ key, features }) => [key, Object.fromEntries(features.flatMap(named))]),
  );
}

function named(own: SegmentFeature): [string, number][] {
  return own.kind === "number"
    ? [[own.feature.name, own.vTest!]]
    : own.categories.map(({ category, vTest }) => [`${own.feature.name}=${category}`, vTest!]);
}

function assertAgrees(found: Record<string, Record<string, number>>, reference: VTests): void {
  for (const [key, values] of Object.entries(reference))
    for (const [name, value] of Object.entries(values))
      assertNear(found[key]![name]!, value, 1e-8, `${key} ${name}`);
}

test("numbers and categories of the wholesale customers: v-tests agree with FactoMineR", {
  skip: wholesale ? false : withoutDataset,
}, () => {
  const names = ["Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen"];
  const table = tableOf(
    ...names.map((name) => numberColumn(name, wholesale!.get(name)!.map(Number))),
    categoryColumn("Region", wholesale!.get("Region")!),
  );
  const found = vTestsOf(table, wholesale!.get("Channel")!);
  assertAgrees(found, expected.wholesale.quanti);
  assertAgrees(found, expected.wholesale.category);
});

test("iris: v-tests of numbers agree with FactoMineR", () => {
  const { Species, ...numbers } = expected.irisRows;
  const columns = Object.entries(numbers).map(([name, values]) => numberColumn(name, values.map(Number)));
  assertAgrees(vTestsOf(tableOf(...columns), Species!.map(String)), expected.iris);
});

test("Titanic: v-tests of categories agree with FactoMineR, far and near", () => {
  const cells = expected.titanicCells;
  const rows = cells.Freq!.flatMap((count, cell) => Array.from({ length: Number(count) }, () => cell));
  const columns = ["Sex", "Age", "Survived"].map((name) =>
    categoryColumn(
      name,
      rows.map((cell) => String(cells[name]![cell])),
    ),
  );
  const classes = rows.map((cell) => String(cells.Class![cell]));
  assertAgrees(vTestsOf(tableOf(...columns), classes), expected.titanic);
});

test("where the probability is below every double the distance goes on", () => {
  // SciPy 1.17: -ndtri_exp(-log C(1000000, 500000) - log 2) = 1177.3977663982225.
  const counts = { count: 500_000, size: 500_000, total: 500_000, everyone: 1_000_000 };
  assertNear(categoryVTest(counts)!, 1177.3977663982225, 1e-9);
});

test("everyone, nobody and nothing that varies have no v-test", () => {
  const everyone = { size: 4, mean: 2, variance: 1 };
  assert.equal(numberVTest(everyone, everyone), null);
  assert.equal(numberVTest({ size: 0, mean: Number.NaN, variance: 0 }, everyone), null);
  assert.equal(numberVTest({ size: 2, mean: 2, variance: 0 }, { ...everyone, variance: 0 }), null);
  assert.equal(categoryVTest({ count: 2, size: 2, total: 4, everyone: 4 }), null);
  assert.equal(categoryVTest({ count: 0, size: 0, total: 2, everyone: 4 }), null);
});
