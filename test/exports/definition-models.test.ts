import assert from "node:assert/strict";
import { test } from "node:test";
import { InputError } from "#src/core/errors.js";
import { definitionDbt } from "#src/exports/definition-dbt.js";
import { definitionOnnx } from "#src/exports/definition-onnx.js";
import { definitionPmml } from "#src/exports/definition-pmml.js";
import { onnxInputs } from "#src/exports/onnx-inputs.js";
import { verifyTargets } from "#src/exports/verify-targets.js";
import { defineSegments } from "#src/segments/define-segments.js";
import { madeDefinition, smallParts } from "../made-definitions.js";

const hostile = "a\u0007b <script>&\"' ]]> {{ 1/0 }} {% raw %}\n\ud83d\uded2";
const definition = defineSegments(smallParts({ names: new Map([["s1", { name: hostile }]]) }));

test("PMML holds integer centres, the verification rows, and any name as an attribute that XML allows", () => {
  const pmml = definitionPmml(definition);
  assert.equal(pmml, definitionPmml(definition));
  const centres = [...pmml.matchAll(/<Array [^>]*>([^<]*)</g)].map(([, text]) =>
    text!.split(" ").map(Number),
  );
  const far = 2 ** 27;
  assert.deepEqual(centres, [
    [-(2 ** 20), 0, 0],
    [2 ** 20, 0, 0],
    [2 ** 20, 2 ** 21, 0],
    [0, 0, far],
  ]);
  assert.equal(pmml.match(/<row>/g)?.length, definition.verification.length);
  assert.ok(pmml.includes(definition.fingerprint));
  const name = "a\ufffdb &#60;script&#62;&#38;&#34;&#39; ]]&#62; {{ 1/0 }} {% raw %}&#10;\ud83d\uded2";
  assert.ok(pmml.includes(`<Cluster id="s1" name="${name}" size="50">`));
});

test("PMML refuses a feature whose name XML cannot hold", () => {
  assert.throws(
    () => definitionPmml(madeDefinition(1, ["bell\u0007", "b", "c", "d", "e"])),
    (error) => error instanceof InputError && /XML 1\.0 allows, got .*Rename the column$/.test(error.message),
  );
});

test("ONNX says its operator set, fingerprint and inputs; a name that is no identifier gets a plain one", () => {
  const bytes = definitionOnnx(definition);
  assert.deepEqual(bytes, definitionOnnx(definition));
  // ir_version 8, producer_name.
  assert.deepEqual([...bytes.subarray(0, 4)], [8, 8, 0x12, 7]);
  assert.ok(Buffer.from(bytes).includes(definition.fingerprint));
  assert.ok(bytes.length < 5000, `${bytes.length} bytes`);
  const names = onnxInputs(madeDefinition(5, ["spend", 'a"b', "segment", "__proto__", "🛒"])).map(
    ({ name, feature }) => [feature, name],
  );
  for (const [feature, name] of names) assert.equal(name === feature, feature === "spend");
});

test("nothing of a name opens Jinja in dbt's files, and the tests are under arguments", () => {
  const files = definitionDbt(
    defineSegments(smallParts({ names: new Map([["s1", { name: "{{ 1/0 }} {# x #}" }]]) })),
  );
  assert.deepEqual(
    [...files.keys()],
    [
      "macros/segments_small_shop_of.sql",
      "models/segments_small_shop.sql",
      "models/segments_small_shop.yml",
      "seeds/segments_small_shop_verification.csv",
      "tests/segments_small_shop_places_verification_rows.sql",
    ],
  );
  for (const [path, text] of files) {
    const own = text.replaceAll(/\{\{ (["'])\{\1 \}\}/g, "");
    assert.doesNotMatch(own, /\{\{ 1|\{#/, path);
  }
  const properties = files.get("models/segments_small_shop.yml")!;
  assert.match(properties, /enforced: true/);
  assert.match(properties, /accepted_values:\n\s+arguments:\n\s+values:/);
});

test("dbt is refused for a database that it has no adapter for, and a table that is no name", () => {
  assert.throws(() => definitionDbt(definition, { dialect: "sqlite" }), /dialect must be one of/);
  assert.throws(
    () => definitionDbt(definition, { table: 'x") }}' }),
    /table must be a model or source\.table/,
  );
});

test("what is not on this machine is not run, with the reason and what would let it run", async () => {
  const small = defineSegments(smallParts());
  const targets = ["pmml", "onnx", "dbt"];
  const environment = {
    SEGBOOK_ONNXRUNTIME: "/nowhere",
    SEGBOOK_JPMML: "/nowhere",
    SEGBOOK_DBT: "/nowhere/dbt",
  };
  const checks = await verifyTargets(small, { targets, environment });
  assert.deepEqual(
    checks.map(({ status }) => status),
    ["not-run", "not-run", "not-run"],
  );
  assert.match(checks[0]!.reason!, /is not there\. Name in SEGBOOK_JPMML/);
  assert.match(checks[1]!.reason!, /onnxruntime-node is not installed\. npm install/);
  assert.match(checks[2]!.reason!, /there is no dbt\. pip install/);
});
