import {
  type CountTable,
  degreesOfTable,
  expectedCount,
  readCountTable,
  smallCountsText,
} from "./count-table.js";
import { cramersV } from "./cramers-v.js";
import { pValueNotes } from "./result-notes.js";
import { chiSquareUpperTail } from "./tail-probability.js";
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
  const counts = readCountTable("gTest", table);
  const degrees = degreesOfTable("gTest", counts);
  const statistic = Math.max(0, likelihoodRatio(counts));
  const pValue = chiSquareUpperTail(statistic, degrees);
  const small = smallCountsText(counts);
  return {
    method: "G",
    statistic,
    degreesOfFreedom: [degrees],
    pValue,
    effect: cramersV(table, options),
    notes: [
      ...counts.notes,
      ...(small === undefined
        ? []
        : [`${small}: the p-value is rough, more so than that of χ². Use Fisher's exact test.`]),
      ...pValueNotes(pValue, counts.total),
    ],
  };
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
