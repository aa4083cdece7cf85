import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { readWorkbook } from "#src/config/read-workbook.js";
import { InputError } from "#src/core/errors.js";
import { sha256 } from "#src/core/sha256.js";
import { listCatalogue } from "#src/features/catalogue.js";
import { checkDefinition } from "#src/segments/check-definition.js";
import { defineSegments, definitionId } from "#src/segments/define-segments.js";
import type { Definition } from "#src/segments/definition.js";
import { toDefinitionFeature } from "#src/segments/definition-feature.js";
import { fingerprintOf } from "#src/segments/fingerprint.js";
import { readDefinition } from "#src/segments/read-definition.js";
import { definitionText, writeDefinition } from "#src/segments/write-definition.js";
import { madeDefinition, smallParts } from "../made-definitions.js";

const folder = mkdtempSync(join(tmpdir(), "segbook-definition-"));
const path = join(folder, "d.json");
after(() => rmSync(folder, { recursive: true }));

function refusal(content: string): string {
  writeFileSync(path, content);
  try {
    readDefinition(path);
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return error.message.replaceAll(path, "d.json");
  }
  assert.fail("must be refused");
}

test("a definition survives a file unchanged, whatever its names", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const definition = madeDefinition(seed);
    writeDefinition(path, definition);
    assert.deepEqual(readDefinition(path), definition);
  }
});

test("the same parts give the same bytes, and the fingerprint is that of the canonical JSON without it", () => {
  const definition = defineSegments(smallParts());
  assert.equal(definitionText(defineSegments(smallParts())), definitionText(definition));
  const { fingerprint, ...rest } = definition;
  // Members of every object in alphabetical order and no spaces, done here without canonicalJson.
  const sorted = (_: string, value: unknown) =>
    value && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  assert.equal(fingerprint, sha256(JSON.stringify(rest, sorted)));
});

test("centres become whole lattice steps, segments are named by the analyst, else by suggestion, else by number", () => {
  const definition = defineSegments(
    smallParts({
      names: new Map([["s1", { name: "Loyal", description: "Come back" }]]),
      suggestedNames: new Map([
        ["s1", { name: "ignored" }],
        ["s2", { name: "Big spenders" }],
      ]),
    }),
  );
  assert.deepEqual(definition.model.centres, [
    [-1048576, 0],
    [1048576, 0],
    [1048576, 2097152],
  ]);
  assert.deepEqual(definition.segments, [
    { key: "s1", name: "Loyal", description: "Come back", size: 50, verdict: "natural" },
    { key: "s2", name: "Big spenders", description: "", size: 30, verdict: "reproducible" },
    { key: "s3", name: "Segment 3", description: "", size: 20, verdict: "constructive" },
  ]);
});

test("verification rows lie on both sides of each border, with missing and extreme values among them", () => {
  const { verification } = defineSegments(smallParts());
  // The border of s1 and s2 is spend 10 at one visit fewer than e: the tie goes to s1, three lattice steps decide.
  const nearBorder = verification.filter(
    ({ inputs: [spend, visits] }) =>
      Math.abs(Number(spend) - 10) < 1e-4 && Math.abs(Number(visits) - (Math.E - 1)) < 1e-4,
  );
  assert.deepEqual(
    nearBorder.map((row) => row.segment),
    ["s1", "s2", "s1"],
  );
  assert.ok(verification.some(({ inputs, segment }) => inputs[0] === null && segment === "unassigned"));
  assert.ok(verification.some(({ inputs, segment }) => inputs[1] === null && segment !== "unassigned"));
  assert.ok(verification.some(({ inputs }) => inputs[0] === -1e300));
  assert.equal(new Set(verification.map((row) => JSON.stringify(row.inputs))).size, verification.length);
});

test("parts that do not fit together are refused", () => {
  const parts = smallParts();
  const offLattice = [[0.1, 0]];
  const cases: readonly (readonly [overrides: object, message: RegExp])[] = [
    [
      { fit: { centres: offLattice, sizes: [1] }, verdicts: ["natural"] },
      /centres must be multiples of 2\^-20, got 0.1 in that of segment s1/,
    ],
    [{ verdicts: ["natural"] }, /verdicts must have 3 values \(one per centre\), got 1/],
    [{ fit: { ...parts.fit, sizes: [1] } }, /sizes must have 3 values/],
    [{ fit: { ...parts.fit, columnWeights: [1, 4] } }, /fit must be without columnWeights/],
    [
      { names: new Map([["s4", { name: "x" }]]) },
      /names must be for segments that exist \(s1, s2, s3\), got "s4"/,
    ],
    [{ id: "My Shop" }, /id must match pattern/],
    [{ keyName: "spend" }, /no feature must be called like the key, got "spend" in both/],
    [
      { features: parts.features.slice(1) },
      /features must list every feature of the recipe, got none called "spend"/,
    ],
    [{ features: [...parts.features, parts.features[0]] }, /feature names must differ, got "spend" twice/],
    [{ version: 0 }, /version must be a whole number of at least 1, got 0/],
    [
      { recipe: { ...parts.recipe, steps: [{ ...parts.recipe.steps[0], scale: 0 }, parts.recipe.steps[1]] } },
      /recipe.steps.0.scale must be > 0, got 0/,
    ],
    [
      {
        recipe: { ...parts.recipe, steps: [parts.recipe.steps[0], { ...parts.recipe.steps[1], impute: -1 }] },
      },
      /recipe must impute a value that log1p takes, got -1 for "visits"/,
    ],
  ];
  for (const [overrides, message] of cases) {
    assert.throws(
      () => defineSegments({ ...parts, ...overrides }),
      (error: Error) => {
        assert.ok(error instanceof InputError, error.stack);
        assert.match(error.message, /^defineSegments: /);
        assert.match(error.message, message);
        return true;
      },
    );
  }
});

test("a file that is cut off, changed, newer, or no definition is refused with its place", () => {
  const definition = defineSegments(smallParts());
  const text = definitionText(definition);
  assert.equal(
    refusal(text.slice(0, text.indexOf('"keyName"'))),
    "readDefinition: the file must be JSON, got an end of file too early at line 5 of d.json",
  );
  assert.equal(
    refusal(text.replace('"version": 1,', '"version": 1;')),
    "readDefinition: the file must be JSON, got a character that JSON does not allow there at line 4 of d.json",
  );
  assert.equal(
    refusal("id,spend\na,1\n"),
    "readDefinition: the file must be JSON, got something else in d.json",
  );
  assert.match(
    refusal(text.replace("[-1048576, 0]", "[-1048575, 0]")),
    /^readDefinition: fingerprint must be that of the content \([0-9a-f]{12}…\), got [0-9a-f]{12}… in d.json. The file was changed after it was written \(by its verification rows in model\.centres\.0\.0\)/,
  );
  assert.match(refusal(text.replace('"centre": 10,', '"centre": 10.5,')), /rows in recipe\.steps\.0\)/);
  assert.match(refusal(text.replace('"Segment 2"', '"Segment II"')), /rows in a member that places nobody/);
  assert.match(refusal(text.replace(/"segment": "s2"/, '"segment": "s3"')), /rows in verification\)/);
  assert.equal(
    refusal(text.replace('"schemaVersion": 1', '"schemaVersion": 2')),
    "readDefinition: schemaVersion must be 1, the newest that this segbook knows, got 2 in d.json. Update segbook",
  );
  assert.equal(
    refusal(text.replace("[-1048576, 0]", "[-1048576.5, 0]")),
    "readDefinition: model.centres.0.0 must be integer, got -1048576.5 in d.json",
  );
  assert.equal(refusal("[]"), "readDefinition: the definition must be object, got an array of 0 in d.json");
  assert.equal(refusal("null"), "readDefinition: the definition must be object, got null in d.json");
  assert.equal(
    refusal(""),
    "readDefinition: the file must be JSON, got an end of file too early at line 1 of d.json",
  );
  assert.equal(refusal("{}"), 'readDefinition: the definition must have a member "schemaVersion" in d.json');
  assert.equal(
    refusal(text.replace('"clamp"', '"clamps"')),
    'readDefinition: recipe must have a member "clamp" in d.json',
  );
  assert.throws(() => readDefinition(join(folder, "none.json")), /path must name a definition file/);
});

test("a definition that disagrees with itself is refused even with the right fingerprint", () => {
  const definition = defineSegments(smallParts());
  const forged = (changes: Partial<Definition>): string => {
    const changed = { ...definition, ...changes };
    return refusal(definitionText({ ...changed, fingerprint: fingerprintOf(changed) }));
  };
  assert.match(forged({ segments: definition.segments.slice(1) }), /one row per segment \(2\), got 3/);
  assert.match(
    forged({ model: { kind: "kmeans-lattice", centres: [[1], [2], [3]] } }),
    /model.centres.0 must have one value per recipe step \(2\), got 1/,
  );
  assert.match(
    forged({ segments: [...definition.segments].reverse() }),
    /segments.1.key must have a higher number than s3 before it, got "s2"/,
  );
  checkDefinition("test", definition);
});

test("an id is made of the letters of a name", () => {
  assert.equal(definitionId("Sample shop"), "sample-shop");
  assert.equal(definitionId("  Café 2026/Q1 "), "cafe-2026-q1");
  assert.equal(definitionId("顧客"), "segments");
});

test("every member in the JSON Schema is described, so that a reader needs nothing else", () => {
  const undescribed: string[] = [];
  const visit = (schema: unknown, at: string): void => {
    if (typeof schema !== "object" || schema === null) return;
    for (const [name, member] of Object.entries((schema as { properties?: object }).properties ?? {}))
      if (!("description" in member) && !("const" in member) && !("$ref" in member))
        undescribed.push(`${at}.${name}`);
    for (const [name, member] of Object.entries(schema)) visit(member, `${at}.${name}`);
  };
  visit(JSON.parse(readFileSync("schema/definition.schema.json", "utf8")), "");
  assert.deepEqual(undescribed, []);
});

test("the JSON Schema knows every expression of the catalogue", () => {
  const checker = new Ajv2020({ strict: true, allowUnionTypes: true });
  checker.addSchema(JSON.parse(readFileSync("schema/definition.schema.json", "utf8")));
  const isFeature = checker.compile({ $ref: "urn:segbook:definition:1#/$defs/feature" });
  const features = listCatalogue(readWorkbook("data/sample/segbook.yaml")).map(toDefinitionFeature);
  assert.ok(features.length > 50);
  for (const feature of features) assert.ok(isFeature(feature), feature.name);
  const broken = { ...features.find(({ name }) => name === "spend")!, expression: { kind: "sum" } };
  assert.equal(isFeature(broken), false);
});

test("the JSON Schema file says which draft it follows", () => {
  const schema = JSON.parse(readFileSync("schema/definition.schema.json", "utf8"));
  assert.equal(schema.$schema, "https://json-schema.org/draft/2020-12/schema");
});

test("a file of 50 MB, and one nested without end, are refused at once", () => {
  const huge = `{"schemaVersion": 1, "notes": [${'"x", '.repeat(10_000_000)}"x"]}`;
  assert.equal(
    refusal(huge),
    "readDefinition: path must name a file of at most 16 MB, got 48 MB in d.json. A definition holds no customers",
  );
  const deep = `${'{"nested":['.repeat(400_000)}${"]}".repeat(400_000)}`;
  assert.equal(
    refusal(deep),
    "readDefinition: the file must not nest deeper than 250 levels, got a deeper one in d.json",
  );
});

test("names of every kind survive, and where they cannot they are refused", () => {
  const names = ["two\nlines", "*/", "<script>alert(1)</script>", '=HYPERLINK("x")', "🛒", "n".repeat(200)];
  for (const name of names) {
    const definition = defineSegments(smallParts({ names: new Map([["s1", { name }]]) }));
    writeDefinition(path, definition);
    assert.equal(readDefinition(path).segments[0]!.name, name);
  }
  assert.throws(
    () => defineSegments(smallParts({ names: new Map([["s1", { name: "a\0b" }]]) })),
    /segments\.0\.name must match pattern/,
  );
});

test("a definition says who answers for it, what came before it, and how its features are computed", () => {
  const parts = smallParts();
  const expression = { kind: "aggregate", aggregate: "sum", of: { kind: "column", name: "amount" } } as const;
  const definition = defineSegments({
    ...parts,
    features: parts.features.map((feature) => ({
      ...feature,
      source: "transactions",
      window: "all",
      expression,
    })),
    lineage: "a".repeat(64),
    owner: "CRM team",
    notes: ["Agreed in March."],
  });
  writeDefinition(path, definition);
  const { lineage, owner, notes, features } = readDefinition(path);
  assert.deepEqual(
    { lineage, owner, notes },
    { lineage: "a".repeat(64), owner: "CRM team", notes: ["Agreed in March."] },
  );
  assert.deepEqual(features[0]!.expression, expression);
});
