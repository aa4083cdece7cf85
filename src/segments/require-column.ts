import { didYouMean } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { CustomerTable, NumberColumn } from "../core/feature.js";

/** The numeric column of that name; throws if there is none. */
export function requireNumberColumn(
  caller: string,
  argument: string,
  table: CustomerTable,
  name: string,
): NumberColumn {
  const found = table.columns.find(({ feature }) => feature.name === name);
  if (found?.kind === "number") return found;
  const numeric = table.columns.filter(({ kind }) => kind === "number").map(({ feature }) => feature.name);
  throw new InputError(
    `${caller}: ${argument} must be a numeric feature, got "${name}"${didYouMean(name, numeric)}`,
  );
}
