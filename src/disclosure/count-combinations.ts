import { checkCount } from "../core/check.js";
import { InputError } from "../core/errors.js";

/** How well combinations of what is told of customers hide each of them. */
export interface CombinationCount {
  /** Combinations that occur. */
  readonly combinations: number;
  /** Customers of the rarest combination; 0 without customers. This is the k of k-anonymity. */
  readonly smallest: number;
  /** Combinations of fewer than the minimum. */
  readonly small: number;
  /** Customers in such combinations. */
  readonly exposed: number;
  /** Row numbers of those customers, ascending. */
  readonly rows: readonly number[];
}

/**
 * Counts how many customers share each combination of descriptors, such as region, age band and gender.
 *
 * A list that leaves the house with such columns tells on whoever is alone with a combination, even without a name. A missing value
 * is a value of its own. O(rows · columns).
 *
 * @param columns - What is told of each customer, one array per column, all equally long.
 * @param minimum - Customers that must share a combination, 1 or more.
 * @throws InputError if columns differ in length.
 * @see Sweeney (2002), k-anonymity: a model for protecting privacy, doi:10.1142/S0218488502001648.
 */
export function countCombinations(
  columns: readonly (readonly (string | number | null)[])[],
  minimum: number,
): CombinationCount {
  checkCount("countCombinations", "minimum", minimum, 1);
  const rowCount = columns[0]?.length ?? 0;
  const other = columns.find(({ length }) => length !== rowCount);
  if (other !== undefined)
    throw new InputError(
      `countCombinations: columns must be equally long, got ${rowCount} and ${other.length} values`,
    );
  const keys = Array.from({ length: rowCount }, (_, row) =>
    JSON.stringify(columns.map((column) => column[row] ?? null)),
  );
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const sizes = [...counts.values()];
  const rows = keys.flatMap((key, row) => (counts.get(key)! < minimum ? [row] : []));
  return {
    combinations: sizes.length,
    smallest: sizes.reduce((least, size) => Math.min(least, size), sizes[0] ?? 0),
    small: sizes.filter((size) => size < minimum).length,
    exposed: rows.length,
    rows,
  };
}
