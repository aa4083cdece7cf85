import assert from "node:assert/strict";
import { test } from "node:test";
import { defineSegments } from "#src/segments/define-segments.js";
import { hostileNames, madeDefinition, smallParts } from "../../made-definitions.js";
import { wideRules } from "../../wide-definitions.js";
import { checkOf, withoutTool } from "./model-tools.js";
import { realDefinitions } from "./real-definitions.js";

const skip = withoutTool("SEGBOOK_DBT", "a dbt with the adapter for DuckDB");
const jinja = ["{{ 1/0 }}", "{% raw %}", "{% endraw %}", "{# comment #}", "}}", `{{ env_var("HOME") }}`];

test("dbt builds a definition whose names look like Jinja: seed, model, contract and every test pass", {
  skip,
}, async () => {
  const names = new Map([["s1", { name: `${jinja.join(" ")}\n"quoted" 'too' \\ : - & * 🛒` }]]);
  const small = defineSegments(smallParts({ names }));
  for (const definition of [small, madeDefinition(5, jinja), madeDefinition(4, hostileNames), wideRules(3)]) {
    const check = await checkOf("dbt", definition, { random: { count: 1000, seed: 1 } });
    assert.deepEqual(check.slice(0, 3), ["agrees", 0, null]);
  }
});

test("dbt build fails when the segment of a verification row was changed", { skip }, async () => {
  const definition = defineSegments(smallParts());
  const [first, ...others] = definition.verification;
  const wrong = { ...first!, segment: first!.segment === "s1" ? "s2" : "s1" };
  const [status, , reason] = await checkOf("dbt", { ...definition, verification: [wrong, ...others] });
  assert.equal(status, "failed");
  assert.match(
    reason!,
    /^dbt build ended with Failure in test segments_small_shop_places_verification_rows .*Got 1 result/,
  );
});

for (const { name, skip: withoutData, load } of realDefinitions)
  test(`every customer of ${name} and 200,000 random rows lie in the same segment in dbt`, {
    skip: skip || withoutData,
  }, async () => {
    const { definition, customers } = await load();
    const check = await checkOf("dbt", definition, { customers, random: { count: 200_000, seed: 1 } });
    const rows = definition.verification.length + customers.keys.length + 200_000;
    assert.deepEqual(check, ["agrees", 0, null, rows]);
  });
