import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { CustomerTable, FeatureColumn, Role } from "../core/feature.js";
import { labelFromName } from "./feature-definition.js";

/** What a derived feature is called and counted in. */
export interface DerivedFeature {
  /** Column name, snake_case, not used in the table. */
  readonly name: string;
  /** "EUR", "days", "share 0–1", … */
  readonly unit: string;
  /** One sentence: what exactly is measured. */
  readonly meaning: string;
  /** Default: the name in words. */
  readonly label?: string;
  /** Default: descriptor. */
  readonly role?: Role;
}

/** Typed columns by feature name, one value per customer in the order of the table's keys; copies, so that nothing can be spoilt. */
export interface ColumnValues {
  /** @returns NaN where unknown. @throws InputError if there is no such numeric feature. */
  readonly numbers: (name: string) => Float64Array;
  /** @returns null where unknown. @throws InputError if there is no such category. */
  readonly categories: (name: string) => readonly (string | null)[];
  readonly rowCount: number;
}

/**
 * A customer table with one more feature, computed by a function over its columns.
 *
 * The function runs twice, the second time over the customers in reverse order: a value must belong to its customer, not to a
 * place in the table. Time is twice that of the function plus O(nCustomers) per column that it asks for.
 *
 * @param compute - Returns one number per customer, finite or NaN where unknown.
 * @returns A new table; the given one is not changed.
 * @throws InputError if the name is taken or empty, the unit is empty, or the values are not one finite number or NaN per customer,
 * the same in any order of customers.
 * @example
 * const table = deriveFeature(customers, { name: "spend_per_day", unit: "EUR per day", meaning: "Spend divided by days since first purchase" },
 *   ({ numbers }) => numbers("spend").map((spend, row) => spend / numbers("tenure_days")[row]!));
 */
export function deriveFeature(
  table: CustomerTable,
  feature: DerivedFeature,
  compute: (columns: ColumnValues) => ArrayLike<number>,
): CustomerTable {
  checkNaming(table, feature);
  const rows = table.keys.map((_, row) => row);
  const values = computed(table, rows, { feature, compute });
  const reversed = computed(table, [...rows].reverse(), { feature, compute }).reverse();
  const odd = values.findIndex((value, row) => !Object.is(value, reversed[row]));
  if (odd >= 0)
    throw new InputError(
      `deriveFeature: compute must give a customer the same value whatever the order of rows, got ${values[odd]} and ${reversed[odd]} for customer ${describeValue(table.keys[odd])}`,
    );
  const { name, unit, meaning, label = labelFromName(name), role = "descriptor" } = feature;
  const column: FeatureColumn = {
    kind: "number",
    feature: { name, label, unit, type: "number", role, meaning, source: "derived" },
    values,
  };
  return { ...table, columns: [...table.columns, column] };
}

function checkNaming({ columns, keyName }: CustomerTable, { name, unit, meaning }: DerivedFeature): void {
  const taken = [keyName, ...columns.map(({ feature }) => feature.name)].map((other) => other.toLowerCase());
  if (typeof name !== "string" || name.trim() === "" || taken.includes(name.toLowerCase()))
    throw new InputError(`deriveFeature: name must be text that no column has, got ${describeValue(name)}`);
  for (const [argument, value] of Object.entries({ unit, meaning }))
    if (typeof value !== "string" || value.trim() === "")
      throw new InputError(`deriveFeature: ${argument} must be text, got ${describeValue(value)}`);
}

interface Computing {
  readonly feature: DerivedFeature;
  readonly compute: (columns: ColumnValues) => ArrayLike<number>;
}

function computed(
  table: CustomerTable,
  rows: readonly number[],
  { feature, compute }: Computing,
): Float64Array {
  const values = compute(columnValues(table, rows));
  if (values?.length !== rows.length)
    throw new InputError(
      `deriveFeature: compute must return one number per customer (${rows.length}), got ${values?.length ?? describeValue(values)} for ${describeValue(feature.name)}`,
    );
  return Float64Array.from({ length: rows.length }, (_, row) => checkedValue(values[row], feature));
}

/** −0 becomes 0: they are one number to a reader and two to a comparison of bits. */
function checkedValue(value: unknown, { name }: DerivedFeature): number {
  if (typeof value !== "number" || (!Number.isFinite(value) && !Number.isNaN(value)))
    throw new InputError(
      `deriveFeature: compute must return finite numbers or NaN, got ${describeValue(value)} for ${describeValue(name)}`,
    );
  return value + 0;
}

function columnValues(table: CustomerTable, rows: readonly number[]): ColumnValues {
  const find = <Kind extends FeatureColumn["kind"]>(name: string, kind: Kind) => {
    const column = table.columns.find(({ feature }) => feature.name === name);
    if (column?.kind === kind) return column as Extract<FeatureColumn, { readonly kind: Kind }>;
    const names = table.columns.filter((other) => other.kind === kind).map(({ feature }) => feature.name);
    throw new InputError(
      `deriveFeature: columns must be asked for by the name of a ${kind}, one of ${names.join(", ")}, got ${describeValue(name)}`,
    );
  };
  return {
    rowCount: rows.length,
    numbers: (name) => {
      const { values } = find(name, "number");
      return Float64Array.from(rows, (row) => values[row]!);
    },
    categories: (name) => {
      const { values } = find(name, "category");
      return rows.map((row) => values[row]!);
    },
  };
}
