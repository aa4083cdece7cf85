import type { Definition, KMeansDefinition } from "../segments/definition.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { trustLines } from "./trust-lines.js";
import { kmeansConstants, nearestFunctions, rawValues } from "./typescript-kmeans.js";
import { comparisons, readerFunctions, segmentFunctions } from "./typescript-rules.js";

/**
 * A definition as one TypeScript file that imports nothing: types of a customer and of the answer, `assign` and `assignAll`.
 *
 * Runs wherever ECMAScript 2020 does, checks strictly, and needs no compiler beyond one that takes types away. The same bits as
 * assignCustomers. With rules, distance, runnerUp and margin are null.
 */
export function typescriptModule(definition: Definition): string {
  const parts = [
    header(definition),
    types(definition),
    names(definition),
    assignFunctions,
    ...readerFunctions(definition),
    ...(definition.model.kind === "rules" ? [comparisons] : []),
    ...(holdsKMeans(definition) ? [nearestFunctions] : []),
    ...(definition.model.kind === "kmeans-lattice"
      ? [kmeansConstants(definition as KMeansDefinition, ""), nearestAnswer(definition as KMeansDefinition)]
      : [...segmentFunctions(definition, ""), ruleAnswer]),
  ];
  return parts.join("\n");
}

function holdsKMeans({ model, nested }: Definition): boolean {
  return model.kind === "kmeans-lattice" || nested.some(holdsKMeans);
}

/** No text of a user goes into a comment, where it could end the comment. */
function header(definition: Definition): string {
  const lines = [
    `segbook segment definition, fingerprint ${definition.fingerprint}`,
    ...trustLines(definition),
  ];
  return lines.map((line) => `// ${line}\n`).join("");
}

function types(definition: Definition): string {
  const keys = [...definition.segments, definition.fallback].map(({ key }) => JSON.stringify(key));
  const inputs = inputsOf(definition).map(
    ({ name, type }) =>
      `  readonly ${JSON.stringify(name)}?: ${type === "number" ? "number" : "string"} | null | undefined;\n`,
  );
  return `/** Raw values; null, undefined and NaN are unknown. Dates are "YYYY-MM-DD". */
export interface Customer {
${inputs.join("")}}

export type SegmentKey = ${keys.join(" | ")};

export interface Assignment {
  readonly segment: SegmentKey;
  readonly name: string;
  /** To the centre, in standard deviations; null where there is none. */
  readonly distance: number | null;
  readonly runnerUp: SegmentKey | null;
  /** 0 (equidistant) to 1. */
  readonly margin: number | null;
}
`;
}

function names({ segments, fallback }: Definition): string {
  const entries = [...segments, fallback].map(({ key, name }) => `  ${key}: ${JSON.stringify(name)},\n`);
  return `const names: Readonly<Record<SegmentKey, string>> = {\n${entries.join("")}};\n`;
}

const assignFunctions = `export function assignAll(customers: readonly Customer[]): Assignment[] {
  return customers.map(assign);
}
`;

function nearestAnswer(definition: KMeansDefinition): string {
  const keys = definition.segments.map(({ key }) => JSON.stringify(key)).join(", ");
  const fallback = JSON.stringify(definition.fallback.key);
  return `const keys: readonly SegmentKey[] = [${keys}];

export function assign(customer: Customer): Assignment {
  const found = nearest(${rawValues(definition)}, steps, centres);
  if (found === null) return { segment: ${fallback}, name: names[${fallback}], distance: null, runnerUp: null, margin: null };
  const segment = keys[found.label]!;
  const [own, other] = [Math.sqrt(found.squared), Math.sqrt(found.nextSquared)];
  return {
    segment,
    name: names[segment],
    distance: own / 1048576,
    runnerUp: keys[found.next] ?? null,
    margin: found.next < 0 ? 1 : other === 0 ? 0 : (other - own) / other,
  };
}
`;
}

const ruleAnswer = `export function assign(customer: Customer): Assignment {
  const key = segment(customer);
  return { segment: key, name: names[key], distance: null, runnerUp: null, margin: null };
}
`;
