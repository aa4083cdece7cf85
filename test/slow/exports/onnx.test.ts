import assert from "node:assert/strict";
import { test } from "node:test";
import { madeCustomers, madeDefinition } from "../../made-definitions.js";
import { wideDefinition, wideRules } from "../../wide-definitions.js";
import { checkOf, runScript, withoutTool } from "./model-tools.js";
import { rowsOf } from "./random-customers.js";
import { realDefinitions } from "./real-definitions.js";

const skip = withoutTool("SEGBOOK_ONNXRUNTIME", "the folder of the package onnxruntime-node");
const python = process.env.SEGBOOK_ONNX_PYTHON;
const withoutPython = withoutTool("SEGBOOK_ONNX_PYTHON", "a Python with onnx and onnxruntime");

test("300 k-means definitions of up to 32 features and 40 segments place every row alike in onnxruntime", {
  skip,
}, async () => {
  for (let seed = 1; seed <= 300; seed++) {
    const definition = wideDefinition(seed);
    const check = await checkOf("onnx", definition, { random: { count: 300, seed } });
    assert.deepEqual(check.slice(0, 3), ["agrees", 0, null], `definition ${seed}`);
  }
});

test("60 rule definitions with texts, dates and embedded definitions place every row alike in onnxruntime", {
  skip,
}, async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const check = await checkOf("onnx", wideRules(seed), { random: { count: 300, seed } });
    assert.deepEqual(check.slice(0, 3), ["agrees", 0, null], `definition ${seed}`);
  }
});

test("the models pass ONNX's own checker, and distance, margin and runner-up are ours to the last bit", {
  skip: withoutPython,
}, () => {
  const seeds = Array.from({ length: 40 }, (_, i) => i + 1);
  const found = seeds.map((seed) => {
    const definition = madeDefinition(seed);
    return { definition, customers: madeCustomers(definition, seed, 200) };
  });
  const drawn = seeds.map((seed) => rowsOf(wideRules(seed), { count: 200, seed }));
  assert.deepEqual(runScript(python!, "onnx_rows.py", [...found, ...drawn]), {
    rows: 16_000,
    differences: 0,
  });
});

for (const { name, skip: withoutData, load } of realDefinitions)
  test(`every customer of ${name} and 200,000 random rows lie in the same segment in onnxruntime`, {
    skip: skip || withoutData,
  }, async () => {
    const { definition, customers } = await load();
    const check = await checkOf("onnx", definition, { customers, random: { count: 200_000, seed: 1 } });
    const rows = definition.verification.length + customers.keys.length + 200_000;
    assert.deepEqual(check, ["agrees", 0, null, rows]);
  });
