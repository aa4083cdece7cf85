import assert from "node:assert/strict";
import { test } from "node:test";
import { findCommonRows } from "#src/refresh/common-rows.js";
import { matchSegments } from "#src/refresh/match-segments.js";
import { assignCustomers } from "#src/segments/assign.js";
import { defineSegments } from "#src/segments/define-segments.js";
import { holdCustomers } from "#src/workbook/refresh-hold.js";
import { continueKeys, highestKey } from "#src/workbook/refresh-keys.js";
import { describeMigration } from "#src/workbook/refresh-migration.js";
import { workbookNotes } from "#src/workbook/refresh-notes.js";
import { configOf } from "../features/sample-config.js";
import { smallParts } from "../made-definitions.js";

const labelsOf = (counts: readonly (readonly [number, number, number])[]) => ({
  before: counts.flatMap(([a, , times]) => Array.from({ length: times }, () => a)),
  after: counts.flatMap(([, b, times]) => Array.from({ length: times }, () => b)),
});

test("who goes on keeps its key in the old order, new ones take numbers that were never used, largest first", () => {
  // s2 goes on as 3, s4 as 0; s3 falls into 1 and 2.
  const matching = matchSegments({
    ...labelsOf([
      [0, 3, 90],
      [1, 1, 40],
      [1, 2, 50],
      [2, 0, 70],
    ]),
    beforeCount: 3,
    afterCount: 4,
  });
  const keys = continueKeys(matching, { former: ["s2", "s3", "s4"], sizes: [70, 40, 50, 90], highest: 11 });
  assert.deepEqual(keys, {
    order: [3, 0, 2, 1],
    keys: ["s2", "s4", "s12", "s13"],
    keeps: [0, 2, null, null],
  });
  assert.equal(highestKey(["s2", "s10", "s9"]), 10);
  assert.equal(highestKey([]), 0);
});

test("customers of two dates are found by key", () => {
  const { before, after, lapsed, arrived } = findCommonRows(["a", "b", "d"], ["b", "c", "d", "e"]);
  assert.deepEqual([[...before], [...after], [...lapsed], [...arrived]], [[1, 2], [0, 2], [0], [1, 3]]);
  assert.deepEqual([...findCommonRows([], ["a"]).arrived], [0]);
});

const definition = defineSegments(smallParts());
const customers = (spend: readonly number[]) => ({
  keys: spend.map((_, i) => `c${i}`),
  columns: new Map([
    ["spend", spend],
    ["visits", spend.map(() => Math.E - 1)],
  ]),
});

test("a customer on a border stays until the second refresh in a row, and is marked", () => {
  // The border of s1 and s2 is a spend of 10: 10.02 lies just beyond it, 12 far.
  const assignment = assignCustomers(definition, customers([10.02, 12, 8]));
  const s1 = new Int32Array(3);
  const common = findCommonRows(assignment.keys, assignment.keys);
  const hold = (nearest: Int32Array, limit: number | undefined) =>
    holdCustomers(
      {
        before: { customers: { keys: assignment.keys, labels: s1, nearest }, definition },
        assignment,
        definition,
        common,
      },
      limit,
    );
  assert.deepEqual([...assignment.labels], [1, 1, 0]);
  assert.deepEqual([...hold(s1, 0.05).labels], [0, 1, 0]);
  assert.deepEqual(hold(s1, 0.05).hysteresis, { limit: 0.05, moves: 2, heldBack: 1 });
  assert.deepEqual([...hold(assignment.labels, 0.05).labels], [1, 1, 0]);
  assert.deepEqual([...hold(s1, undefined).labels], [1, 1, 0]);
  assert.equal(hold(s1, undefined).hysteresis, undefined);
});

test("parts of size and revenue add up exactly, for keys that are gone and for those in no segment too", () => {
  const later = defineSegments(smallParts({ keys: ["s1", "s3", "s4"] }));
  const scores = (byOld: readonly number[], byNew: readonly number[], spend: readonly number[]) => ({
    byOldDefinition: Int32Array.from(byOld),
    byNewDefinition: Int32Array.from(byNew),
    spend: Float64Array.from(spend),
  });
  const { decomposition, matrix } = describeMigration({
    before: {
      keys: ["a", "b", "c"],
      labels: Int32Array.of(0, 1, -1),
      ...scores([0, 1, -1], [0, 2, -1], [1001, 3333, 0]),
    },
    after: {
      keys: ["b", "c", "d", "e"],
      labels: Int32Array.of(2, 1, 0, 0),
      ...scores([1, 2, 0, 0], [2, 1, 0, 0], [777, 50, 25, 1]),
    },
    common: findCommonRows(["a", "b", "c"], ["b", "c", "d", "e"]),
    oldDefinition: definition,
    newDefinition: later,
    money: { currency: "EUR", decimals: 2 },
  });
  const keys = ["s1", "s2", "s3", "s4", "unassigned"];
  for (const changes of [decomposition.customers, decomposition.revenue!.changes]) {
    assert.deepEqual(
      changes.map(({ key }) => key),
      keys,
    );
    for (const { change, customersChanged, definitionChanged, baseChanged } of changes)
      assert.equal(customersChanged + definitionChanged + baseChanged, change);
  }
  assert.deepEqual(
    decomposition.customers.map(({ before, after }) => [before, after]),
    [
      [1, 2],
      [1, 0],
      [0, 1],
      [0, 1],
      [1, 0],
    ],
  );
  assert.deepEqual([matrix.common, matrix.arrived, matrix.lapsed], [2, 2, 1]);
});

test("what the workbook asks for and a frozen recipe does not do is said", () => {
  const config = (basis: readonly string[], names: readonly string[]) =>
    configOf([], { basis, names: new Map(names.map((key) => [key, { name: key }])) });
  assert.deepEqual(workbookNotes(config(["spend", "visits"], ["s1", "s3"]), [definition]), []);
  assert.deepEqual(workbookNotes(config(["spend", "age"], ["s1", "s9"]), [definition]), [
    "The workbook's basis is not that of the frozen recipe (age is new, visits is gone). The recipe holds; a new basis takes a new history.",
    "The workbook names s9, a key that no segment has any more.",
  ]);
});
