import assert from "node:assert/strict";
import { test } from "node:test";
import { searchTable } from "#src/tables/search-table.js";

const settings = { counts: [1, 10], starts: 50, seed: 7, whenNothingReliable: "constructive" } as const;

function rowsByStep(table: ReturnType<typeof searchTable>): Map<unknown, unknown> {
  return new Map(table.rows.map(([step, how]) => [step, how]));
}

test("the method names the gap's box, power and rule, and how blocks are weighted", () => {
  const plain = rowsByStep(searchTable(settings));
  assert.match(String(plain.get("Gap: box")), /principal axes/);
  assert.match(String(plain.get("Gap: power")), /squared/);
  assert.match(String(plain.get("Gap: rule")), /smallest count .+ standard error/);
  assert.match(String(plain.get("Gap: comparison")), /^200 data sets/);
  assert.equal(plain.get("Weights"), "every feature counts the same");
  assert.equal(plain.get("Counts tried"), "1 to 10");
  const weights = new Map([["survey", 0.5]]);
  const weighted = rowsByStep(searchTable({ ...settings, weights, clusterCount: 4, thorough: true }));
  assert.equal(weighted.get("Weights"), "by block: survey 0.5; any other 1");
  assert.equal(weighted.get("Counts tried"), "1 to 10; the analyst asks for 4");
  assert.doesNotMatch(String(plain.get("Verdict")), /thorough/);
  assert.match(String(weighted.get("Verdict")), /thorough: twice as many copies and refits$/);
});
