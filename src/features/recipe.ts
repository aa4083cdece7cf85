import { describeValue, didYouMean, listForMessage } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { TransformName } from "../core/feature.js";
import type { Matrix } from "../core/matrix.js";

/** Every constant between a raw value and the lattice. */
export interface Recipe {
  /** Lattice step is 2^−latticeBits. */
  readonly latticeBits: 20;
  /** Scaled values are clamped to ±clamp. */
  readonly clamp: 8;
  /** One step per basis feature, in column order. */
  readonly steps: readonly RecipeStep[];
  /** What was left out and why, such as a constant column. */
  readonly notes: readonly string[];
}

export interface RecipeStep {
  readonly feature: string;
  /**
   * Value that stands in for a missing one (the median), on the raw scale. A value that the transform cannot take
   * (below 0 for sqrt, −1 or less for log1p) counts as missing, as SQL would stop at it.
   */
  readonly impute: number;
  /** What a missing value does to a customer at assignment: imputed where missing was normal when fitted, else the fallback. */
  readonly whenMissing: "impute" | "fallback";
  readonly transform: TransformName;
  /** Mean after the transform. */
  readonly centre: number;
  /** Standard deviation (n − 1) after the transform; of a weighted feature that divided by √weight. */
  readonly scale: number;
}

const latticeScale = 2 ** 20;
const clampLimit = 8;

/** Whether a value is unknown, or one that the transform cannot take: both are imputed or lead to the fallback. */
export function isMissing(value: number, transform: TransformName): boolean {
  return !Number.isFinite(transformValue(value, transform));
}

/**
 * A value on the transformed scale, NaN if {@link isMissing}.
 *
 * log1p is literally ln(1 + x), so that SQL's `ln(1 + x)` is the same expression; signedLog is sign(x) · ln(1 + |x|).
 */
export function transformValue(value: number, transform: TransformName): number {
  if (!Number.isFinite(value)) return Number.NaN;
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

/**
 * Raw values through a recipe onto the lattice: impute, transform, (x − centre) / scale, clamp to ±8, round to 2^−20.
 *
 * Unit: standard deviations of the customers that the recipe was fitted on. Each value depends on nothing but its own raw value
 * and the recipe, so that any customer can be scored alone. Time O(nRows · nColumns).
 *
 * @param matrix - Shape (nRows, any), raw values, NaN where missing; columns are found by name, extra ones do no harm.
 * @returns Shape (nRows, nSteps), columns in the order of the recipe; multiples of 2^−20 from −8 to 8, none missing.
 * @throws InputError if a feature of the recipe has no column.
 * @see {@link fitRecipe}. Checked against NumPy in test/reference/recipe.json.
 */
export function applyRecipe(recipe: Recipe, matrix: Matrix): Matrix {
  const { rowCount, columnCount } = matrix;
  const stepCount = recipe.steps.length;
  const values = new Float64Array(rowCount * stepCount);
  recipe.steps.forEach((step, j) => {
    const from = columnIndex(step.feature, matrix.columns);
    const imputed = latticeValue(step, step.impute);
    for (let i = 0; i < rowCount; i++) {
      const z = latticeValue(step, matrix.values[i * columnCount + from]!);
      values[i * stepCount + j] = Number.isNaN(z) ? imputed : z;
    }
  });
  return { rowCount, columnCount: stepCount, columns: recipe.steps.map((step) => step.feature), values };
}

/** NaN if the value is missing. */
function latticeValue({ transform, centre, scale }: RecipeStep, value: number): number {
  const z = (transformValue(value, transform) - centre) / scale;
  const clamped = Math.max(-clampLimit, Math.min(clampLimit, z));
  return Math.floor(clamped * latticeScale + 0.5) / latticeScale;
}

function columnIndex(feature: string, columns: readonly string[]): number {
  const index = columns.indexOf(feature);
  if (index < 0)
    throw new InputError(
      `applyRecipe: matrix must have the column ${describeValue(feature)}, got ${listForMessage(columns)}${didYouMean(feature, columns)}`,
    );
  return index;
}
