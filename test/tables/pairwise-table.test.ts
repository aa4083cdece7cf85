import assert from "node:assert/strict";
import { test } from "node:test";
import { dunnTest } from "#src/inference/dunn-test.js";
import { gamesHowell } from "#src/inference/games-howell.js";
import { pairwiseTable } from "#src/tables/pairwise-table.js";

const groups = [
  [1, 2, 3, 4, 5, 6],
  [2, 3, 4, 5, 6, 7],
  [20, 21, 23, 24, 25, 29],
];
const names = ["Regulars", "Guests", "Patrons"];

test("pairs stand largest effect first, with intervals and the p for all of them", () => {
  const table = pairwiseTable(gamesHowell(groups), names);
  assert.equal(table.rows.length, 3);
  assert.deepEqual(table.rows[0]!.slice(0, 2), ["Regulars", "Patrons"]);
  assert.equal(table.rows[0]!.at(-1), "< 0.001");
  assert.match(String(table.rows[2]![3]), /^−\d.* to \d/);
  assert.match(
    table.note!,
    /holds for all 3 pairs at once \(studentized range\)\. The smallest group has 6 rows/,
  );
});

test("ranks have no interval of a difference; each group needs a name", () => {
  assert.equal(pairwiseTable(dunnTest(groups), names).rows[0]![3], "–");
  assert.throws(
    () => pairwiseTable(dunnTest(groups), ["one"]),
    /groupNames must have 3 values \(one per group\)/,
  );
});
