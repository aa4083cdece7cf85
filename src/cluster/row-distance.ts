import type { MixedTable } from "./mixed-table.js";

/**
 * How far apart two rows are. gower: mean over the columns in which both have a value of |difference| / range, and 0 or 1
 * for equal or other words.
 */
export type DistanceName = "euclidean" | "manhattan" | "gower";

/** A distance with the constants it was fitted with. */
export interface Measure {
  readonly distance: DistanceName;
  /** Range of each numeric column when it was fitted, in its unit; 0 for a constant column, which then counts 0. */
  readonly ranges: readonly number[];
}

/** The measure that a name stands for over a table; missing values have no part in a range. O(nRows · nColumns). */
export function fitMeasure(distance: DistanceName, table: MixedTable): Measure {
  const { values, columnCount } = table.numbers;
  const ranges = Array.from({ length: columnCount }, (_, j) => {
    let low = Infinity;
    let high = -Infinity;
    for (let at = j; at < values.length; at += columnCount) {
      if (values[at]! < low) low = values[at]!;
      if (values[at]! > high) high = values[at]!;
    }
    return high > low ? high - low : 0;
  });
  return { distance, ranges };
}

/** Writes the distance of every row of `table` from row `row` of `from`, which has the same columns and levels. */
export function fillDistances(
  target: Float64Array,
  measure: Measure,
  rows: { readonly table: MixedTable; readonly from: MixedTable; readonly row: number },
): void {
  if (measure.distance === "euclidean") fillEuclidean(target, rows);
  else fillByColumn(target, measure, rows);
}

/** manhattan and gower, column by column; for gower over the columns in which both rows have a value. */
function fillByColumn(
  target: Float64Array,
  measure: Measure,
  rows: { readonly table: MixedTable; readonly from: MixedTable; readonly row: number },
): void {
  const { table, from, row } = rows;
  const { rowCount } = table;
  const lacking = new Uint16Array(rowCount);
  target.fill(0, 0, rowCount);
  let columns = addNumbers(target, lacking, { ...rows, measure });
  table.categories.forEach(({ codes }, j) => {
    const code = from.categories[j]!.codes[row]!;
    if (code < 0) return;
    columns++;
    for (let i = 0; i < rowCount; i++) {
      if (codes[i]! < 0) lacking[i]!++;
      else if (codes[i] !== code) target[i]! += 1;
    }
  });
  if (measure.distance === "gower") for (let i = 0; i < rowCount; i++) target[i]! /= columns - lacking[i]!;
}

/** Adds the numbers' part and counts what rows lack; returns how many columns the one row has a value in. */
function addNumbers(
  target: Float64Array,
  lacking: Uint16Array,
  rows: {
    readonly table: MixedTable;
    readonly from: MixedTable;
    readonly row: number;
    readonly measure: Measure;
  },
): number {
  const { table, from, row, measure } = rows;
  const { values, columnCount } = table.numbers;
  let columns = 0;
  for (let j = 0; j < columnCount; j++) {
    const value = from.numbers.values[row * columnCount + j]!;
    if (Number.isNaN(value)) continue;
    columns++;
    // A constant column counts 0 whatever a later row holds, as any number divided by Infinity.
    const range = measure.distance === "gower" ? measure.ranges[j]! || Infinity : 1;
    for (let i = 0; i < target.length; i++) {
      const difference = Math.abs(values[i * columnCount + j]! - value);
      if (Number.isNaN(difference)) lacking[i]!++;
      else target[i]! += difference / range;
    }
  }
  return columns;
}

function fillEuclidean(
  target: Float64Array,
  rows: { readonly table: MixedTable; readonly from: MixedTable; readonly row: number },
): void {
  const { values, columnCount } = rows.table.numbers;
  const point = rows.from.numbers.values.subarray(rows.row * columnCount, (rows.row + 1) * columnCount);
  for (let i = 0; i < rows.table.rowCount; i++) {
    let squared = 0;
    for (let j = 0; j < columnCount; j++) {
      const difference = values[i * columnCount + j]! - point[j]!;
      squared += difference * difference;
    }
    target[i] = Math.sqrt(squared);
  }
}

/** All distances between rows, row after row: 8 · nRows² bytes. O(nRows² · nColumns). */
export function allDistances(table: MixedTable, measure: Measure): Float64Array {
  const { rowCount } = table;
  const distances = new Float64Array(rowCount * rowCount);
  for (let row = 0; row < rowCount; row++)
    fillDistances(distances.subarray(row * rowCount, (row + 1) * rowCount), measure, {
      table,
      from: table,
      row,
    });
  return distances;
}
