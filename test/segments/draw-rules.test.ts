import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandom } from "#src/core/random.js";
import { assignCustomers } from "#src/segments/assign.js";
import { checkRules } from "#src/segments/check-rules.js";
import { defineRules } from "#src/segments/define-rules.js";
import type { RulesDefinition } from "#src/segments/definition.js";
import { drawRules } from "#src/segments/draw-rules.js";
import { freezeScores } from "#src/segments/freeze-scores.js";
import { valueTiers } from "#src/segments/value-tiers.js";
import { featureOf } from "../made-rules.js";
import { referenceNumbers } from "../reference-numbers.js";

/** Customers with many ties and some unknown values, in an order that a seed fixes. */
function customersOf(seed: number) {
  const random = createRandom(7);
  const rows = Array.from({ length: 500 }, (_, i) => ({
    key: `C-${i}`,
    recency: random.below(40) === 0 ? Number.NaN : random.below(300),
    orders: 1 + Math.floor(random.next() ** 3 * 12),
    spend: Math.round(random.next() ** 2 * 100_000) / 100,
  }));
  const order = Uint32Array.from(rows.keys());
  createRandom(seed).shuffle(order);
  const shuffled = Array.from(order, (i) => rows[i]!);
  return {
    keys: shuffled.map(({ key }) => key),
    columns: new Map([
      ["recency_days", shuffled.map(({ recency }) => recency)],
      ["orders", shuffled.map(({ orders }) => orders)],
      ["spend", shuffled.map(({ spend }) => spend)],
    ]),
  };
}

const features = ["recency_days", "orders", "spend"].map((name) => featureOf(name, "number"));
const rfm = { recency: "recency_days", frequency: "orders", monetary: "spend" };

function drawn(seed: number, nested: boolean): RulesDefinition {
  const customers = customersOf(seed);
  return defineRules({
    id: "rfm",
    createdFor: null,
    keyName: "customer",
    features,
    ...drawRules({ rfm: { ...rfm, nested } }, customers),
    customers,
  });
}

test("an RFM map drawn on shuffled customers has the same bytes, places all alike, and is total, nested or not", () => {
  for (const nested of [false, true]) {
    const definition = drawn(1, nested);
    assert.deepEqual(drawn(2, nested), definition);
    const { isTotal, isDisjoint } = checkRules(definition);
    assert.deepEqual([isTotal, isDisjoint], [true, true]);
    const places = [1, 2].map((seed) => {
      const customers = customersOf(seed);
      const { labels } = assignCustomers(definition, customers);
      return new Map(customers.keys.map((key, i) => [key, labels[i]]));
    });
    for (const [key, label] of places[0]!) assert.equal(places[1]!.get(key), label);
    assert.equal(
      definition.segments.reduce((sum, { size }) => sum + size, 0),
      500,
    );
  }
});

test("frozen cuts are the quantiles that pandas gives, and equal values share a score", () => {
  interface Reference {
    readonly cases: readonly {
      readonly values: readonly (number | null)[];
      readonly bins: number;
      readonly cuts: readonly number[];
    }[];
  }
  const { cases } = referenceNumbers<Reference>("score-cuts");
  for (const { values, bins, cuts } of cases) {
    const columns = new Map([["x", values.map((value) => value ?? Number.NaN)]]);
    const [score] = freezeScores(
      { keys: values.map(String), columns },
      [{ name: "X", feature: "x", highIsGood: true }],
      {
        scoreCount: bins,
      },
    );
    score!.cuts.forEach((cut, i) => {
      assert.ok(Math.abs(cut - cuts[i]!) <= 1e-12 * Math.abs(cuts[i]!), `${cut} and ${cuts[i]}`);
    });
  }
});

test("nested cuts are the quantiles within each score around, and the cuts of all where nobody is", () => {
  const customers = {
    keys: Array.from({ length: 8 }, (_, i) => String(i)),
    columns: new Map([
      ["r", [1, 1, 1, 1, 9, 9, 9, 9]],
      ["f", [1, 2, 3, 4, 10, 20, 30, 40]],
    ]),
  };
  const scores = freezeScores(
    customers,
    [
      { name: "R", feature: "r", highIsGood: false },
      { name: "F", feature: "f", highIsGood: true, within: ["R"] },
    ],
    { scoreCount: 2 },
  );
  assert.deepEqual(scores[1]!.within!.cells, [
    { at: [1], cuts: [25] },
    { at: [2], cuts: [2.5] },
  ]);
  assert.deepEqual(scores[1]!.cuts, [7]);
});

test("tiers part heavy from light buyers, or those who make most of the value, ties together", () => {
  const tiersOf = (values: readonly number[], by: "heavy-medium-light" | "pareto") => {
    const customers = { keys: values.map(String), columns: new Map([["spend", values]]) };
    const definition = defineRules({
      id: "tiers",
      createdFor: null,
      keyName: "customer",
      features: [featureOf("spend", "number")],
      ...valueTiers(values, { feature: "spend", by }),
      otherwise: "fallback",
    });
    const { labels } = assignCustomers(definition, customers);
    return Array.from(labels, (label) => definition.segments[label]?.name ?? "-");
  };
  // Of ten buyers the top two are heavy, the next three medium; who bought nothing moves no threshold.
  const buyers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  assert.deepEqual(tiersOf([...buyers, 0, 0, 0, -5, Number.NaN], "heavy-medium-light"), [
    ...Array.from({ length: 5 }, () => "Light"),
    ...Array.from({ length: 3 }, () => "Medium"),
    ...Array.from({ length: 2 }, () => "Heavy"),
    ...Array.from({ length: 4 }, () => "None"),
    "-",
  ]);
  // 500 + 300 are four fifths of 1,000; 100 and 50 make it 95 %; the rest is 50.
  assert.deepEqual(tiersOf([500, 300, 100, 50, 30, 20], "pareto"), [
    "Most of the value",
    "Most of the value",
    "Next in value",
    "Next in value",
    "Rest",
    "Rest",
  ]);
  assert.deepEqual(
    tiersOf([10, 10, 10, 10], "pareto"),
    Array.from({ length: 4 }, () => "Tier 1"),
  );
});
