import { InputError } from "../core/errors.js";
import { percentText } from "../core/number-text.js";
import { type CountTable, chiSquareStatistic, expectedCount, readCountTable } from "./count-table.js";
import { cramersV } from "./cramers-v.js";
import { chiSquareUpperTail } from "./tail-probability.js";
import type { IntervalOptions, TestResult } from "./test-result.js";

/** Beyond this the incomplete gamma function at hand loses digits, and no reader learns from such a table. */
const mostDegreesOfFreedom = 1000;

/**
 * Tests whether the rows and columns of a table of counts are independent (Pearson, no continuity correction).
 *
 * `statistic` is χ² (0 and up, higher: further from independent), `degreesOfFreedom` (rows − 1)(columns − 1) after
 * empty rows and columns are left out. The effect is {@link cramersV}. Small expected counts are noted. O(cells) plus the bootstrap.
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
  const counts = readCountTable("chiSquareTest", table);
  const degrees = (counts.cells.length - 1) * (counts.columnTotals.length - 1);
  if (degrees > mostDegreesOfFreedom)
    throw new InputError(
      `chiSquareTest: table must have at most ${mostDegreesOfFreedom} degrees of freedom, got ${degrees}. Join rare categories first`,
    );
  const statistic = chiSquareStatistic(counts);
  return {
    method: "chi-squared",
    statistic,
    degreesOfFreedom: [degrees],
    pValue: chiSquareUpperTail(statistic, degrees),
    effect: cramersV(table, options),
    notes: [...counts.notes, ...smallCountNotes(counts)],
  };
}

function smallCountNotes(counts: CountTable): string[] {
  const expected = counts.cells.flatMap((row, i) => row.map((_, j) => expectedCount(counts, i, j)));
  const small = expected.filter((count) => count < 5).length;
  const isRough = small > expected.length / 5 || Math.min(...expected) < 1;
  if (!isRough) return [];
  return [
    `${percentText(small / expected.length)} of the expected counts are below 5 (smallest ${Math.min(...expected).toPrecision(2)}): the p-value is rough. Join rare categories, or use Fisher's exact test.`,
  ];
}
