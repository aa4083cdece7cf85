import type { TransformName } from "#src/core/feature.js";
import { createRandom, type Random } from "#src/core/random.js";
import type { Recipe } from "#src/features/recipe.js";
import type { Condition } from "#src/segments/condition.js";
import { defineRules } from "#src/segments/define-rules.js";
import { defineSegments } from "#src/segments/define-segments.js";
import type { Definition, DefinitionFeature } from "#src/segments/definition.js";
import type { Score } from "#src/segments/rules-model.js";
import { hostileNames } from "./made-definitions.js";

const transforms: readonly TransformName[] = ["identity", "log1p", "signedLog", "sqrt"];

/** Names that no engine but the strictest refuses: every way out of a quoted name, keywords, our own names, emoji. */
const nastyNames: readonly string[] = [
  ...hostileNames.filter((name) => name !== "customer_id "),
  ...[
    "a\\b",
    "\\",
    "\\'",
    "a`b",
    "`",
    '"',
    "'",
    '""',
    "[x]",
    "]",
    "x' OR '1'='1",
    "/* */",
    "--",
    ";",
    "$(x)",
    "%s",
    "?",
  ],
  ...[
    "order",
    "group",
    "from",
    "null",
    "true",
    "distance",
    "cleaned",
    "q0",
    "d0",
    "segment",
    "margin",
    "is_unassigned",
  ],
  ...["été", "客户", "🧾", "a\u00a0b", "constructor", "toString", "0", "1e3", " leading", "tab or space"],
];

/** Key and feature names of a definition: mostly nasty ones; of 200 characters; of 60; or pairs that differ in case alone. */
function nameSet(seed: number, random: Random, count: number): readonly string[] {
  const pick = Array.from(nastyNames);
  if (seed % 10 === 0) return pick.map((name, i) => `${name}${i}`.padEnd(200, "é")).slice(0, count);
  if (seed % 10 === 1) return pick.map((name, i) => `${name}${i}`.padEnd(40, "x")).slice(0, count);
  if (seed % 10 === 2) return pick.flatMap((_, i) => [`Column${i}`, `cOLUMN${i}`]).slice(0, count);
  const start = random.below(pick.length);
  return Array.from({ length: count }, (_, i) => pick[(start + i) % pick.length]!);
}

const segmentNames: readonly string[] = [
  'O\'Neill \\ "x" -- 🛒 */',
  "line\nbreak\r\n\ttab",
  "<script>alert(1)</script>",
  '=HYPERLINK("x")',
  "\\",
  "''",
  "$(name) `x` %s ? :a $1",
];

/** A k-means definition of 1 to 32 features and 2 to 40 segments, all transforms, nasty names, that a seed fixes. */
export function wideDefinition(seed: number): Definition {
  const random = createRandom(seed).fork(7);
  // Every eighth one as wide as can be, the others mostly narrow, which is quicker.
  const featureCount = seed % 8 === 0 ? 32 : 1 + random.below(seed % 8 === 4 ? 32 : 12);
  const segmentCount = seed % 16 === 0 ? 40 : 2 + random.below(seed % 16 === 8 ? 39 : 12);
  const names = nameSet(seed, random, featureCount);
  const steps = names.map((feature) => ({
    feature,
    impute: random.below(20),
    whenMissing: random.below(4) === 0 ? ("fallback" as const) : ("impute" as const),
    transform: transforms[random.below(4)]!,
    centre: random.below(3) === 0 ? 0 : random.normal() * 3,
    scale: random.below(3) === 0 ? 1 : 0.1 + random.next() * 3,
  }));
  const centres = Array.from({ length: segmentCount }, () =>
    steps.map(() => {
      const value = random.below(4) === 0 ? random.below(5) - 2 : random.normal() * 2;
      return Math.round(Math.max(-8, Math.min(8, value)) * 2 ** 20) / 2 ** 20;
    }),
  );
  const recipe: Recipe = { latticeBits: 20, clamp: 8, steps, notes: [] };
  return defineSegments({
    id: "wide",
    createdFor: null,
    keyName: "the key",
    features: names.map((name) => madeFeature(name, "number")),
    recipe,
    fit: { centres, sizes: centres.map(() => 1) },
    verdicts: centres.map(() => "constructive"),
    names: new Map([[`s${1 + random.below(2)}`, { name: segmentNames[seed % segmentNames.length]! }]]),
  });
}

const texts = ["new", "New", "lapsed ", "it's", "a\\b", "🛒", ""];
const days = ["2026-01-31", "2025-12-31", "1999-02-28"];

/** A rule definition over numbers, texts and dates, with scores (one nested) and, every second time, an embedded k-means. */
export function wideRules(seed: number): Definition {
  const random = createRandom(seed).fork(8);
  const names = nameSet(seed, random, 8);
  const [a, b, c, d, text, otherText, day, otherDay] = names as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const types = ["number", "number", "number", "number", "category", "category", "date", "date"] as const;
  const cut = () => random.below(21) - 10;
  const cuts = () => Array.from({ length: 3 }, cut).sort((x, y) => x - y);
  const scores: Score[] = [
    { name: "r", feature: a, cuts: cuts(), highIsGood: false, whenMissing: null },
    { name: "f", feature: b, cuts: cuts(), highIsGood: true, whenMissing: 1 },
    {
      name: "m",
      feature: c,
      cuts: cuts(),
      highIsGood: true,
      whenMissing: null,
      within: {
        scores: ["r", "f"],
        cells: [
          { at: [1, 2], cuts: cuts() },
          { at: [4, 1], cuts: cuts() },
        ],
      },
    },
  ];
  const nested = seed % 2 === 0 ? [wideDefinition(seed)] : [];
  const operators = ["<", "<=", ">", ">=", "=", "!="] as const;
  const leaf = (): Condition => {
    const is = operators[random.below(6)]!;
    switch (random.below(nested.length > 0 ? 10 : 9)) {
      case 0:
        return { feature: d, is, value: cut() / 4 };
      case 1:
        return {
          feature: text,
          is: random.below(2) === 0 ? "=" : "!=",
          value: texts[random.below(texts.length)]!,
        };
      case 2:
        return { feature: otherText, in: texts.slice(random.below(4)) };
      case 3:
        return { feature: day, is, value: days[random.below(3)]! };
      case 4:
        return { feature: otherDay, is, value: { daysBeforeAsOf: random.below(400) - 30 } };
      case 5:
        return { feature: [a, text, day][random.below(3)]!, isMissing: true };
      case 6:
        return { score: ["r", "f", "m"][random.below(3)]!, is, value: 1 + random.below(4) };
      case 7:
        return { score: "m", in: [1, 3] };
      case 8:
        return { feature: b, in: [cut(), cut() / 2, 0] };
      default:
        return { segment: random.below(4) === 0 ? "unassigned" : "s1", of: "wide" };
    }
  };
  const condition = (depth: number): Condition => {
    const inner = () => condition(depth - 1);
    switch (depth === 0 ? 3 : random.below(4)) {
      case 0:
        return { all: [inner(), inner()] };
      case 1:
        return { any: [inner(), inner(), inner()] };
      case 2:
        return { not: inner() };
      default:
        return leaf();
    }
  };
  const segmentCount = 2 + random.below(8);
  const rules = Array.from({ length: segmentCount + 2 }, (_, i) => ({
    segment: `s${1 + (i % segmentCount)}`,
    // Every embedded definition has to be asked for.
    when:
      i === 0 && nested.length > 0 ? { any: [condition(2), { segment: "s2", of: "wide" }] } : condition(3),
  }));
  return defineRules({
    id: "made-rules",
    createdFor: "2026-03-31",
    keyName: "the key",
    features: [...names.map((name, i) => madeFeature(name, types[i]!))],
    segments: Array.from({ length: segmentCount }, (_, i) => ({
      name: i === 0 ? segmentNames[seed % segmentNames.length]! : `Segment ${i + 1}`,
    })),
    scores,
    rules,
    otherwise: "fallback",
    nested: nested.map((inner) => renamed(inner, names)),
  });
}

/** The embedded definition reads columns of other names than the rules, so that no column is a number here and a text there. */
function renamed(inner: Definition, taken: readonly string[]): Definition {
  const clash = inner.recipe.steps.some(({ feature }) => taken.slice(4).includes(feature));
  return clash ? wideInner(inner) : inner;
}

function wideInner({ recipe, model }: Definition): Definition {
  const centres = model.kind === "kmeans-lattice" ? model.centres : [];
  const steps = recipe.steps.map((step, j) => ({ ...step, feature: `inner ${j}` }));
  return defineSegments({
    id: "wide",
    createdFor: null,
    keyName: "the key",
    features: steps.map(({ feature }) => madeFeature(feature, "number")),
    recipe: { ...recipe, steps },
    fit: {
      centres: centres.map((centre) => centre.map((value) => value / 2 ** 20)),
      sizes: centres.map(() => 1),
    },
    verdicts: centres.map(() => "constructive"),
  });
}

function madeFeature(name: string, type: DefinitionFeature["type"]): DefinitionFeature {
  return { name, label: name, unit: "", type, role: "basis", meaning: "Made up" };
}
