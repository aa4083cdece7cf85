import assert from "node:assert/strict";
import { test } from "node:test";
import { folderNames } from "#src/commands/grid-names.js";

const namesOf = (rows: readonly (readonly (readonly [string, unknown])[])[]): string[] =>
  folderNames(rows.map((chosen) => ({ parameters: new Map(), chosen })));

test("a folder is named by what sets its run apart", () => {
  assert.deepEqual(
    namesOf([
      [
        ["asOf", "2026-01-31"],
        ["clusterCount", 5],
      ],
    ]),
    ["asOf=2026-01-31,clusterCount=5"],
  );
});

test("what no file name may hold is replaced, and equal names are told apart", () => {
  assert.deepEqual(
    namesOf([
      [["title", "../a:b"]],
      [["title", "../a*b"]],
      [["title", ""]],
      [["title", "été 🙂"]],
      [["counts", [2, 6]]],
      [["title", "A"]],
      [["title", "a"]],
    ]),
    ["title=.._a_b", "title=.._a_b-2", "title=empty", "title=été _", "counts=_2_6_", "title=A", "title=a-2"],
  );
  assert.ok(namesOf([[["title", "x".repeat(500)]]])[0]!.length < 60);
});
