import type { Random } from "../core/random.js";
import { bootstrapInterval } from "./bootstrap-interval.js";
import { type CountTable, chiSquareStatistic, readCountTable, withTotals } from "./count-table.js";
import { sizeWord } from "./effect-words.js";
import type { EffectSize, IntervalOptions } from "./test-result.js";

/**
 * How strongly the rows and columns of a table of counts go together, without the bias that flatters small samples.
 *
 * Range 0…1, higher: knowing the row tells more about the column; unit-free; 0 where independence is as near as chance
 * allows. √(φ̃² / min(k̃ − 1, r̃ − 1)) with φ̃² = max(0, χ²/n − (k − 1)(r − 1)/(n − 1)). Bootstrap interval over rows. O(cells) plus the bootstrap.
 *
 * @param table - Whole counts, shape (nRows, nColumns); empty rows and columns are left out.
 * @throws InputError as for chiSquareTest.
 * @see Bergsma (2013), doi:10.1016/j.jkss.2012.10.002. Checked against SciPy arithmetic in test/reference/inference.json.
 */
export function cramersV(table: readonly (readonly number[])[], options: IntervalOptions = {}): EffectSize {
  const counts = readCountTable("cramersV", table);
  const value = correctedV(counts);
  const smaller = Math.min(counts.rowTotals.length, counts.columnTotals.length);
  const factor = 1 / Math.sqrt(smaller - 1);
  const marks = [0.1 * factor, 0.3 * factor, 0.5 * factor] as const;
  return {
    name: "Cramér's V, bias-corrected",
    value,
    scale: "0 to 1, higher: the segment tells more about the category",
    interval: bootstrapInterval(value, bootstrapPlan(counts), options),
    words: `${sizeWord(value, marks)} association (${value.toFixed(2)} on a scale from 0 to 1)`,
  };
}

function correctedV(counts: CountTable): number {
  const { total } = counts;
  const rows = counts.rowTotals.length;
  const columns = counts.columnTotals.length;
  const phi = chiSquareStatistic(counts) / total - ((rows - 1) * (columns - 1)) / (total - 1);
  const corrected = (size: number) => size - (size - 1) ** 2 / (total - 1);
  const denominator = Math.min(corrected(rows), corrected(columns)) - 1;
  return denominator <= 0 ? 0 : Math.min(1, Math.sqrt(Math.max(0, phi) / denominator));
}

/** Draws rows of the customer file, that is cells in proportion to their counts. */
function bootstrapPlan(counts: CountTable): Parameters<typeof bootstrapInterval>[1] {
  const flat = counts.cells.flat();
  const columnCount = counts.columnTotals.length;
  const cellOfRow = new Uint32Array(counts.total);
  flat.reduce((end, count, cell) => {
    cellOfRow.fill(cell, end, end + count);
    return end + count;
  }, 0);
  return {
    rowCount: counts.total,
    range: [0, 1],
    resample: (share: number, random: Random) => {
      const drawn = new Array<number>(flat.length).fill(0);
      const draws = Math.max(2, Math.round(counts.total * share));
      for (let i = 0; i < draws; i++) drawn[cellOfRow[random.below(cellOfRow.length)]!]! += 1;
      const rows = counts.rowTotals.map((_, i) => drawn.slice(i * columnCount, (i + 1) * columnCount));
      return correctedV(withTotals(rows));
    },
  };
}
