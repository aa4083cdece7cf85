import type { Comparison, Condition } from "../segments/condition.js";
import type { Definition, KMeansDefinition } from "../segments/definition.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { rulesAsOf } from "../segments/rules-as-of.js";
import type { Score } from "../segments/rules-model.js";
import { kmeansConstants, rawValues } from "./typescript-kmeans.js";

/** How a rule map reads a value that may be unknown, by the type of the input. */
const readers = {
  number: `function knownNumber(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : Number.NaN;
}
`,
  text: `function knownText(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
`,
  date: `function knownDay(value: unknown): string | null {
  return typeof value === "string" && /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value) ? value : null;
}
`,
} as const;

const readerNames = { number: "knownNumber", text: "knownText", date: "knownDay" } as const;

/** Functions that read the inputs of the rules of a module. */
export function readerFunctions(definition: Definition): string[] {
  const types = new Set(ruleInputTypes(definition));
  return (["number", "text", "date"] as const).filter((type) => types.has(type)).map((type) => readers[type]);
}

function ruleInputTypes(definition: Definition): ("number" | "text" | "date")[] {
  if (definition.model.kind === "kmeans-lattice") return [];
  const own = inputsOf({ ...definition, nested: [] }).map(({ type }) => type);
  return [...own, ...definition.nested.flatMap(ruleInputTypes)];
}

/** Functions `segment<suffix>(customer)` of a definition and of all that it embeds, innermost first. */
export function segmentFunctions(definition: Definition, suffix: string): string[] {
  if (definition.model.kind === "kmeans-lattice")
    return [nearestFunction(definition as KMeansDefinition, suffix)];
  const inner = definition.nested.flatMap((nested, i) => segmentFunctions(nested, `${suffix}_${i}`));
  return [...inner, rulesFunction(definition, suffix)];
}

function nearestFunction(definition: KMeansDefinition, suffix: string): string {
  const keys = definition.segments.map(({ key }) => JSON.stringify(key)).join(", ");
  return `${kmeansConstants(definition, suffix)}
function segment${suffix}(customer: Customer): string {
  const found = nearest(${rawValues(definition)}, steps${suffix}, centres${suffix});
  return found === null ? ${JSON.stringify(definition.fallback.key)} : [${keys}][found.label]!;
}
`;
}

function rulesFunction(definition: Definition, suffix: string): string {
  const model = rulesAsOf(definition);
  const inputs = inputsOf({ ...definition, nested: [] });
  const position = (name: string): number => inputs.findIndex((input) => input.name === name);
  const scores = model.scores.map(({ name }) => name);
  const names: ConditionNames = {
    feature: (name) => `x${position(name)}`,
    score: (name) => `r${scores.indexOf(name)}`,
    membership: (id) => `n${definition.nested.findIndex((nested) => nested.id === id)}`,
  };
  const lines = [
    ...inputs.map(
      ({ name, type }, j) => `const x${j} = ${readerNames[type]}(customer[${JSON.stringify(name)}]);`,
    ),
    ...definition.nested.map((_, i) => `const n${i} = segment${suffix}_${i}(customer);`),
    ...model.scores.map((score, j) => `const r${j}: number = ${scoreText(score, names)};`),
    ...model.rules.map(
      ({ segment, when }) => `if (${conditionText(when, names)}) return ${JSON.stringify(segment)};`,
    ),
    `return ${JSON.stringify(definition.fallback.key)};`,
  ];
  const result = suffix === "" ? "SegmentKey" : "string";
  return `function segment${suffix}(customer: Customer): ${result} {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
}

interface ConditionNames {
  readonly feature: (name: string) => string;
  readonly score: (name: string) => string;
  readonly membership: (id: string) => string;
}

/** Comparisons as functions: a compiler that narrows types at `===` would find fault with rules that exclude one another. */
export const comparisons: string = `type Known = number | string | null;

/** A comparison with an unknown value does not hold. */
const is = {
  unknown: (value: Known): boolean => value === null || Number.isNaN(value),
  less: (value: Known, limit: number | string): boolean => value !== null && value < limit,
  atMost: (value: Known, limit: number | string): boolean => value !== null && value <= limit,
  more: (value: Known, limit: number | string): boolean => value !== null && value > limit,
  atLeast: (value: Known, limit: number | string): boolean => value !== null && value >= limit,
  equal: (value: Known, other: number | string): boolean => value === other,
  different: (value: Known, other: number | string): boolean => !is.unknown(value) && value !== other,
  oneOf: (value: Known, members: readonly (number | string)[]): boolean => members.some((member) => member === value),
};
`;

const comparisonNames: Readonly<Record<Comparison, string>> = {
  "<": "less",
  "<=": "atMost",
  ">": "more",
  ">=": "atLeast",
  "=": "equal",
  "!=": "different",
};

function conditionText(condition: Condition, names: ConditionNames): string {
  if ("all" in condition) return groupText(condition.all, "&&", names);
  if ("any" in condition) return groupText(condition.any, "||", names);
  if ("not" in condition) return `!${conditionText(condition.not, names)}`;
  if ("of" in condition)
    return `is.equal(${names.membership(condition.of)}, ${JSON.stringify(condition.segment)})`;
  const name = "feature" in condition ? names.feature(condition.feature) : names.score(condition.score);
  if ("isMissing" in condition) return `is.unknown(${name})`;
  if ("in" in condition) return `is.oneOf(${name}, ${JSON.stringify(condition.in)})`;
  return `is.${comparisonNames[condition.is]}(${name}, ${JSON.stringify(condition.value)})`;
}

function groupText(parts: readonly Condition[], operator: "&&" | "||", names: ConditionNames): string {
  if (parts.length === 0) return operator === "&&" ? "true" : "false";
  return `(${parts.map((part) => conditionText(part, names)).join(` ${operator} `)})`;
}

function scoreText({ feature, cuts, highIsGood, whenMissing, within }: Score, names: ConditionNames): string {
  const name = names.feature(feature);
  const scored = (own: readonly number[]): string => {
    const scoreAt = (above: number): number => (highIsGood ? 1 + above : own.length + 1 - above);
    const steps = own.map((cut, i) => `${name} > ${cut} ? ${scoreAt(i + 1)} : `).reverse();
    return `${steps.join("")}${scoreAt(0)}`;
  };
  const cells = (within?.cells ?? []).map(({ at, cuts: own }) => {
    const here = within!.scores.map((outer, i) => `${names.score(outer)} === ${at[i]!}`).join(" && ");
    return `${here} ? ${scored(own)} : `;
  });
  return `Number.isNaN(${name}) ? ${whenMissing ?? "Number.NaN"} : ${cells.join("")}${scored(cuts)}`;
}
