import assert from "node:assert/strict";
import { test } from "node:test";
import { assignCustomers } from "#src/segments/assign.js";
import { checkRules } from "#src/segments/check-rules.js";
import type { Condition } from "#src/segments/condition.js";
import type { CustomerValues } from "#src/segments/customer-values.js";
import { defineRules } from "#src/segments/define-rules.js";
import type { RulesDefinition } from "#src/segments/definition.js";
import type { Score } from "#src/segments/rules-model.js";
import { hostileNames } from "../made-definitions.js";
import { madeRuleCustomers, madeRules, smallRules } from "../made-rules.js";

type Value = number | string | null;
type Row = ReadonlyMap<string, Value>;

/** The brief's words, one row at a time: no compiled functions, no shared code. */
function holdsFor(condition: Condition, row: Row, definition: RulesDefinition): boolean {
  if ("all" in condition) {
    for (const one of condition.all) if (!holdsFor(one, row, definition)) return false;
    return true;
  }
  if ("any" in condition) {
    for (const one of condition.any) if (holdsFor(one, row, definition)) return true;
    return false;
  }
  if ("not" in condition) return !holdsFor(condition.not, row, definition);
  if ("of" in condition) assert.fail("no nesting here");
  const value =
    "feature" in condition ? row.get(condition.feature)! : naiveScore(condition.score, row, definition);
  if ("isMissing" in condition) return value === null;
  if (value === null) return false;
  if ("in" in condition) return condition.in.some((one) => one === value);
  const limit =
    typeof condition.value === "object"
      ? new Date(Date.UTC(2026, 2, 31 - condition.value.daysBeforeAsOf)).toISOString().slice(0, 10)
      : condition.value;
  if (condition.is === "=") return value === limit;
  if (condition.is === "!=") return value !== limit;
  if (condition.is === "<") return value < limit;
  if (condition.is === "<=") return value === limit || value < limit;
  if (condition.is === ">") return value > limit;
  return value === limit || value > limit;
}

function naiveScore(name: string, row: Row, definition: RulesDefinition): number | null {
  const score = definition.model.scores.find((one) => one.name === name) as Score;
  const value = row.get(score.feature) as number | null;
  if (value === null) return score.whenMissing;
  let cuts = score.cuts;
  for (const cell of score.within?.cells ?? [])
    if (score.within!.scores.every((outer, i) => naiveScore(outer, row, definition) === cell.at[i]))
      cuts = cell.cuts;
  let above = 0;
  for (const cut of cuts) if (value > cut) above += 1;
  return score.highIsGood ? above + 1 : cuts.length - above + 1;
}

function rowOf(definition: RulesDefinition, customers: CustomerValues, i: number): Row {
  return new Map(
    definition.features.map(({ name, type }) => {
      const value = customers.columns.get(name)?.[i] ?? null;
      if (type === "number") return [name, Number.isFinite(value) ? value : null];
      if (type === "date") return [name, /^\d\d\d\d-\d\d-\d\d$/.test(String(value)) ? value : null];
      return [name, value];
    }),
  );
}

const made = Array.from({ length: 40 }, (_, i) => {
  const definition = madeRules(i + 1, hostileNames);
  return { definition, customers: madeRuleCustomers(definition, i + 1, 100) };
});

test("rules place 40 made-up definitions' customers as a plain reading of each condition does", () => {
  for (const [seed, { definition, customers }] of made.entries()) {
    const { labels } = assignCustomers(definition, customers);
    labels.forEach((label, i) => {
      const row = rowOf(definition, customers, i);
      const rule = definition.model.rules.find(({ when }) => holdsFor(when, row, definition));
      assert.equal(definition.segments[label]?.key, rule?.segment, `seed ${seed}, row ${i}`);
    });
  }
});

test("the cells of the grid decide as the customers in them do: what no cell says of uncovered customers is not found", () => {
  for (const [seed, { definition, customers }] of made.entries()) {
    const found = checkRules(definition, { customers });
    const { inData } = found;
    if (found.isTotal) assert.equal(inData!.uncovered, 0);
    if (found.isDisjoint) assert.equal(inData!.overlapping, 0);
    for (const rule of found.unreachable) assert.equal(inData!.decided[rule], 0, `seed ${seed}`);
    const { labels } = assignCustomers(definition, customers);
    assert.equal(inData!.uncovered, labels.filter((label) => label < 0).length);
    // The verification rows stand in every region of first rules, so an uncovered cell shows among them.
    const isShown = definition.verification.some(({ segment }) => segment === "unassigned");
    if (isShown) assert.equal(found.isTotal, false, `seed ${seed}`);
    if (found.uncovered.all > 0) assert.ok(isShown, `seed ${seed}`);
  }
});

test("distance, runner-up and margin are empty for rules, and rows may come in any order", () => {
  const definition = defineRules(smallRules());
  const columns = {
    spend: [600, 40, Number.NaN, 101, 101],
    visits: [9, 9, 1, Number.NaN, 1],
    country: ["DE", "AT", null, null, "de"],
    joined: ["2026-03-01", "2026-03-02", "2026-03-01", "nonsense", null],
  };
  const place = (order: readonly number[]) =>
    assignCustomers(definition, {
      keys: order.map(String),
      columns: new Map(Object.entries(columns).map(([name, values]) => [name, order.map((i) => values[i]!)])),
    });
  const { labels, distances, runnersUp, margins } = place([0, 1, 2, 3, 4]);
  assert.deepEqual([...labels], [2, 0, 2, 1, 1]);
  assert.ok([...distances, ...margins].every(Number.isNaN));
  assert.deepEqual([...runnersUp], [-1, -1, -1, -1, -1]);
  assert.deepEqual([...place([4, 2, 0, 3, 1]).labels], [1, 2, 2, 1, 0]);
});

test("days count from the as-of date of the definition, or from the one that is given", () => {
  const definition = defineRules(smallRules());
  const customers = {
    keys: ["a"],
    columns: new Map<string, readonly (number | string | null)[]>([
      ["spend", [1]],
      ["visits", [1]],
      ["country", ["DE"]],
      ["joined", ["2026-03-02"]],
    ]),
  };
  assert.deepEqual([...assignCustomers(definition, customers).labels], [0]);
  assert.deepEqual([...assignCustomers(definition, customers, { asOf: "2026-04-01" }).labels], [2]);
});
