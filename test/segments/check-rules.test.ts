import assert from "node:assert/strict";
import { test } from "node:test";
import { InputError } from "#src/core/errors.js";
import { checkRules } from "#src/segments/check-rules.js";
import type { Condition } from "#src/segments/condition.js";
import { defineRules } from "#src/segments/define-rules.js";
import type { RulesDefinition } from "#src/segments/definition.js";
import { requireTotal } from "#src/segments/require-total.js";
import { rfmMap } from "#src/segments/rfm-map.js";
import type { Score } from "#src/segments/rules-model.js";
import { featureOf, smallRules } from "../made-rules.js";
import { referenceNumbers } from "../reference-numbers.js";

interface ReferenceMap {
  readonly cells: number;
  readonly uncovered: readonly string[];
  readonly overlapping: readonly string[];
}

interface ReferenceMaps {
  readonly pymcMarketing: ReferenceMap & { readonly segments: Readonly<Record<string, readonly string[]>> };
  readonly rfm: ReferenceMap & {
    readonly names: readonly string[];
    readonly ranges: Readonly<Record<string, readonly [readonly number[], readonly number[]]>>;
  };
}

const reference = referenceNumbers<ReferenceMaps>("rfm-maps");
const measures = ["recency", "frequency", "monetary"] as const;

/** Scores 1 to n over made-up cuts; a missing value scores 1, so that the cells are those of the scores alone. */
function scoresOf(count: number, whenMissing: number | null = 1): Score[] {
  return measures.map((name) => ({
    name,
    feature: `${name} value`,
    cuts: Array.from({ length: count - 1 }, (_, i) => (i + 1) * 10),
    highIsGood: name !== "recency",
    whenMissing,
  }));
}

function mapOf(
  scoreCount: number,
  segments: readonly { readonly name: string; readonly whens: readonly Condition[] }[],
): RulesDefinition {
  return defineRules({
    id: "map",
    createdFor: null,
    keyName: "customer",
    features: measures.map((name) => featureOf(`${name} value`, "number")),
    segments: segments.map(({ name }) => ({ name })),
    scores: scoresOf(scoreCount),
    rules: segments.flatMap(({ whens }, i) => whens.map((when) => ({ segment: `s${i + 1}`, when }))),
  });
}

const codesIn = (found: { readonly examples: readonly { readonly cell: string }[] }): string[] =>
  found.examples.map(({ cell }) => cell.match(/\d+/g)!.join("-")).sort();

test("the default map of pymc-marketing leaves the 18 cells of 64 that a count by hand leaves", () => {
  const { segments, cells, uncovered, overlapping } = reference.pymcMarketing;
  const whens = (codes: readonly string[]): Condition[] =>
    codes.map((code) => ({
      all: measures.map((score, i) => ({ score, is: "=" as const, value: Number(code[i]) })),
    }));
  const map = mapOf(
    4,
    Object.entries(segments).map(([name, codes]) => ({ name, whens: whens(codes) })),
  );
  const found = checkRules(map, { examples: 100 });
  assert.deepEqual(found.cells, { all: cells, known: cells });
  assert.equal(found.uncovered.all, 18);
  assert.deepEqual(codesIn(found.uncovered), [...uncovered].sort());
  assert.deepEqual([found.isTotal, found.isDisjoint], [false, true]);
  assert.equal(found.overlapping.all, overlapping.length);
  assert.match(found.uncovered.examples[0]!.cell, /^recency = \d, frequency = \d, monetary = \d$/);
});

test("the example of R's rfm leaves 10 cells of 125 and claims 58 twice, as a count by hand does", () => {
  const { names, ranges, uncovered, overlapping } = reference.rfm;
  const within = (i: number): Condition => ({
    all: measures.flatMap((score) => [
      { score, is: ">=" as const, value: ranges[score]![0][i]! },
      { score, is: "<=" as const, value: ranges[score]![1][i]! },
    ]),
  });
  const map = mapOf(
    5,
    names.map((name, i) => ({ name, whens: [within(i)] })),
  );
  const found = checkRules(map, { examples: 200 });
  assert.deepEqual([found.uncovered.all, found.overlapping.all], [10, 58]);
  assert.deepEqual(codesIn(found.uncovered), [...uncovered].sort());
  assert.deepEqual(codesIn(found.overlapping), [...overlapping].sort());
  assert.throws(() => requireTotal("exportDefinition", map), /10 of 125 cells without one \(recency = /);
});

test("our own map is total and disjoint for every count of scores, and has ten segments where there are three scores or more", () => {
  for (let scoreCount = 2; scoreCount <= 10; scoreCount++) {
    const { segments, rules } = rfmMap({ scoreCount });
    const map = defineRules({
      id: "rfm",
      createdFor: null,
      keyName: "customer",
      features: measures.map((name) => featureOf(`${name} value`, "number")),
      scores: scoresOf(scoreCount),
      segments,
      rules,
    });
    const found = checkRules(map);
    assert.deepEqual(
      [found.isTotal, found.isDisjoint, found.unreachable, found.cells.all],
      [true, true, [], scoreCount ** 3],
    );
    assert.equal(segments.length, scoreCount === 2 ? 7 : 10);
    requireTotal("exportDefinition", map);
  }
});

test("missing values are cells of their own where no score says what they mean", () => {
  const { segments, rules } = rfmMap({ scoreCount: 5 });
  const map = defineRules({
    id: "rfm",
    createdFor: null,
    keyName: "customer",
    features: measures.map((name) => featureOf(`${name} value`, "number")),
    scores: scoresOf(5, null),
    segments,
    rules,
  });
  const found = checkRules(map);
  assert.deepEqual(found.cells, { all: 216, known: 125 });
  assert.deepEqual([found.uncovered.all, found.uncovered.known], [91, 0]);
  assert.match(found.uncovered.examples[0]!.cell, /missing/);
});

function freeRules(whens: readonly Condition[]): RulesDefinition {
  const rest = smallRules();
  return defineRules({
    ...rest,
    segments: whens.map((_, i) => ({ name: `Segment ${i + 1}` })),
    rules: whens.map((when, i) => ({ segment: `s${i + 1}`, when })),
  });
}

test("a hole between two thresholds, a text nobody named and the day between two are all found", () => {
  const examples = (whens: readonly Condition[]) =>
    checkRules(freeRules(whens)).uncovered.examples.map(({ cell }) => cell);
  assert.deepEqual(
    examples([
      { feature: "spend", is: "<", value: 10 },
      { feature: "spend", is: ">", value: 10 },
      { feature: "spend", isMissing: true },
    ]).map((cell) => cell.split(", ")[0]),
    ["spend = 10"],
  );
  assert.deepEqual(
    examples([
      { feature: "country", in: ["DE", "AT"] },
      { feature: "country", isMissing: true },
    ]),
    ["country another text"],
  );
  assert.deepEqual(
    examples([
      { feature: "joined", is: "<=", value: "2026-01-31" },
      { feature: "joined", is: ">", value: "2026-02-01" },
    ]),
    ["joined = 2026-02-01 or joined missing"],
  );
  // No day lies between these two, and no double between these two.
  assert.deepEqual(
    examples([
      { feature: "joined", is: "<=", value: "2026-01-31" },
      { feature: "joined", is: ">=", value: "2026-02-01" },
    ]),
    ["joined missing"],
  );
  const cells = examples([
    { feature: "spend", is: "<=", value: 0.1 },
    { feature: "spend", is: ">=", value: 0.1 + 2 ** -56 },
  ]);
  assert.ok(cells.every((cell) => cell.includes("missing")));
});

test("rules that never decide, and rules that claim the same customers, are named", () => {
  const found = checkRules(
    freeRules([
      { feature: "visits", is: ">", value: 2 },
      { feature: "visits", is: ">", value: 5 },
      { all: [] },
    ]),
  );
  assert.deepEqual(found.unreachable, [1]);
  assert.deepEqual([found.isTotal, found.isDisjoint], [true, false]);
  assert.deepEqual(found.overlapping.examples[0]!.segments, ["s1", "s2"]);
});

test("rules on thirty separate features are settled without their product; a knot of thirty is given up and said", () => {
  const names = Array.from({ length: 30 }, (_, i) => `f${i}`);
  const parts = {
    ...smallRules({ scores: [], features: names.map((name) => featureOf(name, "number")) }),
    segments: names.map((name) => ({ name })),
  };
  const separate = defineRules({
    ...parts,
    rules: names.map((feature, i) => ({
      segment: `s${i + 1}`,
      when: { feature, is: ">", value: i } as const,
    })),
  });
  const found = checkRules(separate);
  assert.equal(found.isTotal, false);
  assert.equal(found.uncovered.all, 2 ** 30);
  assert.equal(found.uncovered.known, 1);
  const knot = defineRules({
    ...parts,
    rules: names.map((_, i) => ({
      segment: `s${i + 1}`,
      when: {
        any: names.map((feature, j) => ({
          all: [
            { feature, is: ">", value: i } as const,
            { feature: names[(j * 7 + i) % 30]!, is: "<=", value: j } as const,
          ],
        })),
      },
    })),
  });
  const start = performance.now();
  const given = checkRules(knot);
  assert.ok(performance.now() - start < 20_000);
  assert.ok(given.isTotal !== true);
});

test("customers are counted per rule, and a declared fallback lets a map with a hole pass", () => {
  const definition = freeRules([
    { feature: "visits", is: ">", value: 2 },
    { feature: "visits", is: ">", value: 100 },
  ]);
  const customers = {
    keys: ["a", "b", "c"],
    columns: new Map<string, readonly (number | string | null)[]>([
      ["spend", [1, 1, 1]],
      ["visits", [3, 1, Number.NaN]],
      ["country", [null, null, null]],
      ["joined", [null, null, null]],
    ]),
  };
  assert.deepEqual(checkRules(definition, { customers }).inData, {
    customers: 3,
    uncovered: 2,
    overlapping: 0,
    decided: [1, 0],
    empty: ["s2"],
  });
  assert.throws(() => requireTotal("exportDefinition", definition), InputError);
  requireTotal("exportDefinition", { ...definition, model: { ...definition.model, otherwise: "fallback" } });
});
