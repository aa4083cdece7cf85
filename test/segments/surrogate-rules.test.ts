import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandom } from "#src/core/random.js";
import { assignCustomers } from "#src/segments/assign.js";
import { checkRules } from "#src/segments/check-rules.js";
import { defineSegments } from "#src/segments/define-segments.js";
import { requireTotal } from "#src/segments/require-total.js";
import { surrogateRules } from "#src/segments/surrogate-rules.js";
import { definitionText } from "#src/segments/write-definition.js";
import { smallParts } from "../made-definitions.js";

const clusters = defineSegments(smallParts());

function customersOf(count: number, seed: number) {
  const random = createRandom(seed);
  const keys = Array.from({ length: count }, (_, i) => `C-${String(i).padStart(5, "0")}`);
  const spend = keys.map(() => (random.below(20) === 0 ? Number.NaN : 10 + 4 * random.normal()));
  const visits = keys.map(() =>
    random.below(10) === 0 ? Number.NaN : Math.floor(Math.exp(1 + random.normal())),
  );
  return {
    keys,
    columns: new Map([
      ["spend", spend],
      ["visits", visits],
    ]),
  };
}

test("rules that stand in for clusters say how many customers they move, counted here one by one", () => {
  const customers = customersOf(2000, 3);
  const rules = surrogateRules(clusters, customers);
  const own = assignCustomers(clusters, customers).labels;
  const byRule = assignCustomers(rules, customers).labels;
  let same = 0;
  for (let i = 0; i < own.length; i++) if (own[i] === byRule[i]) same++;
  const { surrogate } = rules;
  assert.equal(surrogate!.agreement, same / 2000);
  assert.ok(surrogate!.agreement > 0.9, String(surrogate!.agreement));
  assert.deepEqual([surrogate!.of, rules.lineage], [clusters.fingerprint, clusters.fingerprint]);
  // Who cannot be placed by the clusters is not placed by the rules.
  own.forEach((label, i) => {
    assert.equal(label < 0, byRule[i]! < 0);
  });
  for (const { key, found, right } of surrogate!.segments) {
    const j = Number(key.slice(1)) - 1;
    const both = own.filter((label, i) => label === j && byRule[i] === j).length;
    assert.equal(found, both / own.filter((label) => label === j).length);
    assert.equal(right, both / byRule.filter((label) => label === j).length);
  }
  const { isDisjoint } = checkRules(rules);
  assert.equal(isDisjoint, true);
  requireTotal("exportDefinition", rules);
});

test("the order of the customers changes no byte of the rules, and rules have no surrogate of their own", () => {
  const { keys, columns } = customersOf(500, 4);
  const order = keys.map((_, i) => keys.length - 1 - i);
  const turned = {
    keys: order.map((i) => keys[i]!),
    columns: new Map([...columns].map(([name, values]) => [name, order.map((i) => values[i]!)])),
  };
  const rules = surrogateRules(clusters, { keys, columns });
  assert.equal(definitionText(surrogateRules(clusters, turned)), definitionText(rules));
  assert.throws(
    () => surrogateRules(rules, { keys, columns }),
    /must be of clusters, got rules in "small-shop-rules"/,
  );
});
