import type { MixedTable } from "./mixed-table.js";

/** How far apart two rows are. gower: mean over columns of |difference| / range, and 0 or 1 for equal or other words. */
export type DistanceName = "euclidean" | "manhattan" | "gower";

/** A distance with the constants it was fitted with. */
export interface Measure {
  readonly distance: DistanceName;
  /** Range of each numeric column when it was fitted, in its unit; 0 for a constant column, which then counts 0. */
  readonly ranges: readonly number[];
}

/** The measure that a name stands for over a table. O(nRows · nColumns). */
export function fitMeasure(distance: DistanceName, table: MixedTable): Measure {
  const { values, columnCount } = table.numbers;
  const ranges = Array.from({ length: columnCount }, (_, j) => {
    let low = Infinity;
    let high = -Infinity;
    for (let at = j; at < values.length; at += columnCount) {
      low = Math.min(low, values[at]!);
      high = Math.max(high, values[at]!);
    }
    return high - low;
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

/** manhattan and gower, column by column. */
function fillByColumn(
  target: Float64Array,
  measure: Measure,
  rows: { readonly table: MixedTable; readonly from: MixedTable; readonly row: number },
): void {
  const { table, from, row } = rows;
  const isGower = measure.distance === "gower";
  const { values, columnCount } = table.numbers;
  const { rowCount } = table;
  target.fill(0, 0, rowCount);
  for (let j = 0; j < columnCount; j++) {
    const range = isGower ? measure.ranges[j]! : 1;
    if (range === 0) continue;
    const value = from.numbers.values[row * columnCount + j]!;
    for (let i = 0; i < rowCount; i++) target[i]! += Math.abs(values[i * columnCount + j]! - value) / range;
  }
  table.categories.forEach(({ codes }, j) => {
    const code = from.categories[j]!.codes[row]!;
    for (let i = 0; i < rowCount; i++) if (codes[i] !== code) target[i]! += 1;
  });
  const columns = isGower ? columnCount + table.categories.length : 1;
  for (let i = 0; i < rowCount; i++) target[i]! /= columns;
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
