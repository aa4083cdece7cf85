import assert from "node:assert/strict";
import { test } from "node:test";
import { InputError } from "#src/core/errors.js";
import { assignCustomers } from "#src/segments/assign.js";
import { checkDefinition } from "#src/segments/check-definition.js";
import { checkRules } from "#src/segments/check-rules.js";
import type { Condition } from "#src/segments/condition.js";
import { defineRules, type RulesToDefine } from "#src/segments/define-rules.js";
import { defineSegments } from "#src/segments/define-segments.js";
import type { Definition } from "#src/segments/definition.js";
import { inputsOf } from "#src/segments/definition-inputs.js";
import { fingerprintOf } from "#src/segments/fingerprint.js";
import { definitionText } from "#src/segments/write-definition.js";
import { smallParts } from "../made-definitions.js";
import { featureOf, smallRules } from "../made-rules.js";

function refusal(overrides: Partial<RulesToDefine>): string {
  try {
    defineRules(smallRules(overrides));
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return error.message.replace(/^defineRules: /, "");
  }
  assert.fail("must be refused");
}

const oneRule = (when: unknown): Partial<RulesToDefine> => ({
  segments: [{ name: "All" }],
  rules: [{ segment: "s1", when: when as Condition }],
});

test("the same rules give the same bytes, in whatever order the customers come that are counted", () => {
  const customers = (order: readonly number[]) => ({
    keys: order.map(String),
    columns: new Map<string, readonly (number | string | null)[]>([
      ["spend", order.map((i) => i * 100)],
      ["visits", order.map((i) => i)],
      ["country", order.map(() => "AT")],
      ["joined", order.map((i) => `2026-03-0${i}`)],
    ]),
  });
  const text = definitionText(defineRules(smallRules({ customers: customers([1, 2, 3, 4]) })));
  assert.equal(definitionText(defineRules(smallRules({ customers: customers([4, 2, 1, 3]) }))), text);
  assert.match(text, /"size": 3/);
});

test("what is wrong in a rule is said with its place", () => {
  const cases: readonly (readonly [Partial<RulesToDefine>, RegExp])[] = [
    [
      oneRule({ feature: "spendings", is: ">", value: 1 }),
      /0\.when\.feature must name a feature of the definition, got "spendings"/,
    ],
    [oneRule({ feature: "spend", is: ">", value: "1" }), /must compare "spend" with a number, got "1"/],
    [
      oneRule({ feature: "country", is: ">", value: "DE" }),
      /must be = or != for a category, which has no order, got >/,
    ],
    [
      oneRule({ feature: "joined", is: ">", value: "2026-02-30" }),
      /must compare "joined" with a day such as 2026-01-31/,
    ],
    [oneRule({ feature: "spend", is: "=>", value: 1 }), /when\.is must be one of < <= > >= = !=, got "=>"/],
    [oneRule({ feature: "spend", value: 1 }), /when must have the members of one condition/],
    [
      oneRule({ feature: "spend", is: "<", value: Number.NaN }),
      /value must be a finite number or a text, got NaN/,
    ],
    [oneRule({ score: "W", is: "=", value: 1 }), /must name a score of the model, got "W"/],
    [oneRule({ score: "V", in: [1.5] }), /must compare a score with whole numbers, got 1.5/],
    [
      oneRule({ segment: "s1", of: "eco" }),
      /of must be the id of a nested definition \(there is none\), got "eco"/,
    ],
    [
      oneRule({ all: [{ not: [] }] }),
      /model\.rules\.0\.when\.all\.0\.not must be a condition, got an array of 0/,
    ],
    [{ rules: [{ segment: "s9", when: { all: [] } }] }, /must be the key of a segment, got "s9"/],
    [
      { rules: [{ segment: "s1", when: { all: [] } }] },
      /must lead to every segment, got none that leads to s2/,
    ],
    [
      { createdFor: null },
      /createdFor must be a day where a rule counts days from it \(model\.rules\.0\.when\), got null/,
    ],
    [{ scores: [{ ...smallRules().scores![0]!, cuts: [5, 2] }] }, /cuts must ascend, got \[5, 2\]/],
    [
      { scores: [{ ...smallRules().scores![0]!, feature: "country" }] },
      /must name a feature that is a number, got "country", a category/,
    ],
    [{ scores: [smallRules().scores![1]!] }, /within\.scores must name scores that come before, got "V"/],
    [
      { features: [...smallRules().features, featureOf("customer", "number")] },
      /no feature must be called like the key/,
    ],
  ];
  for (const [overrides, message] of cases) assert.match(refusal(overrides), message);
  let deep: Condition = { all: [] };
  for (let i = 0; i < 40; i++) deep = { not: deep };
  assert.match(refusal(oneRule(deep)), /must be at most 32 conditions deep, got a deeper one/);
});

test("verification rows stand just below, at and just above every cut, and lack each value once", () => {
  const { verification } = defineRules(smallRules());
  const values = (column: number) => new Set(verification.map(({ inputs }) => inputs[column]));
  const [visits, spend, joined, country] = [0, 1, 2, 3].map(values);
  for (const cut of [2, 5])
    for (const value of [cut * (1 - 2 ** -53), cut, cut * (1 + 2 ** -52)])
      assert.ok(visits!.has(value), String(value));
  for (const cut of [10, 100, 50, 500]) assert.ok(spend!.has(cut));
  assert.deepEqual(
    ["2026-02-28", "2026-03-01", "2026-03-02"].map((day) => joined!.has(day)),
    [true, true, true],
  );
  assert.deepEqual(
    ["DE", "de", "DE ", "fr", null].map((text) => country!.has(text)),
    [true, true, true, true, true],
  );
  assert.ok(verification.some(({ inputs }) => inputs.every((value) => value === null)));
});

/** Three segments of clusters, of which rules may speak. */
const clusters = defineSegments({ ...smallParts(), id: "eco", keyName: "id" });

function nestedRules(overrides: Partial<RulesToDefine> = {}): RulesToDefine {
  return smallRules({
    scores: [],
    features: [featureOf("orders", "number")],
    segments: [{ name: "Eco-minded champions" }, { name: "Other" }],
    rules: [
      {
        segment: "s1",
        when: {
          all: [
            { segment: "s2", of: "eco" },
            { feature: "orders", is: ">=", value: 5 },
          ],
        },
      },
      { segment: "s2", when: { all: [] } },
    ],
    nested: [clusters],
    ...overrides,
  });
}

test("a rule may ask for another definition's segment, clusters or rules, and reads its columns too", () => {
  const definition = defineRules(nestedRules());
  assert.deepEqual(
    inputsOf(definition).map(({ name }) => name),
    ["orders", "spend", "visits"],
  );
  const columns = new Map([
    ["orders", [9, 9, 1, 9]],
    ["spend", [12, 8, 12, Number.NaN]],
    ["visits", [1.7, 1.7, 1.7, 1.7]],
  ]);
  const keys = ["a", "b", "c", "d"];
  assert.deepEqual([...assignCustomers(clusters, { keys, columns }).labels], [1, 0, 1, -1]);
  assert.deepEqual([...assignCustomers(definition, { keys, columns }).labels], [0, 1, 1, 1]);
  const outer = defineRules(
    nestedRules({
      id: "outer",
      nested: [definition],
      rules: [
        { segment: "s1", when: { segment: "s1", of: "small-rules" } },
        { segment: "s2", when: { not: { segment: "s1", of: "small-rules" } } },
      ],
    }),
  );
  assert.deepEqual([...assignCustomers(outer, { keys, columns }).labels], [0, 1, 1, 1]);
  const found = checkRules(outer);
  assert.deepEqual([found.isTotal, found.isDisjoint], [true, true]);
  assert.deepEqual(found.notes, []);
  const hole = { ...outer, model: { ...outer.model, rules: outer.model.rules.slice(0, 1) } };
  assert.match(checkRules(hole).notes[0]!, /nested definitions/);
});

test("circles, strangers and changed definitions within definitions are refused", () => {
  const message = (overrides: Partial<RulesToDefine>): string => refusal(nestedRules(overrides));
  assert.match(
    message({ id: "eco" }),
    /nested\.0 must not hold a definition that it is part of, got "eco" within itself/,
  );
  assert.match(
    message({ nested: [] }),
    /of must be the id of a nested definition \(there is none\), got "eco"/,
  );
  assert.match(message({ nested: [clusters, clusters] }), /nested must have different ids, got "eco" twice/);
  const changed = { ...clusters, version: 2 } as Definition;
  assert.match(message({ nested: [changed] }), /nested\.0\.fingerprint must be that of its content/);
  assert.match(
    message({
      rules: [
        { segment: "s1", when: { segment: "s4", of: "eco" } },
        { segment: "s2", when: { all: [] } },
      ],
    }),
    /segment must be a segment of eco \(s1, s2, s3, unassigned\), got "s4"/,
  );
  assert.match(
    message({ features: [featureOf("orders", "number"), featureOf("spend", "category")] }),
    /nested\.0 must read "spend" as the definitions around and before it do \(text\), got number/,
  );
  assert.match(
    message({
      rules: [
        { segment: "s1", when: { feature: "orders", is: ">", value: 5 } },
        { segment: "s2", when: { all: [] } },
      ],
    }),
    /nested\.0 must be referred to by a rule/,
  );
  const withNested = { ...clusters, nested: [defineRules(smallRules())] };
  const value = { ...withNested, fingerprint: fingerprintOf(withNested) };
  assert.throws(
    () => checkDefinition("readDefinition", value),
    /nested must be empty beside kmeans-lattice, got 1/,
  );
});
