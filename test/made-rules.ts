import { createRandom, type Random } from "#src/core/random.js";
import type { Comparison, Condition } from "#src/segments/condition.js";
import type { CustomerValues } from "#src/segments/customer-values.js";
import { defineRules, type RulesToDefine } from "#src/segments/define-rules.js";
import type { DefinitionFeature, RulesDefinition } from "#src/segments/definition.js";
import { inputsOf } from "#src/segments/definition-inputs.js";
import type { Score } from "#src/segments/rules-model.js";

/** Two numbers, a category and a date, two scores (one of them nested in the other), three segments. */
export function smallRules(overrides: Partial<RulesToDefine> = {}): RulesToDefine {
  return {
    id: "small-rules",
    createdFor: "2026-03-31",
    keyName: "customer",
    features: [
      featureOf("spend", "number"),
      featureOf("visits", "number"),
      featureOf("country", "category"),
      featureOf("joined", "date"),
    ],
    segments: [{ name: "New" }, { name: "Big", description: "Spend much." }, { name: "Rest" }],
    scores: [
      { name: "V", feature: "visits", cuts: [2, 5], highIsGood: true, whenMissing: 1 },
      {
        ...{ name: "S", feature: "spend", cuts: [10, 100], highIsGood: true, whenMissing: null },
        within: { scores: ["V"], cells: [{ at: [3], cuts: [50, 500] }] },
      },
    ],
    rules: [
      { segment: "s1", when: { feature: "joined", is: ">", value: { daysBeforeAsOf: 30 } } },
      {
        segment: "s2",
        when: { all: [{ score: "S", is: "=", value: 3 }, { not: { feature: "country", in: ["DE", "fr"] } }] },
      },
      { segment: "s3", when: { all: [] } },
    ],
    ...overrides,
  };
}

const comparisons: readonly Comparison[] = ["<", "<=", ">", ">=", "=", "!="];
const texts = ["DE", "de", "DE ", "", "ß", 'O\'Neill \\ "x"', "🛒", "é", "e\u0301", "1"];
const days = ["2026-03-01", "2026-02-28", "2024-02-29", "2026-03-31", "1999-12-31"];
const numbers = [-1, 0, 0.1, 1, 2, 2.5, 1e-300, 1e300, 123456.789];

/** Rules over 1 to 5 features of all types, with scores, that a seed fixes. */
export function madeRules(seed: number, names: readonly string[]): RulesDefinition {
  const random = createRandom(seed);
  const offset = random.below(names.length);
  const types = ["number", "category", "number", "date", "number"] as const;
  const features = Array.from({ length: 1 + random.below(5) }, (_, j) =>
    featureOf(names[(offset + j) % names.length]!, types[j]!),
  );
  const scores = features
    .filter(({ type }) => type === "number")
    .slice(0, random.below(3))
    .map((feature, i) => madeScore(feature.name, i, random));
  const segments = Array.from({ length: 1 + random.below(4) }, (_, i) => ({ name: `Segment ${i} */ '"` }));
  return defineRules({
    id: "made-rules",
    createdFor: "2026-03-31",
    keyName: "customer_id",
    features,
    segments,
    scores,
    rules: Array.from({ length: segments.length + random.below(3) }, (_, i) => ({
      segment: `s${(i % segments.length) + 1}`,
      when: madeCondition({ features, scores }, random, 3),
    })),
  });
}

/** Customers of every awkward kind. */
export function madeRuleCustomers(definition: RulesDefinition, seed: number, count: number): CustomerValues {
  const random = createRandom(seed).fork(1);
  const awkward = [Number.NaN, Number.POSITIVE_INFINITY, -0, Number.MAX_VALUE, 5e-324, 3];
  const columns = inputsOf(definition).map(
    ({
      name,
      type,
    }): [string, CustomerValues["columns"] extends ReadonlyMap<string, infer Column> ? Column : never] => {
      const pool =
        type === "number"
          ? [...numbers, ...awkward]
          : type === "text"
            ? [...texts, null]
            : [...days, "2026-3-1", "soon", null];
      return [name, Array.from({ length: count }, () => pick<number | string | null>(pool, random))];
    },
  );
  return { keys: Array.from({ length: count }, (_, i) => `C-${i}`), columns: new Map(columns) };
}

function madeScore(feature: string, index: number, random: Random): Score {
  const cuts = Array.from({ length: 1 + random.below(4) }, () => pick(numbers, random)).sort((a, b) => a - b);
  const plain = { name: `score ${index}`, feature, cuts, highIsGood: random.below(2) === 0 };
  const whenMissing = random.below(2) === 0 ? null : 1;
  if (index === 0) return { ...plain, whenMissing };
  const inner = cuts.map(() => pick(numbers, random)).sort((a, b) => a - b);
  return {
    ...plain,
    whenMissing,
    within: { scores: ["score 0"], cells: [{ at: [1 + random.below(2)], cuts: inner }] },
  };
}

function madeCondition(
  parts: { readonly features: readonly DefinitionFeature[]; readonly scores: readonly Score[] },
  random: Random,
  depth: number,
): Condition {
  const kind = random.below(depth > 0 ? 7 : 4);
  const inner = (): Condition[] =>
    Array.from({ length: random.below(4) }, () => madeCondition(parts, random, depth - 1));
  if (kind === 4) return { all: inner() };
  if (kind === 5) return { any: inner() };
  if (kind === 6) return { not: madeCondition(parts, random, depth - 1) };
  if (kind === 3 && parts.scores.length > 0) {
    const score = pick(parts.scores, random).name;
    if (random.below(4) === 0) return { score, isMissing: true };
    return random.below(2) === 0
      ? { score, in: [1, 3] }
      : { score, is: pick(comparisons, random), value: 1 + random.below(3) };
  }
  return madeLeaf(pick(parts.features, random), random);
}

function madeLeaf({ name, type }: DefinitionFeature, random: Random): Condition {
  if (random.below(5) === 0) return { feature: name, isMissing: true };
  const pool: readonly (number | string)[] = type === "number" ? numbers : type === "date" ? days : texts;
  if (random.below(3) === 0) return { feature: name, in: [pick(pool, random), pick(pool, random)] };
  const is = type === "category" ? pick(["=", "!="] as const, random) : pick(comparisons, random);
  const isRelative = type === "date" && random.below(2) === 0;
  return { feature: name, is, value: isRelative ? { daysBeforeAsOf: 30 } : pick(pool, random) };
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[random.below(items.length)]!;
}

/** A feature that nothing is known of but its name and type. */
export function featureOf(name: string, type: DefinitionFeature["type"]): DefinitionFeature {
  return { name, label: name, unit: "", type, role: "basis", meaning: `Made-up ${name}` };
}
