import { checkCount, checkSameLength } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { percentText } from "../core/number-text.js";
import { sum } from "../core/sum.js";

/** A checked table of counts without empty rows and columns. */
export interface CountTable {
  readonly cells: readonly (readonly number[])[];
  readonly rowTotals: readonly number[];
  readonly columnTotals: readonly number[];
  readonly total: number;
  /** What was left out. */
  readonly notes: readonly string[];
}

/** Checks a table of counts and leaves out empty rows and columns, which say nothing about independence. */
export function readCountTable(caller: string, table: readonly (readonly number[])[]): CountTable {
  const columnCount = table[0]?.length ?? 0;
  table.forEach((row, i) => {
    checkSameLength(caller, `table row ${i}`, row, columnCount, "as in row 0");
    row.forEach((count, j) => {
      checkCount(caller, `table row ${i}, column ${j}`, count, 0);
    });
  });
  const usedColumns = (table[0] ?? []).map((_, j) => j).filter((j) => table.some((row) => row[j]! > 0));
  const usedRows = table.filter((row) => row.some((count) => count > 0));
  if (usedRows.length < 2 || usedColumns.length < 2)
    throw new InputError(
      `${caller}: table must have two rows and two columns that hold something, got ${usedRows.length} and ${usedColumns.length}`,
    );
  const empty = [
    ...leftOut(table.length - usedRows.length, "row"),
    ...leftOut(columnCount - usedColumns.length, "column"),
  ];
  return withTotals(
    usedRows.map((row) => usedColumns.map((j) => row[j]!)),
    empty.length === 0 ? [] : [`Left out as empty: ${empty.join(", ")}.`],
  );
}

/** The table with its totals; `cells` must be rectangular and hold something. */
export function withTotals(cells: readonly (readonly number[])[], notes: readonly string[] = []): CountTable {
  const rowTotals = cells.map((row) => sum(row));
  const columnTotals = cells[0]!.map((_, j) => cells.reduce((sum, row) => sum + row[j]!, 0));
  return { cells, rowTotals, columnTotals, total: sum(rowTotals), notes };
}

/** Count that independence would put into a cell. */
export function expectedCount(counts: CountTable, row: number, column: number): number {
  return (counts.rowTotals[row]! * counts.columnTotals[column]!) / counts.total;
}

/** Beyond this the incomplete gamma function at hand loses digits, and no reader learns from such a table. */
const mostDegreesOfFreedom = 1000;

/** (rows − 1)(columns − 1) of a table that is not too large for a χ² distribution. */
export function degreesOfTable(caller: string, counts: CountTable): number {
  const degrees = (counts.rowTotals.length - 1) * (counts.columnTotals.length - 1);
  if (degrees > mostDegreesOfFreedom)
    throw new InputError(
      `${caller}: table must have at most ${mostDegreesOfFreedom} degrees of freedom, got ${degrees}. Join rare categories first`,
    );
  return degrees;
}

/** Σ (observed − expected)² / expected. */
export function chiSquareStatistic(counts: CountTable): number {
  let sum = 0;
  counts.cells.forEach((row, i) => {
    row.forEach((count, j) => {
      const expected = expectedCount(counts, i, j);
      if (expected > 0) sum += (count - expected) ** 2 / expected;
    });
  });
  return sum;
}

/** Expected counts so small that a χ² p-value is rough (Cochran's rule), in words; undefined where they are large enough. */
export function smallCountsText(counts: CountTable): string | undefined {
  const expected = counts.cells.flatMap((row, i) => row.map((_, j) => expectedCount(counts, i, j)));
  const small = expected.filter((count) => count < 5).length;
  const smallest = Math.min(...expected);
  if (small <= expected.length / 5 && smallest >= 1) return undefined;
  return `${percentText(small / expected.length)} of the expected counts are below 5 (smallest ${smallest.toPrecision(2)})`;
}

function leftOut(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count} ${what}${count === 1 ? "" : "s"}`];
}
