import { checkSameLength, didYouMean } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { matrixOfColumns } from "../core/matrix.js";
import { applyRecipe, isMissing, type RecipeStep } from "../features/recipe.js";
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
  const { values } = applyRecipe(recipe, matrixOfColumns(names, columns));
  const isPlaceable = placeableRows(recipe.steps, columns);
  const rowCount = customers.keys.length;
  const assignment: Assignment = {
    keys: customers.keys,
    labels: new Int32Array(rowCount).fill(-1),
    distances: new Float64Array(rowCount).fill(Number.NaN),
    runnersUp: new Int32Array(rowCount).fill(-1),
    margins: new Float64Array(rowCount).fill(Number.NaN),
  };
  for (let i = 0; i < rowCount; i++) {
    if (isPlaceable(i))
      placeRow(assignment, i, values.subarray(i * names.length, (i + 1) * names.length), model.centres);
  }
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

function placeRow(
  assignment: Assignment,
  row: number,
  scaled: Float64Array,
  centres: readonly (readonly number[])[],
): void {
  let nearest = -1;
  let next = -1;
  let nearestSquared = Infinity;
  let nextSquared = Infinity;
  for (let s = 0; s < centres.length; s++) {
    const squared = squaredLatticeDistance(scaled, centres[s]!);
    if (squared < nearestSquared) {
      [next, nextSquared] = [nearest, nearestSquared];
      [nearest, nearestSquared] = [s, squared];
    } else if (squared < nextSquared) {
      [next, nextSquared] = [s, squared];
    }
  }
  assignment.labels[row] = nearest;
  assignment.runnersUp[row] = next;
  assignment.distances[row] = Math.sqrt(nearestSquared) / latticeSteps;
  assignment.margins[row] = marginOf(nearestSquared, nextSquared);
}

/** Exact: a whole number of at most 2^53 for up to 32 features. */
function squaredLatticeDistance(scaled: Float64Array, centre: readonly number[]): number {
  let sum = 0;
  for (let j = 0; j < centre.length; j++) {
    const difference = scaled[j]! * latticeSteps - centre[j]!;
    sum += difference * difference;
  }
  return sum;
}

function marginOf(nearestSquared: number, nextSquared: number): number {
  if (nextSquared === Infinity) return 1;
  if (nextSquared === 0) return 0;
  return (Math.sqrt(nextSquared) - Math.sqrt(nearestSquared)) / Math.sqrt(nextSquared);
}
