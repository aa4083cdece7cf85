import type { MixedTable } from "./mixed-table.js";

/** Rows that have values in the same columns. */
interface GapPattern {
  /** The first of these rows. */
  readonly row: number;
  /** One bit per column, set where there is a value; 32 columns to a word. */
  readonly filled: Int32Array;
  readonly filledCount: number;
}

/**
 * The first row of `table` found that has no column in common with a row of `others` in which both have a value, and
 * that row; undefined where there is none. O(nRows · nColumns + pairs of different patterns of gaps).
 */
export function findStrangers(
  table: MixedTable,
  others: MixedTable,
): [row: number, other: number] | undefined {
  const patterns = findPatterns(others);
  const columnCount = others.numbers.columnCount + others.categories.length;
  for (const one of table === others ? patterns : findPatterns(table))
    for (const other of patterns) {
      // Two sets larger than all columns together overlap; patterns come from the fewest values to the most.
      if (one.filledCount + other.filledCount > columnCount) break;
      if (one.filled.every((word, at) => (word & other.filled[at]!) === 0)) return [one.row, other.row];
    }
  return undefined;
}

/** Different patterns of gaps, fewest values first. */
function findPatterns({ rowCount, numbers, categories }: MixedTable): GapPattern[] {
  const { columnCount, values } = numbers;
  const filled = new Int32Array(Math.ceil((columnCount + categories.length) / 32));
  const patterns = new Map<string, GapPattern>();
  for (let row = 0; row < rowCount; row++) {
    let filledCount = 0;
    const fill = (column: number) => {
      filled[column >> 5]! |= 1 << (column & 31);
      filledCount++;
    };
    filled.fill(0);
    for (let j = 0; j < columnCount; j++) if (!Number.isNaN(values[row * columnCount + j]!)) fill(j);
    for (const [j, { codes }] of categories.entries()) if (codes[row]! >= 0) fill(columnCount + j);
    const key = filled.join();
    if (!patterns.has(key)) patterns.set(key, { row, filled: filled.slice(), filledCount });
  }
  return [...patterns.values()].sort((a, b) => a.filledCount - b.filledCount || a.row - b.row);
}
