import assert from "node:assert/strict";
import { test } from "node:test";
import ts from "typescript";
import { exportDefinition } from "#src/exports/export-definition.js";
import { verifyTargets } from "#src/exports/verify-targets.js";
import { defineSegments } from "#src/segments/define-segments.js";
import type { Definition } from "#src/segments/definition.js";
import { madeDefinition, smallParts } from "../made-definitions.js";
import { wideDefinition, wideRules } from "../wide-definitions.js";

const strictest: ts.CompilerOptions = {
  strict: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  isolatedModules: true,
  target: ts.ScriptTarget.ES2020,
  module: ts.ModuleKind.ESNext,
  lib: ["lib.es2020.d.ts"],
  types: [],
  noEmit: true,
};

/** What the compiler says of modules at its strictest. */
function complaints(modules: ReadonlyMap<string, string>): string[] {
  const host = ts.createCompilerHost(strictest);
  const { readFile, fileExists } = host;
  host.readFile = (name) => modules.get(name) ?? readFile(name);
  host.fileExists = (name) => modules.has(name) || fileExists(name);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version) =>
    modules.has(name) ? ts.createSourceFile(name, modules.get(name)!, version) : getSourceFile(name, version);
  const program = ts.createProgram([...modules.keys()], strictest, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
}

const text = (definition: Definition): string => exportDefinition(definition, { to: "typescript" });

test("a module checks at the compiler's strictest and imports nothing, whatever the names", () => {
  const definitions = [1, 2, 12].flatMap((seed) => [wideDefinition(seed), wideRules(seed)]);
  const modules = new Map(definitions.map((definition, i) => [`/made/m${i}.ts`, text(definition)]));
  assert.deepEqual(complaints(modules), []);
  for (const content of modules.values()) assert.doesNotMatch(content, /^\s*import\b/m);
});

test("a module of 8 features and 6 segments has less than 8 kB", () => {
  const features = Array.from({ length: 8 }, (_, j) => `average_order_value_${j}`);
  const steps = features.map((feature, j) => ({
    feature,
    impute: 12.345678901234567 + j,
    whenMissing: "impute" as const,
    transform: "log1p" as const,
    centre: Math.PI * (j + 1),
    scale: Math.SQRT2 / (j + 3),
  }));
  const centres = Array.from({ length: 6 }, (_, s) => steps.map((_, j) => -2.1234567 + (s * 8 + j) / 13)).map(
    (centre) => centre.map((value) => Math.round(value * 2 ** 20) / 2 ** 20),
  );
  const definition = defineSegments({
    ...smallParts(),
    recipe: { latticeBits: 20, clamp: 8, steps, notes: [] },
    features: features.map((name) => ({
      name,
      label: name,
      unit: "EUR",
      type: "number",
      role: "basis",
      meaning: name,
    })),
    fit: { centres, sizes: centres.map(() => 100) },
    verdicts: centres.map(() => "natural"),
  });
  const bytes = Buffer.byteLength(text(definition));
  assert.ok(bytes < 8000, `${bytes} bytes`);
});

test("Node places every row of made-up definitions as we do: clusters, rules, scores, dates, embedded definitions", async () => {
  for (const definition of [1, 2, 5].flatMap((seed) => [madeDefinition(seed), wideRules(seed)])) {
    const random = { count: 300, seed: 4 };
    const [check] = await verifyTargets(definition, { targets: ["typescript"], random });
    assert.deepEqual([check?.status, check?.disagreements, check?.reason], ["agrees", 0, null]);
    assert.equal(check?.rows, 300 + definition.verification.length);
  }
});
