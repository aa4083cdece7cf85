import type { Matrix } from "../core/matrix.js";
import { rowsOf } from "../core/matrix.js";
import { fitRecipe, type RecipeOptions } from "../features/fit-recipe.js";
import { applyRecipe } from "../features/recipe.js";
import { weighColumns } from "../kmeans/weigh-columns.js";

/** Raw values and the choices that take them to the matrix: the recipe is then fitted anew on every resample. */
export interface RawRows extends RecipeOptions {
  /** Shape (nRows, any), NaN where missing: the rows of the matrix in the same order. */
  readonly raw: Matrix;
}

/**
 * All rows through a recipe fitted on some of them. The columns stay those of `columns`: one that does not vary among the
 * rows drawn is 0 throughout.
 */
export function prepareAnew(
  source: RawRows,
  options: {
    readonly rows: Int32Array;
    readonly columns: readonly string[];
    /** Column weights of the fit, beyond those of the recipe. */
    readonly columnWeights: readonly number[] | undefined;
  },
): Matrix {
  const { rows, columns, columnWeights } = options;
  const prepared = applyRecipe(fitRecipe(rowsOf(source.raw, rows), source), source.raw);
  const places = columns.map((name) => prepared.columns.indexOf(name));
  const columnCount = columns.length;
  const values = new Float64Array(prepared.rowCount * columnCount);
  places.forEach((from, j) => {
    if (from < 0) return;
    for (let i = 0; i < prepared.rowCount; i++)
      values[i * columnCount + j] = prepared.values[i * prepared.columnCount + from]!;
  });
  const matrix = { rowCount: prepared.rowCount, columnCount, columns, values };
  return columnWeights ? weighColumns(matrix, columnWeights) : matrix;
}
