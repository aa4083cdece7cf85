import type { TransformName } from "../core/feature.js";
import type { Recipe, RecipeStep } from "../features/recipe.js";
import { latticeSteps } from "./definition.js";

/** Steps aside from a border: on it, a hair off (three lattice steps), and clearly off (about 0.03 standard deviations). */
const asideInSteps = [0, 3, -3, 32_768, -32_768];

/**
 * Made-up customers that show whether another engine draws the same borders, as raw values in the order of the steps.
 *
 * Points at each centre; on and beside the border of each two neighbours; the medians; each value missing, and all; far
 * outside on each side. Made from the constants of the definition alone, so no customer is in it, and always the same.
 *
 * @param centres - Integer centres in lattice steps, one row per segment.
 * @returns Rows without repeats; null is a missing value.
 */
export function verificationInputs(
  recipe: Recipe,
  centres: readonly (readonly number[])[],
): (number | null)[][] {
  const { steps } = recipe;
  const medians = steps.map((step) => step.impute);
  const rows = [
    ...[...centres, ...borderPoints(centres)].map((point) => rawValues(point, steps)),
    medians,
    ...steps.map((_, j) => withValue(medians, j, null)),
    steps.map(() => null),
    ...steps.flatMap((step, j) => extremeValues(step).map((value) => withValue(medians, j, value))),
    ...[1e300, -1e300].map((value) => steps.map(() => value)),
  ];
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}

/** Points on and beside the middle between two centres, where no third centre is nearer. */
function borderPoints(centres: readonly (readonly number[])[]): number[][] {
  return centres.flatMap((a, i) =>
    centres.slice(i + 1).flatMap((b) => {
      const middle = a.map((value, j) => (value + b[j]!) / 2);
      const radius = squaredDistance(middle, a);
      const isBorder = radius > 0 && centres.every((other) => squaredDistance(middle, other) >= radius);
      return isBorder ? asideInSteps.map((aside) => pointAside(middle, a, b, aside)) : [];
    }),
  );
}

function pointAside(
  middle: readonly number[],
  a: readonly number[],
  b: readonly number[],
  aside: number,
): number[] {
  const length = Math.sqrt(squaredDistance(a, b));
  return middle.map((value, j) => Math.round(value + ((b[j]! - a[j]!) / length) * aside));
}

function squaredDistance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, j) => sum + (value - b[j]!) ** 2, 0);
}

/** Raw values in the middle of lattice cells, so that a last bit of another engine's logarithm cannot leave the cell. */
function rawValues(point: readonly number[], steps: readonly RecipeStep[]): number[] {
  return steps.map((step, j) =>
    rawValue((point[j]! / latticeSteps) * step.scale + step.centre, step.transform),
  );
}

/** The value that the transform turns into `transformed`, or the lowest one it takes; 12 digits, so that a reader can follow. */
function rawValue(transformed: number, transform: TransformName): number {
  return Number(inverse(transformed, transform).toPrecision(12)) + 0;
}

function inverse(transformed: number, transform: TransformName): number {
  switch (transform) {
    case "identity":
      return transformed;
    case "log1p":
      return Math.max(0, Math.exp(transformed) - 1);
    case "signedLog":
      return Math.sign(transformed) * (Math.exp(Math.abs(transformed)) - 1);
    case "sqrt":
      return Math.max(0, transformed) ** 2;
  }
}

/** Beyond the clamp on either side, and below what a logarithm or root takes. */
function extremeValues(step: RecipeStep): number[] {
  const outside = [12, -12].map((z) => rawValue(z * step.scale + step.centre, step.transform));
  return [...outside, 0, -1, -2];
}

function withValue(row: readonly number[], index: number, value: number | null): (number | null)[] {
  return row.map((old, j) => (j === index ? value : old));
}
