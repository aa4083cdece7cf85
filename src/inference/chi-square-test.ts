import { chiSquareStatistic } from "./count-table.js";
import { testCountTable } from "./test-count-table.js";
import type { IntervalOptions, TestResult } from "./test-result.js";

/**
 * Tests whether the rows and columns of a table of counts are independent (Pearson, no continuity correction).
 *
 * `statistic` is χ² (0 and up, higher: further from independent), `degreesOfFreedom` (rows − 1)(columns − 1) after
 * empty rows and columns are left out. The effect is {@link cramersV}. Small expected counts are noted; {@link testIndependence}
 * takes the exact test then. O(cells) plus the bootstrap.
 *
 * @param table - Whole counts, shape (nRows, nColumns), rows equally long.
 * @throws InputError if a count is not a whole number of at least 0, rows differ in length, fewer than two rows or columns
 * hold anything, or there are more than 1,000 degrees of freedom.
 * @see Pearson (1900), doi:10.1080/14786440009463897; Cochran (1954), doi:10.2307/3001616. Checked against SciPy in test/reference/inference.json.
 * @example
 * chiSquareTest([[10, 20], [20, 10]]).statistic // => 6.66667
 */
export function chiSquareTest(
  table: readonly (readonly number[])[],
  options: IntervalOptions = {},
): TestResult {
  return testCountTable(
    table,
    {
      caller: "chiSquareTest",
      method: "chi-squared",
      statisticOf: chiSquareStatistic,
      whenSmall: "the p-value is rough. Join rare categories, or use Fisher's exact test.",
    },
    options,
  );
}
