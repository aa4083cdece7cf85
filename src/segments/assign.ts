import { checkSameLength, didYouMean } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { matrixOfColumns } from "../core/matrix.js";
import { applyRecipe, isMissing, type RecipeStep } from "../features/recipe.js";
import { assignRows } from "../methods/assign-rows.js";
import { type Definition, latticeSteps } from "./definition.js";

/** Customers to be placed: keys and raw values, one entry per customer. */
export interface CustomerValues {
  readonly keys: readonly string[];
  /** Feature name → values, NaN where missing. Columns that the definition does not need are ignored. */
  readonly columns: ReadonlyMap<string, ArrayLike<number>>;
}

/** Where each customer belongs and how clearly; entry i is customer i. */
export interface Assignment {
  readonly keys: readonly string[];
  /** Index into `definition.segments`; −1 where the customer goes to the fallback. */
  readonly labels: Int32Array;
  /** Distance to the centre, in standard deviations; NaN in the fallback. */
  readonly distances: Float64Array;
  /** Index of the next nearest segment; −1 in the fallback or where there is only one segment. */
  readonly runnersUp: Int32Array;
  /** 0…1: by what share the centre is nearer than the next one; 0 is equidistant, 1 with one segment; NaN in the fallback. */
  readonly margins: Float64Array;
}

/**
 * Puts customers into the segments of a definition: the nearest centre wins, ties go to the lowest segment number.
 *
 * Exact: every engine that runs the definition gives the same segments. A customer without a value that must be known
 * (`whenMissing: "fallback"`) is not placed. Time O(nCustomers · nSegments · nFeatures).
 *
 * @param customers - Raw values, not scaled ones; extra columns do no harm.
 * @throws InputError if a feature of the recipe has no column, or a column is not as long as the keys.
 */
export function assignCustomers(definition: Definition, customers: CustomerValues): Assignment {
  const { recipe, model } = definition;
  const columns = recipe.steps.map((step) => columnOfStep(step, customers));
  const names = recipe.steps.map((step) => step.feature);
  const matrix = applyRecipe(recipe, matrixOfColumns(names, columns));
  const centres = model.centres.map((centre) => centre.map((steps) => steps / latticeSteps));
  const assignment: Assignment = { keys: customers.keys, ...assignRows(matrix, centres) };
  const isPlaceable = placeableRows(recipe.steps, columns);
  for (let row = 0; row < customers.keys.length; row++) if (!isPlaceable(row)) leaveOut(assignment, row);
  return assignment;
}

function columnOfStep(step: RecipeStep, customers: CustomerValues): ArrayLike<number> {
  const column = customers.columns.get(step.feature);
  if (column === undefined)
    throw new InputError(
      `assignCustomers: customers must have a column ${JSON.stringify(step.feature)}, got none${didYouMean(step.feature, [...customers.columns.keys()])}`,
    );
  checkSameLength(
    "assignCustomers",
    `column ${JSON.stringify(step.feature)}`,
    column,
    customers.keys.length,
    "one per key",
  );
  return column;
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
function leaveOut({ labels, distances, runnersUp, margins }: Assignment, row: number): void {
  labels[row] = -1;
  runnersUp[row] = -1;
  distances[row] = Number.NaN;
  margins[row] = Number.NaN;
}
