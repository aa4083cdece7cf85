import { matrixOfColumns } from "../core/matrix.js";
import { applyRecipe, isMissing, type Recipe, type RecipeStep } from "../features/recipe.js";
import { assignRows } from "../methods/assign-rows.js";
import { latticeSteps } from "./definition.js";

/** Where each row belongs and how clearly. */
export interface Placement {
  /** Index of the segment; −1 where a row cannot be placed. */
  readonly labels: Int32Array;
  /** Distance to the centre, in standard deviations; NaN where there is none. */
  readonly distances: Float64Array;
  /** Index of the next nearest segment; −1 where there is none. */
  readonly runnersUp: Int32Array;
  /** 0…1: by what share the centre is nearer than the next one; 0 is equidistant, 1 with one segment; NaN where there is none. */
  readonly margins: Float64Array;
}

/**
 * The nearest centre of each customer; ties go to the first.
 *
 * @param centres - Integer centres in lattice steps, one row per segment.
 * @param columns - Raw values in the order of the recipe's steps.
 */
export function assignToCentres(
  recipe: Recipe,
  centres: readonly (readonly number[])[],
  columns: readonly ArrayLike<number>[],
): Placement {
  const names = recipe.steps.map((step) => step.feature);
  const matrix = applyRecipe(recipe, matrixOfColumns(names, columns));
  const scaled = centres.map((centre) => centre.map((steps) => steps / latticeSteps));
  const assignment = assignRows(matrix, scaled);
  const isPlaceable = placeableRows(recipe.steps, columns);
  for (let row = 0; row < matrix.rowCount; row++) if (!isPlaceable(row)) leaveOut(assignment, row);
  return assignment;
}

function placeableRows(
  steps: readonly RecipeStep[],
  columns: readonly ArrayLike<number>[],
): (row: number) => boolean {
  const needed = steps.flatMap((step, j) =>
    step.whenMissing === "fallback" ? [{ transform: step.transform, values: columns[j]! }] : [],
  );
  return (row) => needed.every(({ transform, values }) => !isMissing(values[row]!, transform));
}

/** The row goes to the fallback, which has no centre. */
function leaveOut({ labels, distances, runnersUp, margins }: Placement, row: number): void {
  labels[row] = -1;
  runnersUp[row] = -1;
  distances[row] = Number.NaN;
  margins[row] = Number.NaN;
}
