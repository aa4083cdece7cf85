import { describeValue, didYouMean } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { CustomerTable } from "../core/feature.js";
import { type Assignment, assignCustomers } from "../segments/assign.js";
import type { CustomerColumn, CustomerValues } from "../segments/customer-values.js";
import type { Definition } from "../segments/definition.js";
import { inputsOf } from "../segments/definition-inputs.js";

/**
 * The columns of a table that a frozen definition needs.
 *
 * @throws InputError if the table does not have one of them, or has words where the definition needs numbers.
 */
export function scoringColumns(table: CustomerTable, definition: Definition): CustomerValues {
  const known = new Map(table.columns.map((column) => [column.feature.name, column]));
  const columns = inputsOf(definition).map(({ name, type }): [string, CustomerColumn] => {
    const column = known.get(name);
    const isFit = column !== undefined && (type !== "number" || column.kind === "number");
    if (isFit) return [name, column.values];
    const got = column === undefined ? "none called" : "a category called";
    throw new InputError(
      `refreshWorkbook: the workbook must compute every feature of the definition in force (version ${definition.version}), got ${got} ${describeValue(name)}${didYouMean(name, [...known.keys()])}. Bring it back, or begin a new history with --history`,
    );
  });
  return { keys: table.keys, columns: new Map(columns) };
}

/**
 * Where a definition puts the customers of a day, `YYYY-MM-DD`: rules count days from it, on their own day as they were drawn.
 *
 * @throws InputError as {@link scoringColumns}.
 */
export function scoreOn(asOf: string, table: CustomerTable, definition: Definition): Assignment {
  const isOwnDay = definition.createdFor === asOf;
  return assignCustomers(definition, scoringColumns(table, definition), isOwnDay ? {} : { asOf });
}

/** Amounts by which segments are weighed, as whole minor units; undefined where customers have no spend. */
export function spendInMinorUnits(table: CustomerTable, decimals: number): Float64Array | undefined {
  const spend = table.columns.find(({ feature }) => feature.name === "spend");
  if (spend?.kind !== "number") return undefined;
  const unit = 10 ** decimals;
  // Who has bought nothing has no spend.
  return spend.values.map((value) => (Number.isNaN(value) ? 0 : Math.round(value * unit)));
}
