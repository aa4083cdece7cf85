import { checkSameLength, describeValue, didYouMean } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { DefinitionInput } from "./definition-inputs.js";

/** Customers to be placed: keys and raw values, one entry per customer. */
export interface CustomerValues {
  readonly keys: readonly string[];
  /** Feature name → values. Columns that the definition does not need are ignored. */
  readonly columns: ReadonlyMap<string, CustomerColumn>;
}

/** Numbers, NaN where missing; or texts (dates as `YYYY-MM-DD`), null where missing. */
export type CustomerColumn = ArrayLike<number | string | null>;

/**
 * The columns that a definition needs, in its order.
 *
 * @throws InputError if one is absent, not as long as the keys, or holds texts where numbers are needed or the other way round.
 */
export function columnsFor(
  inputs: readonly DefinitionInput[],
  { keys, columns }: CustomerValues,
): CustomerColumn[] {
  return inputs.map(({ name, type }) => {
    const column = columns.get(name);
    const title = `column ${describeValue(name)}`;
    if (column === undefined)
      throw new InputError(
        `assignCustomers: customers must have a ${title}, got none${didYouMean(name, [...columns.keys()])}`,
      );
    checkSameLength("assignCustomers", title, column, keys.length, "one per key");
    checkColumnType(title, column, type === "number");
    return type === "date" ? daysOnly(column) : column;
  });
}

function checkColumnType(title: string, column: CustomerColumn, isNumber: boolean): void {
  if (ArrayBuffer.isView(column) && isNumber) return;
  const isRight = (value: unknown): boolean =>
    isNumber ? typeof value === "number" : value === null || typeof value === "string";
  for (let row = 0; row < column.length; row++)
    if (!isRight(column[row]))
      throw new InputError(
        `assignCustomers: ${title} must hold ${isNumber ? "numbers" : "texts or null"}, got a ${typeof column[row]} at row ${row}`,
      );
}

/** The shape alone decides, so that no engine needs a calendar: `2026-02-31` is a text that sorts between its neighbours. */
function daysOnly(column: CustomerColumn): (string | null)[] {
  return Array.from(column, (text) =>
    typeof text === "string" && /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) ? text : null,
  );
}
