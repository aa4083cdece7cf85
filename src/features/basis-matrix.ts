import { checkChoice } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { CustomerTable } from "../core/feature.js";
import { type Matrix, matrixOfColumns } from "../core/matrix.js";

/**
 * The named features of a customer table as a matrix of raw values, before any recipe.
 *
 * @param names - Numeric features, in the order that the columns shall have.
 * @returns Shape (nCustomers, nNames), rows in the order of the table, NaN where unknown.
 * @throws InputError if a name is no column of the table or a category, or no name is given.
 */
export function basisMatrix(table: CustomerTable, names: readonly string[]): Matrix {
  const available = table.columns.map(({ feature }) => feature.name);
  const columns = names.map((name) => {
    checkChoice("basisMatrix", "names", name, available);
    const column = table.columns[available.indexOf(name)]!;
    if (column.kind === "category")
      throw new InputError(`basisMatrix: names must be of numeric features, got the category "${name}"`);
    return column.values;
  });
  if (columns.length === 0)
    throw new InputError("basisMatrix: names must hold at least one feature, got none");
  return matrixOfColumns(names, columns);
}
