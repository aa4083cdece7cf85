import assert from "node:assert/strict";
import { test } from "node:test";
import { profileRegions } from "#src/segments/profile-regions.js";
import { profileSegments } from "#src/segments/profile-segments.js";
import { categoryColumn, tableOf } from "../customer-tables.js";

/** Customers by region and segment, given as counts. */
function profileOf(counts: Readonly<Record<string, readonly number[]>>, unknown = 0) {
  const rows = Object.entries(counts).flatMap(([region, own]) =>
    own.flatMap((count, label) => Array.from({ length: count }, () => ({ region, label }))),
  );
  const nowhere = Array.from({ length: unknown }, () => ({ region: null, label: 0 }));
  const all = [...rows, ...nowhere];
  const segments = Object.values(counts)[0]!.map((_, j) => ({ key: `s${j + 1}`, name: `S${j + 1}` }));
  return profileSegments(
    tableOf(
      categoryColumn(
        "region",
        all.map(({ region }) => region),
      ),
    ),
    all.map(({ label }) => label),
    { segments },
  );
}

test("by hand: 30 of 40 in the north against 40 of 100 is an index of 188", () => {
  const { regions, unknown, notes } = profileRegions(
    profileOf({ north: [30, 10], south: [10, 50] }, 5),
    "region",
  );
  assert.deepEqual(
    regions.map(({ region, customers }) => [region, customers]),
    [
      ["south", 60],
      ["north", 40],
    ],
  );
  assert.ok(Math.abs(regions[1]!.cells[0]!.index! - (100 * (30 / 40)) / 0.4) < 1e-9);
  assert.deepEqual([unknown, notes], [5, []]);
});

test("a small cell is hidden together with one of its row and column, so that none can be subtracted", () => {
  const { regions, notes } = profileRegions(
    profileOf({ north: [40, 30, 3], south: [31, 40, 20], west: [12, 60, 40] }),
    "region",
  );
  const seen = Object.fromEntries(
    regions.map(({ region, cells }) => [region, cells.map(({ customers }) => customers)]),
  );
  assert.deepEqual(seen, { west: [12, 60, 40], north: [40, null, null], south: [31, null, null] });
  assert.match(notes[0]!, /4 of 9 cells are not shown/);
});

test("regions of few customers are left out by name; hundreds of regions are no trouble", () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`r${i}`, [i % 20, 20]]));
  const { regions } = profileRegions(profileOf({ ...many, hamlet: [2, 3] }), "region");
  assert.equal(regions.length, 500);
});

test("a feature that is no category of the profile is an input error", () => {
  assert.throws(
    () => profileRegions(profileOf({ north: [1, 1] }), "county"),
    /profileRegions: feature must be a categorical feature of the profile, got "county"/,
  );
});
