import assert from "node:assert/strict";
import { test } from "node:test";
import { sortCanonically } from "#src/cluster/canonical-table.js";
import { mixedTableOf, mixedTableOfColumns } from "#src/cluster/mixed-table.js";
import { drawMixed, shuffleTable } from "./mixed-tables.js";

test("columns of text become levels in code-unit order, null is missing, numbers stay numbers", () => {
  const table = mixedTableOf({ spend: [5, 80, 7], region: ["south", null, "North"], visits: [1, 2, null] });
  assert.deepEqual(table.numbers.columns, ["spend", "visits"]);
  assert.deepEqual([...table.numbers.values], [5, 1, 80, 2, 7, Number.NaN]);
  assert.deepEqual(table.categories, [
    { name: "region", levels: ["North", "south"], codes: Int32Array.of(1, -1, 0) },
  ]);
});

test("names that are no good keys of an object are names like any other", () => {
  const table = mixedTableOfColumns(
    ["__proto__", "2", "1"],
    [
      ["a", "b"],
      [1, 2],
      [3, 4],
    ],
  );
  assert.deepEqual(table.numbers.columns, ["2", "1"]);
  assert.equal(table.categories[0]!.name, "__proto__");
});

test("canonical order is the same for shuffled rows and counts the different ones", () => {
  const { table } = drawMixed({ seed: 1, rowCount: 60, numbers: 2, words: 2, groups: 3 });
  const sorted = sortCanonically(table);
  assert.equal(sorted.distinctRowCount, 60);
  assert.deepEqual(sortCanonically(shuffleTable(table, 5).table).table, sorted.table);
  const twins = mixedTableOf({ x: [1, -0, 1, 0], y: ["a", "b", "a", "b"] });
  assert.equal(sortCanonically(twins).distinctRowCount, 2);
});

test("columns of unequal length, of both kinds or of none are refused", () => {
  const cases: [() => unknown, string][] = [
    [() => mixedTableOf({}), "mixedTableOf: columns must hold at least one column, got none"],
    [
      () => mixedTableOf({ x: [1, 2], y: ["a"] }),
      'mixedTableOf: columns must be equally long, got 1 values in "y" and 2 in "x"',
    ],
    [
      () => mixedTableOf({ x: [1, "a"] }),
      'mixedTableOf: columns must hold numbers or text, not both, got 1 at row 0, column "x"',
    ],
    [
      () => mixedTableOf({ x: [true as never] }),
      'mixedTableOf: columns must hold numbers or text, got true at row 0, column "x"',
    ],
  ];
  for (const [run, message] of cases) assert.throws(run, { name: "InputError", message });
});
