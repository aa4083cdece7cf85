import { type CountTable, expectedCount } from "./count-table.js";
import { testCountTable } from "./test-count-table.js";
import type { IntervalOptions, TestResult } from "./test-result.js";

/**
 * Tests whether the rows and columns of a table of counts are independent by the likelihood ratio.
 *
 * `statistic` is G = 2 Σ observed · ln(observed / expected) (0 and up, higher: further from independent), an empty cell adds
 * nothing; `degreesOfFreedom` and effect as for {@link chiSquareTest}. O(cells) plus the bootstrap.
 *
 * @param table - Whole counts, shape (nRows, nColumns), rows equally long.
 * @throws InputError as for {@link chiSquareTest}.
 * @see Wilks (1938), doi:10.1214/aoms/1177732360. Checked against SciPy in test/reference/tests-python.json.
 */
export function gTest(table: readonly (readonly number[])[], options: IntervalOptions = {}): TestResult {
  return testCountTable(
    table,
    {
      caller: "gTest",
      method: "G",
      statisticOf: (counts) => Math.max(0, likelihoodRatio(counts)),
      whenSmall: "the p-value is rough, more so than that of χ². Use Fisher's exact test.",
    },
    options,
  );
}

function likelihoodRatio(counts: CountTable): number {
  let sum = 0;
  counts.cells.forEach((row, i) => {
    row.forEach((count, j) => {
      if (count > 0) sum += 2 * count * Math.log(count / expectedCount(counts, i, j));
    });
  });
  return sum;
}
