import { expectedCount, readCountTable, withTotals } from "./count-table.js";

/**
 * How far each cell of a table of counts is from independence, in standard normal units.
 *
 * Range −∞…∞: above 2 more rows than independence would put there, below −2 fewer; near 0 as expected. An empty row or column gives 0.
 * (observed − expected) / √(expected · (1 − row share) · (1 − column share)). O(cells).
 *
 * @param table - Whole counts, shape (nRows, nColumns).
 * @returns Shape (nRows, nColumns).
 * @throws InputError as for chiSquareTest.
 * @see Haberman (1973), doi:10.2307/2529686. Checked against statsmodels in test/reference/inference.json.
 */
export function adjustedResiduals(table: readonly (readonly number[])[]): readonly (readonly number[])[] {
  readCountTable("adjustedResiduals", table);
  const counts = withTotals(table);
  return counts.cells.map((row, i) =>
    row.map((count, j) => {
      const expected = expectedCount(counts, i, j);
      const rest = (1 - counts.rowTotals[i]! / counts.total) * (1 - counts.columnTotals[j]! / counts.total);
      return expected === 0 ? 0 : (count - expected) / Math.sqrt(expected * rest);
    }),
  );
}
