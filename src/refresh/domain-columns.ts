import type { Matrix } from "../core/matrix.js";
import { applyRecipe, isMissing, type Recipe } from "../features/recipe.js";

/** More columns than this are not multiplied with each other: products would outnumber what a sample can tell. */
const mostMultiplied = 12;
/** Lattice values beyond it count as it: squares of a few extremes would drown the rest. */
const reach = 4;

/**
 * What a classifier of dates looks at: each basis feature on the lattice, whether it is missing, its square, and products of every two
 * (of up to 12 features), so that changes of mean, spread and correlation all show. Each column has mean 0 and variance 1; those that
 * do not vary are left out.
 *
 * @returns One array per column, shape (nRows,).
 */
export function domainColumns(recipe: Recipe, raw: Matrix): readonly Float64Array[] {
  const { rowCount, columnCount, values } = applyRecipe(recipe, raw);
  const lattice = recipe.steps.map((_, j) =>
    Float64Array.from({ length: rowCount }, (_, i) =>
      Math.max(-reach, Math.min(reach, values[i * columnCount + j]!)),
    ),
  );
  const flags = recipe.steps.map(({ feature, transform }) => {
    const from = raw.columns.indexOf(feature);
    return Float64Array.from({ length: rowCount }, (_, i) =>
      isMissing(raw.values[i * raw.columnCount + from]!, transform) ? 1 : 0,
    );
  });
  const products = lattice.flatMap((a, j) =>
    lattice
      .slice(j, lattice.length > mostMultiplied ? j + 1 : undefined)
      .map((b) => a.map((value, i) => value * b[i]!)),
  );
  return [...lattice, ...flags, ...products].flatMap(standardise);
}

/** None or one column. */
function standardise(column: Float64Array): readonly Float64Array[] {
  const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
  const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length;
  if (variance < 1e-12) return [];
  const deviation = Math.sqrt(variance);
  return [column.map((value) => (value - mean) / deviation)];
}
