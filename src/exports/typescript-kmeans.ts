import type { TransformName } from "../core/feature.js";
import type { KMeansDefinition } from "../segments/definition.js";

/** What every k-means of a module shares: from raw values to the nearest centre. */
export const nearestFunctions: string = `/** needed, transform, impute, centre, scale. */
type Step = readonly [0 | 1, "identity" | "log1p" | "signedLog" | "sqrt", number, number, number];

interface Nearest {
  readonly label: number;
  readonly squared: number;
  /** The next nearest; -1 with one segment. */
  readonly next: number;
  readonly nextSquared: number;
}

/** NaN where the value is unknown or one that the transform cannot take. */
function transformed(value: unknown, transform: Step[1]): number {
  if (typeof value !== "number" || !Number.isFinite(value)) return Number.NaN;
  switch (transform) {
    case "identity":
      return value;
    case "log1p":
      return value > -1 ? Math.log(1 + value) : Number.NaN;
    case "signedLog":
      return value < 0 ? -Math.log(1 - value) : Math.log(1 + value);
    case "sqrt":
      return value >= 0 ? Math.sqrt(value) : Number.NaN;
  }
}

/** Distances are sums of whole numbers, so that ties and borders are exact; ties go to the first. Null: a needed value is unknown. */
function nearest(values: readonly unknown[], steps: readonly Step[], centres: readonly (readonly number[])[]): Nearest | null {
  const lattice: number[] = [];
  for (const [j, [needed, transform, impute, centre, scale]] of steps.entries()) {
    let value = transformed(values[j], transform);
    if (Number.isNaN(value)) {
      if (needed) return null;
      value = transformed(impute, transform);
    }
    const scaled = Math.max(-8, Math.min(8, (value - centre) / scale));
    lattice.push(Math.floor(scaled * 1048576 + 0.5));
  }
  let [label, squared, next, nextSquared] = [-1, Infinity, -1, Infinity];
  for (const [s, centre] of centres.entries()) {
    let sum = 0;
    for (const [j, steps] of centre.entries()) sum += (lattice[j]! - steps) ** 2;
    if (sum < squared) [label, squared, next, nextSquared] = [s, sum, label, squared];
    else if (sum < nextSquared) [next, nextSquared] = [s, sum];
  }
  return { label, squared, next, nextSquared };
}
`;

/** Constants of one k-means: steps and centres. */
export function kmeansConstants({ recipe, model }: KMeansDefinition, suffix: string): string {
  const steps = recipe.steps.map(({ whenMissing, transform, impute, centre, scale }) => {
    const isNeeded = whenMissing === "fallback" ? 1 : 0;
    return `  [${isNeeded}, ${transformText(transform)}, ${impute}, ${centre}, ${scale}],\n`;
  });
  const centres = model.centres.map((centre) => `  [${centre.join(", ")}],\n`);
  return `const steps${suffix}: readonly Step[] = [\n${steps.join("")}];
const centres${suffix}: readonly (readonly number[])[] = [\n${centres.join("")}];
`;
}

function transformText(transform: TransformName): string {
  return JSON.stringify(transform);
}

/** Raw values of a customer in the order of the steps. */
export function rawValues({ recipe }: KMeansDefinition): string {
  return `[${recipe.steps.map(({ feature }) => `customer[${JSON.stringify(feature)}]`).join(", ")}]`;
}
