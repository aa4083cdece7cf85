import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { SegmentCategory, SegmentNumber } from "#src/segments/profile.js";
import { profileSegments } from "#src/segments/profile-segments.js";
import { categoryColumn, numberColumn, tableOf } from "../customer-tables.js";
import { withoutDataset } from "../datasets.js";
import { assertNear, readDataset } from "../inference/reference.js";

const wholesale = readDataset("wholesale/wholesale_customers_bom.csv");
const spends = ["Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen"];
const segments = [
  { key: "s1", name: "Restaurants" },
  { key: "s2", name: "Shops" },
];

test("wholesale by channel: means, medians, index, differences, shares agree with pandas", {
  skip: wholesale ? false : withoutDataset,
}, () => {
  const expected = JSON.parse(readFileSync("test/reference/profile.json", "utf8"));
  const columns = spends.map((name) => numberColumn(name, wholesale!.get(name)!.map(Number)));
  const spend = Float64Array.from(columns[0]!.values, (_, row) =>
    columns.reduce((sum, column) => sum + column.values[row]!, 0),
  );
  const table = tableOf(
    ...columns,
    numberColumn("spend", spend),
    categoryColumn("Region", wholesale!.get("Region")!),
  );
  const labels = wholesale!.get("Channel")!.map((channel) => Number(channel) - 1);
  const profile = profileSegments(table, labels, { segments, moneyFeature: "spend" });
  profile.segments.forEach((segment, s) => {
    assert.equal(segment.size, expected.size[s]);
    assertNear(segment.revenueShare!, expected.revenueShare[s]);
    spends.forEach((_, j) => {
      const own = segment.features[j] as SegmentNumber;
      for (const figure of ["mean", "median", "standardDeviation", "index", "difference"] as const)
        assertNear(own[figure]!, expected[figure][j][s], 1e-9, figure);
    });
    const region = segment.features[7] as SegmentCategory;
    assert.deepEqual(
      region.categories.map(({ category }) => category),
      ["3", "1", "2"],
    );
    region.categories.forEach(({ share }, c) => {
      assertNear(share, expected.regionShare[s][c]);
    });
  });
});

test("by hand: unknown values are left out feature by feature, customers in no segment altogether", () => {
  const table = tableOf(
    numberColumn("spend", [10, 30, Number.NaN, 40, 999]),
    categoryColumn("colour", ["red", null, "red", "blue", "green"]),
  );
  const profile = profileSegments(table, [0, 0, 1, 1, -1], { segments, moneyFeature: "spend" });
  assert.equal(profile.customers, 4);
  assert.equal(profile.unassigned, 1);
  const [first, second] = profile.segments;
  const spend = first!.features[0] as SegmentNumber;
  // Mean of 10, 30, 40 is 80/3; of the first segment 20: index 75.
  assert.deepEqual([spend.known, spend.mean, spend.median], [2, 20, 20]);
  assertNear(spend.index!, 75);
  assert.deepEqual(
    [first!.revenue, second!.revenue, first!.revenueShare, second!.revenueShare],
    [40, 40, 0.5, 0.5],
  );
  const colour = second!.features[1] as SegmentCategory;
  const shares = colour.categories.map(({ vTest: _vTest, ...share }) => share);
  assert.deepEqual(shares, [
    { category: "red", count: 1, share: 0.5, index: 75, isShown: false },
    { category: "blue", count: 1, share: 0.5, index: 150, isShown: false },
  ]);
  assert.match(profile.notes[0]!, /Fewer than 10 customers in s1, s2/);
});

test("an index is refused where a ratio means nothing", () => {
  const table = tableOf(numberColumn("balance", [-5, 5, 10, 20]), numberColumn("zero", [0, 0, 0, 0]));
  const profile = profileSegments(table, [0, 0, 1, 1], { segments });
  const indices = profile.segments.flatMap(({ features }) =>
    features.map((own) => (own as SegmentNumber).index),
  );
  assert.deepEqual(indices, [null, null, null, null]);
  assert.equal(profile.segments[0]!.revenueShare, null);
});

test("markers: half a standard deviation, 50 % or 25 points, and beyond chance; strongest first", () => {
  const size = 200;
  const half = (row: number) => row < size / 2;
  const rows = Array.from({ length: size }, (_, row) => row);
  const table = tableOf(
    numberColumn(
      "age",
      rows.map((row) => (half(row) ? 60 : 30) + (row % 10)),
      { unit: "years" },
    ),
    numberColumn(
      "order_count",
      rows.map((row) => (half(row) ? 6 : 1) + (row % 5)),
      { unit: "orders" },
    ),
    numberColumn(
      "noise",
      rows.map((row) => row % 10),
    ),
    categoryColumn(
      "region",
      rows.map((row) => (half(row) ? "north" : row % 4 === 0 ? "north" : "south")),
    ),
  );
  const labels = rows.map((row) => (half(row) ? 0 : 1));
  const profile = profileSegments(table, labels, { segments });
  const found = profile.segments.map(({ markers }) =>
    markers.map(({ feature, category, direction }) => [feature.name, category, direction]),
  );
  assert.deepEqual(found[0], [
    ["age", null, "above"],
    ["order_count", null, "above"],
    ["region", "north", "above"],
  ]);
  assert.ok(
    profile.segments[1]!.markers.every(
      (marker, i, all) => i === 0 || marker.strength <= all[i - 1]!.strength,
    ),
  );
});

test("a handful of customers makes no marker, however far they are", () => {
  const values = Array.from({ length: 100 }, (_, row) => (row < 5 ? 100 : row % 10));
  const labels = values.map((value) => (value === 100 ? 1 : 0));
  assert.deepEqual(
    profileSegments(tableOf(numberColumn("x", values)), labels, { segments }).segments[1]!.markers,
    [],
  );
});

test("the thresholds of a marker are the caller's, and said", () => {
  const values = Array.from({ length: 200 }, (_, row) => (row % 10) + (row < 100 ? 1 : 0));
  const labels = values.map((_, row) => (row < 100 ? 0 : 1));
  const table = tableOf(numberColumn("balance", values));
  const count = (difference: number) =>
    profileSegments(table, labels, { segments, markers: { difference } }).segments[0]!.markers.length;
  // Half of the gap of 1, in standard deviations of 2.9: 0.17.
  assert.deepEqual([count(0.1), count(0.3)], [1, 0]);
  assert.match(
    profileSegments(table, labels, { segments, markers: { difference: 0.3 } }).markerRule,
    /at least 0\.3 standard deviations or 50 % away/,
  );
});

test("a typical customer is rounded, and none is made of few", () => {
  const table = tableOf(
    numberColumn(
      "age",
      [...Array(20).keys()].map((i) => 41.3 + i),
    ),
  );
  const labels = table.keys.map((_, row) => (row < 15 ? 0 : 1));
  const profile = profileSegments(table, labels, { segments });
  assert.deepEqual(
    profile.segments.map(({ typical }) => typical),
    [["Age: 48"], []],
  );
});

test("the mean of a large segment is not shown where it would give away that of a small one", () => {
  const values = [...Array(60).keys()];
  const table = tableOf(numberColumn("age", values), numberColumn("height", values));
  const labelsOf = (sizes: readonly number[]) =>
    sizes.flatMap((size, label) => Array.from({ length: size }, () => label));
  const three = [...segments, { key: "s3", name: "Third" }];
  const shownOf = (sizes: readonly number[]) =>
    profileSegments(table, labelsOf(sizes), { segments: three }).segments.map(
      ({ features }) => (features[0] as SegmentNumber).isShown,
    );
  assert.deepEqual(shownOf([30, 26, 4]), [true, false, false]);
  assert.deepEqual(shownOf([30, 20, 10]), [true, true, true]);
});

test("wrong money features, labels and keys are input errors", () => {
  const table = tableOf(numberColumn("spend", [1, 2]), categoryColumn("region", ["a", "b"]));
  assert.throws(
    () => profileSegments(table, [0, 1], { segments, moneyFeature: "spent" }),
    /profileSegments: moneyFeature must be a numeric feature, got "spent"\. Did you mean "spend"\?/,
  );
  assert.throws(
    () => profileSegments(table, [0, 1], { segments, moneyFeature: "region" }),
    /must be a numeric feature/,
  );
  assert.throws(
    () => profileSegments(table, [0], { segments }),
    /labels must have 2 values \(one per customer\), got 1/,
  );
  assert.throws(
    () => profileSegments(table, [0, 2], { segments }),
    /labels must be whole numbers from -1 to 1, got 2 at row 1/,
  );
  assert.throws(
    () => profileSegments(table, [0, 0], { segments: [segments[0]!, segments[0]!] }),
    /segment keys must be unique, got "s1" twice/,
  );
});

test("columns and categories called __proto__ or <script> are names like any other", () => {
  const table = tableOf(
    numberColumn("__proto__", [1, 2, 3, 4]),
    categoryColumn("values", ["__proto__", "<script>alert(1)</script>", "__proto__", "constructor"]),
  );
  const profile = profileSegments(table, [0, 0, 1, 1], { segments });
  const own = profile.segments[0]!.features[1] as SegmentCategory;
  assert.deepEqual(
    own.categories.map(({ category, count }) => [category, count]),
    [
      ["__proto__", 1],
      ["<script>alert(1)</script>", 1],
      ["constructor", 0],
    ],
  );
});
