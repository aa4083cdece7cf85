import { InputError } from "../core/errors.js";
import { checkFiniteMatrix, type Matrix } from "../core/matrix.js";
import { findStrangers } from "./find-strangers.js";
import type { MixedTable } from "./mixed-table.js";

/** Beyond it squares of differences, summed over rows, leave the range of a double. */
const largestMagnitude = 1e140;

/** Throws unless every number is finite and small enough for its square, and no category is missing. */
export function checkTable(caller: string, table: MixedTable): void {
  checkMagnitude(caller, table.numbers);
  for (const { name, codes } of table.categories) {
    const row = codes.indexOf(-1);
    if (row >= 0)
      throw new InputError(
        `${caller}: table must have no missing category, got one at row ${row}, column "${name}". Did you mean a level of its own, such as "unknown"?`,
      );
  }
}

/**
 * Throws unless every number is missing or finite, and each row can be compared with each of `others` (by default the
 * table's own rows): a column in which both have a value.
 */
export function checkTableWithGaps(caller: string, table: MixedTable, others: MixedTable = table): void {
  const { values } = table.numbers;
  checkMagnitude(caller, {
    ...table.numbers,
    values: values.map((value) => (Number.isNaN(value) ? 0 : value)),
  });
  const pair = findStrangers(table, others);
  if (pair === undefined) return;
  const whom = others === table ? `row ${pair[1]}` : `the prototype of cluster ${pair[1]}`;
  throw new InputError(
    `${caller}: table must have rows that share a column without missing values with every other, got none at row ${pair[0]} with ${whom}`,
  );
}

/** Throws unless every value is finite and small enough for its square. */
export function checkMagnitude(caller: string, matrix: Matrix): void {
  checkFiniteMatrix(caller, matrix);
  const at = matrix.values.findIndex((value) => Math.abs(value) > largestMagnitude);
  if (at < 0) return;
  const { columnCount } = matrix;
  throw new InputError(
    `${caller}: matrix must hold values from -1e140 to 1e140, got ${matrix.values[at]} at row ${Math.floor(at / columnCount)}, column "${matrix.columns[at % columnCount]}"`,
  );
}
