import { checkChoice, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { TransformName } from "../core/feature.js";
import { columnOf, type Matrix } from "../core/matrix.js";
import {
  type CountedValues,
  countRows,
  countValues,
  meanOf,
  medianOf,
  mergeCounts,
  skewnessOf,
  standardDeviationOf,
  withCopies,
} from "./counted-values.js";
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
  const columns = matrix.columns.map((name, j): [string, CountedValues] => [
    name,
    countValues(columnOf(matrix, j)),
  ]);
  return fitRecipeOfCounts(columns, matrix.rowCount, options);
}

/**
 * {@link fitRecipe} for whoever has each column's different values and how often they occur, but not its rows: the very
 * same recipe, bit for bit. Time O(nRows · nColumns), memory that of the counts.
 *
 * @param columns - Name and counts of the known values of each column.
 * @param rowCount - How many rows there are with those whose value is missing.
 */
export function fitRecipeOfCounts(
  columns: readonly (readonly [name: string, counted: CountedValues])[],
  rowCount: number,
  options: RecipeOptions = {},
): Recipe {
  const names = columns.map(([name]) => name);
  const transforms = checkedTransforms(names, options.transforms);
  const fits = columns.map(([name, counted]) =>
    fitColumn(name, counted, { rowCount, choice: transforms.get(name) ?? "auto" }),
  );
  const steps = fits.filter((fit) => typeof fit !== "string");
  const notes = fits.filter((fit) => typeof fit === "string");
  if (steps.length === 0)
    throw new InputError(
      `fitRecipe: matrix must hold at least one column that varies, got ${rowCount} rows: ${notes[0] ?? "no column"}`,
    );
  const varying = steps.map(({ feature }) => feature);
  const weights = weighColumns(names, varying, options.weights);
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
function fitColumn(
  name: string,
  known: CountedValues,
  { rowCount, choice }: { readonly rowCount: number; readonly choice: TransformChoice },
): RecipeStep | string {
  const { values } = known;
  if (values.length === 0) return `Left out ${name}: no customer has a value`;
  if (values.length === 1) return `Left out ${name}: every known value is ${values[0]}`;
  const transform = choice === "auto" ? chooseTransform(known) : choice;
  checkDomain(name, values, transform);
  const impute = medianOf(known);
  const missingCount = rowCount - countRows(known);
  const filled = withCopies(known, impute, missingCount);
  const bent = mergeCounts(
    filled.values.map((value) => transformValue(value, transform)),
    filled.counts,
  );
  const centre = meanOf(bent);
  const scale = standardDeviationOf(bent);
  if (!Number.isFinite(centre) || !Number.isFinite(scale))
    throw new InputError(
      `fitRecipe: column ${describeValue(name)} must have a finite spread, got values from ${values[0]} to ${values.at(-1)}`,
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

function chooseTransform(known: CountedValues): TransformName {
  const skewness = skewnessOf(known);
  if (known.values[0]! >= 0) return skewness > skewnessLimit ? "log1p" : "identity";
  return Math.abs(skewness) > skewnessLimit ? "signedLog" : "identity";
}

function checkDomain(name: string, sorted: Float64Array, transform: TransformName): void {
  const takesNegatives = transform === "identity" || transform === "signedLog";
  if (takesNegatives || sorted[0]! >= 0) return;
  throw new InputError(
    `fitRecipe: column ${describeValue(name)} must have no value below 0 for ${transform}, got ${sorted[0]}. signedLog takes negative values`,
  );
}
