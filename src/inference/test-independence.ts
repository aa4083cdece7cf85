import { chiSquareTest } from "./chi-square-test.js";
import { readCountTable, smallCountsText } from "./count-table.js";
import { type FisherOptions, fisherExact } from "./fisher-exact.js";
import type { TestResult } from "./test-result.js";

/**
 * Tests whether the rows and columns of a table of counts are independent, by χ² or, where expected counts are small, exactly.
 *
 * Cochran's rule decides: {@link fisherExact} where over a fifth of the expected counts are below 5 or one is below 1, and a note
 * says so; else {@link chiSquareTest}.
 *
 * @param table - Whole counts, shape (nRows, nColumns), rows equally long.
 * @throws InputError as for the two tests.
 * @see Cochran (1954), doi:10.2307/3001616
 */
export function testIndependence(
  table: readonly (readonly number[])[],
  options: FisherOptions = {},
): TestResult {
  const small = smallCountsText(readCountTable("testIndependence", table));
  if (small === undefined) return chiSquareTest(table, options);
  const result = fisherExact(table, options);
  return { ...result, notes: [`${small}: Fisher's exact test in place of χ².`, ...result.notes] };
}
