import type { TransformName } from "#src/core/feature.js";
import { createRandom, type Random } from "#src/core/random.js";
import type { Recipe, RecipeStep } from "#src/features/recipe.js";
import type { CustomerValues } from "#src/segments/customer-values.js";
import { defineSegments, type SegmentsToDefine } from "#src/segments/define-segments.js";
import type { Definition, KMeansDefinition } from "#src/segments/definition.js";

const transforms: readonly TransformName[] = ["identity", "log1p", "signedLog", "sqrt"];

/** Names that break naive SQL, HTML, object keys and our own SELECT's inner names. */
export const hostileNames = [
  'a"b',
  "__proto__",
  "values",
  "<script>alert(1)</script>",
  "select",
  "source",
  "customer_id ",
  "x0",
  "🛒 spend",
  "it's; --",
  "a.b",
  "NaN",
];

/** Parts of a definition of two features, "spend" (identity, mean 10, deviation 2) and "visits" (log1p), and three segments. */
export function smallParts(overrides: Partial<SegmentsToDefine> = {}): SegmentsToDefine {
  const recipe: Recipe = {
    latticeBits: 20,
    clamp: 8,
    notes: [],
    steps: [
      { feature: "spend", impute: 10, whenMissing: "fallback", transform: "identity", centre: 10, scale: 2 },
      { feature: "visits", impute: 3, whenMissing: "impute", transform: "log1p", centre: 1, scale: 0.5 },
    ],
  };
  return {
    id: "small-shop",
    createdFor: "2026-03-31",
    keyName: "customer",
    features: featuresOf(recipe),
    recipe,
    fit: {
      centres: [
        [-1, 0],
        [1, 0],
        [1, 2],
      ],
      sizes: [50, 30, 20],
    },
    verdicts: ["natural", "reproducible", "constructive"],
    ...overrides,
  };
}

/** A definition of 1 to 5 features and 1 to 9 segments that a seed fixes. */
export function madeDefinition(seed: number, names: readonly string[] = hostileNames): KMeansDefinition {
  const random = createRandom(seed);
  const offset = random.below(names.length);
  const stepNames = Array.from(
    { length: 1 + random.below(5) },
    (_, j) => names[(offset + j) % names.length]!,
  );
  const steps = stepNames.map((feature) => madeStep(feature, random));
  const centres = Array.from({ length: 1 + random.below(9) }, () =>
    steps.map(() => (random.below(4) === 0 ? random.below(5) - 2 : random.normal() * 2)),
  );
  const recipe: Recipe = { latticeBits: 20, clamp: 8, steps, notes: [] };
  return defineSegments({
    id: "made",
    createdFor: null,
    keyName: "customer_id",
    features: featuresOf(recipe),
    recipe,
    fit: { centres: onLattice(centres), sizes: centres.map(() => 1) },
    verdicts: centres.map(() => "constructive"),
    names: new Map([["s1", { name: 'O\'Neill \\ "x" -- 🛒 */' }]]),
  });
}

/** Customers of every awkward kind: near the centres, exactly between them, missing, infinite, huge, tiny, negative. */
export function madeCustomers(definition: Definition, seed: number, count: number): CustomerValues {
  const random = createRandom(seed).fork(1);
  const awkward = [
    Number.NaN,
    Infinity,
    -Infinity,
    1e300,
    -1e300,
    Number.MAX_VALUE,
    5e-324,
    -1e-310,
    -0,
    -1,
    -0.5,
  ];
  const columns = definition.recipe.steps.map((step): [string, Float64Array] => [
    step.feature,
    Float64Array.from({ length: count }, () =>
      random.below(6) === 0 ? awkward[random.below(awkward.length)]! : ordinaryValue(step, random),
    ),
  ]);
  return { keys: Array.from({ length: count }, (_, i) => `C-${i}`), columns: new Map(columns) };
}

function ordinaryValue(step: RecipeStep, random: Random): number {
  const z = random.below(3) === 0 ? (random.below(17) - 8) / 2 : random.normal() * 2;
  return step.transform === "identity" ? z * step.scale + step.centre : Math.round(Math.exp(z) * 100) / 10;
}

function madeStep(feature: string, random: Random): RecipeStep {
  const transform = transforms[random.below(transforms.length)]!;
  return {
    feature,
    impute: random.below(20),
    whenMissing: random.below(3) === 0 ? "fallback" : "impute",
    transform,
    centre: random.below(3) === 0 ? 0 : random.normal() * 3,
    scale: random.below(3) === 0 ? 1 : 0.1 + random.next() * 3,
  };
}

function featuresOf(recipe: Recipe): SegmentsToDefine["features"] {
  return recipe.steps.map(({ feature }) => ({
    name: feature,
    label: feature,
    unit: "",
    type: "number",
    role: "basis",
    meaning: `Made-up ${feature}`,
  }));
}

function onLattice(rows: readonly (readonly number[])[]): number[][] {
  return rows.map((row) => row.map((value) => Math.round(value * 2 ** 20) / 2 ** 20));
}
