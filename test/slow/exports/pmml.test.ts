import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { definitionPmml } from "#src/exports/definition-pmml.js";
import { runInJpmml } from "#src/exports/run-in-jpmml.js";
import { madeDefinition } from "../../made-definitions.js";
import { wideDefinition, wideRules } from "../../wide-definitions.js";
import { checkOf, placeInJpmml, runScript, withoutTool } from "./model-tools.js";
import { rowsOf } from "./random-customers.js";
import { realDefinitions } from "./real-definitions.js";

const skip = withoutTool("SEGBOOK_JPMML", "a folder with JPMML's jars");
const schema = process.env.SEGBOOK_PMML_SCHEMA;
const withoutSchema = withoutTool("SEGBOOK_PMML_SCHEMA", "the file pmml.xsd out of JPMML's pmml-model jar");
const python = process.env.SEGBOOK_PYPMML;
const withoutPypmml = withoutTool("SEGBOOK_PYPMML", "a Python with pypmml");
const seeds = Array.from({ length: 25 }, (_, i) => i + 1);
const definitions = [...seeds.map(wideDefinition), ...seeds.map(wideRules)];

test("every document is valid by the schema of PMML 4.4, whatever its names", { skip: withoutSchema }, () => {
  for (const definition of definitions) {
    const input = definitionPmml(definition);
    const { status, stderr } = spawnSync("xmllint", ["--noout", "--schema", schema!, "-"], {
      input,
      encoding: "utf8",
      maxBuffer: 1e9,
    });
    assert.equal(status, 0, stderr);
  }
});

test("JPMML passes the rows in every document, and places every row of 50 definitions alike", {
  skip,
}, async () => {
  const tasks = definitions.map((definition, seed) => rowsOf(definition, { count: 200, seed }));
  assert.deepEqual(await placeInJpmml(tasks), { rows: 10_000, differences: 0 });
});

test("PMML4S, a second evaluator, places every row of 50 definitions alike", { skip: withoutPypmml }, () => {
  const tasks = definitions.map((definition, seed) => rowsOf(definition, { count: 200, seed }));
  assert.deepEqual(runScript(python!, "pmml_rows.py", tasks), { rows: 10_000, differences: 0 });
});

test("JPMML refuses a document in which a centre was changed by one", { skip }, async () => {
  const definition = madeDefinition(3);
  const pmml = definitionPmml(definition);
  const task = { definition, columns: definition.recipe.steps.map(() => new Float64Array(0)), expected: [] };
  const centres = [...pmml.matchAll(/(?<=<Array [^>]*>)-?\d+/g)];
  for (const [{ 0: text, index }, by] of [
    [centres[0]!, 1],
    [centres.at(-2)!, -1],
  ] as const) {
    const changed = `${pmml.slice(0, index)}${Number(text) + by}${pmml.slice(index + text.length)}`;
    await assert.rejects(runInJpmml(changed, task, process.env), /JPMML ended with .*do not match/);
  }
});

for (const { name, skip: withoutData, load } of realDefinitions)
  test(`every customer of ${name} and 200,000 random rows lie in the same segment in JPMML and PMML4S`, {
    skip: skip || withoutPypmml || withoutData,
  }, async () => {
    const { definition, customers } = await load();
    const random = { count: 200_000, seed: 1 };
    const check = await checkOf("pmml", definition, { customers, random });
    const rows = definition.verification.length + customers.keys.length + random.count;
    assert.deepEqual(check, ["agrees", 0, null, rows]);
    const tasks = [{ definition, customers }, rowsOf(definition, random)];
    const both = { rows: customers.keys.length + random.count, differences: 0 };
    assert.deepEqual(runScript(python!, "pmml_rows.py", tasks), both);
  });
