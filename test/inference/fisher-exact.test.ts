import assert from "node:assert/strict";
import { test } from "node:test";
import { chiSquareTest } from "#src/inference/chi-square-test.js";
import { fisherExact } from "#src/inference/fisher-exact.js";
import { testIndependence } from "#src/inference/test-independence.js";
import { referenceNumbers } from "../reference-numbers.js";
import { assertNear } from "./reference.js";

const { tables } = referenceNumbers<{
  readonly tables: Readonly<Record<string, { readonly table: readonly (readonly number[])[] }>>;
}>("tests-r");

const large = [
  [30, 41, 20, 9, 14],
  [25, 36, 31, 12, 20],
  [40, 28, 26, 15, 11],
  [22, 33, 29, 17, 19],
];

test("the lady tasting tea: 3 of 4 right is 34 of 70", () => {
  assertNear(
    fisherExact([
      [3, 1],
      [1, 3],
    ]).pValue,
    34 / 70,
    1e-12,
  );
});

test("a table too large to count is drawn, seeded, with its standard error; the order of rows does not move the exact p", () => {
  const drawn = fisherExact(large, { resamples: 0, draws: 2000 });
  assert.equal(drawn.method, "Fisher's exact test, Monte Carlo");
  assert.match(
    drawn.notes.join(" "),
    /2,000 random tables with the same totals, seed 1; standard error 0\.0/,
  );
  assert.deepEqual(fisherExact(large, { resamples: 0, draws: 2000 }), drawn);
  const { table } = tables["mtcars gear, cylinders"]!;
  const turned = table[0]!.map((_, j) => table.map((row) => row[j]!).reverse());
  assertNear(
    fisherExact(turned, { resamples: 0 }).pValue,
    fisherExact(table, { resamples: 0 }).pValue,
    1e-12,
  );
});

test("drawn tables give the p of χ² where counts are large, within their error", () => {
  const drawn = fisherExact(large, { resamples: 0, draws: 4000 });
  const { pValue } = chiSquareTest(large, { resamples: 0 });
  // Three standard errors of a share of 4,000, and a hundredth for the two orders of tables.
  assert.ok(Math.abs(drawn.pValue - pValue) < 0.034, `${drawn.pValue} against ${pValue}`);
});

test("small expected counts: said, and the exact test taken; large ones keep χ²", () => {
  const rare = testIndependence([
    [1, 9],
    [11, 3],
  ]);
  assert.equal(rare.method, "chi-squared");
  const sparse = testIndependence([
    [1, 4],
    [5, 2],
  ]);
  assert.equal(sparse.method, "Fisher's exact test");
  assert.match(sparse.notes[0]!, /of the expected counts are below 5 .*: Fisher's exact test in place of χ²/);
});

test("zero cells and empty rows are taken, impossible tables refused", () => {
  assertNear(
    fisherExact([
      [5, 0, 0],
      [0, 5, 0],
      [0, 0, 0],
    ]).pValue,
    2 / 252,
    1e-12,
  );
  assert.throws(() => fisherExact([[1, 2]]), /two rows and two columns that hold something/);
  assert.throws(
    () =>
      fisherExact([
        [3e7, 1],
        [1, 1],
      ]),
    /at most 20,000,000 rows, got 30,000,003\. chiSquareTest suits such counts/,
  );
});
