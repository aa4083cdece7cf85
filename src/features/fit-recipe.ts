import { mean, quantileSorted, sampleSkewness, sampleStandardDeviation } from "simple-statistics";
import { checkChoice, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { TransformName } from "../core/feature.js";
import { columnOf, type Matrix } from "../core/matrix.js";
import { type Recipe, type RecipeStep, transformValue } from "./recipe.js";
import { mapOf, type Named, type WeightChoice, weighColumns } from "./weigh-columns.js";
import { weighRecipe } from "./weigh-recipe.js";

/** What {@link fitRecipe} may decide by itself: `auto`. */
export type TransformChoice = TransformName | "auto";

export interface RecipeOptions {
  /** Column → transform; `auto` where a column is not named. */
  readonly transforms?: Named<TransformChoice>;
  /** How much each column or block of columns counts; absent: every column the same. */
  readonly weights?: WeightChoice;
}

const choices: readonly TransformChoice[] = ["auto", "identity", "log1p", "signedLog", "sqrt"];

/** Sample skewness beyond which `auto` takes logarithms. */
const skewnessLimit = 1;

/**
 * Fits the constants that take raw values to the lattice: median, transform, centre and scale of each column.
 *
 * `auto` looks at the known values' sample skewness: beyond 1 with none negative, log1p; beyond ±1 with negatives, signedLog;
 * else identity. Missing values take the median before centre (mean) and scale (standard deviation, n − 1) are computed, as in
 * a pipeline. A column that does not vary is left out with a note. Sums run over sorted values, so the order of rows cannot
 * change a bit. Time O(nRows · log nRows · nColumns).
 *
 * A weight is folded into the scale: standard deviation / √(weight / largest weight), so that the recipe needs no other
 * constant and whoever executes it weighs alike. A column of weight 0 is left out with a note.
 *
 * @param matrix - Shape (nRows, nColumns), raw values; NaN and infinities count as missing.
 * @throws InputError if no column varies, two columns have one name, `transforms` names no column or no transform, a
 * column holds values that its transform cannot take or whose spread is not finite, or `weights` names no column or block,
 * leaves a column without a block, holds one that is not finite or below 0, or leaves nothing above 0.
 * @see {@link applyRecipe}. Checked against NumPy and SciPy in test/reference/recipe.json.
 * @example
 * fitRecipe(matrixOf({ x: [1, 2, 3] })).steps[0].centre // => 2
 */
export function fitRecipe(matrix: Matrix, options: RecipeOptions = {}): Recipe {
  const transforms = checkedTransforms(matrix.columns, options.transforms);
  const fits = matrix.columns.map((name, j) =>
    fitColumn(name, columnOf(matrix, j), transforms.get(name) ?? "auto"),
  );
  const steps = fits.filter((fit) => typeof fit !== "string");
  const notes = fits.filter((fit) => typeof fit === "string");
  if (steps.length === 0)
    throw new InputError(
      `fitRecipe: matrix must hold at least one column that varies, got ${matrix.rowCount} rows: ${notes[0] ?? "no column"}`,
    );
  const varying = steps.map(({ feature }) => feature);
  const weights = weighColumns(matrix.columns, varying, options.weights);
  return weighRecipe({ latticeBits: 20, clamp: 8, steps, notes }, weights);
}

function checkedTransforms(
  columns: readonly string[],
  wishes: RecipeOptions["transforms"] = {},
): ReadonlyMap<string, TransformChoice> {
  const repeated = columns.find((name, j) => columns.indexOf(name) !== j);
  if (repeated !== undefined)
    throw new InputError(
      `fitRecipe: matrix must have a name of its own for each column, got ${describeValue(repeated)} twice`,
    );
  const transforms = mapOf(wishes);
  for (const [name, transform] of transforms) {
    checkChoice("fitRecipe", "a column under transforms", name, columns);
    checkChoice("fitRecipe", `the transform of ${describeValue(name)}`, transform, choices);
  }
  return transforms;
}

/** A step, or the note that says why the column is left out. */
function fitColumn(name: string, values: Float64Array, choice: TransformChoice): RecipeStep | string {
  const known = Array.from(values.filter(Number.isFinite).sort());
  if (known.length === 0) return `Left out ${name}: no customer has a value`;
  if (known[0] === known.at(-1)) return `Left out ${name}: every known value is ${known[0]}`;
  const transform = choice === "auto" ? chooseTransform(known) : choice;
  checkDomain(name, known, transform);
  const impute = quantileSorted(known, 0.5);
  const missingCount = values.length - known.length;
  const bent = withCopies(known, impute, missingCount).map((value) => transformValue(value, transform));
  const centre = mean(bent);
  const scale = sampleStandardDeviation(bent);
  if (!Number.isFinite(centre) || !Number.isFinite(scale))
    throw new InputError(
      `fitRecipe: column ${describeValue(name)} must have a finite spread, got values from ${known[0]} to ${known.at(-1)}`,
    );
  if (scale === 0) return `Left out ${name}: every known value is the same after ${transform}`;
  return {
    feature: name,
    impute,
    whenMissing: missingCount > 0 ? "impute" : "fallback",
    transform,
    centre,
    scale,
  };
}

function chooseTransform(sorted: readonly number[]): TransformName {
  const skewness = sorted.length < 3 ? 0 : sampleSkewness(sorted);
  if (sorted[0]! >= 0) return skewness > skewnessLimit ? "log1p" : "identity";
  return Math.abs(skewness) > skewnessLimit ? "signedLog" : "identity";
}

function checkDomain(name: string, sorted: readonly number[], transform: TransformName): void {
  const takesNegatives = transform === "identity" || transform === "signedLog";
  if (takesNegatives || sorted[0]! >= 0) return;
  throw new InputError(
    `fitRecipe: column ${describeValue(name)} must have no value below 0 for ${transform}, got ${sorted[0]}. signedLog takes negative values`,
  );
}

/** Sorted values with copies of one value added where they belong, so that sums still run in order. */
function withCopies(sorted: readonly number[], value: number, count: number): readonly number[] {
  const place = sorted.findIndex((other) => other >= value);
  return [...sorted.slice(0, place), ...Array<number>(count).fill(value), ...sorted.slice(place)];
}
