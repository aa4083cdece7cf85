/**
 * Every column with mean 0 and standard deviation 1 (n − 1); a constant column becomes 0. Row-major; returns a copy.
 *
 * Columns are first divided by a power of two, so that squares of very large or very small values keep their digits.
 */
export function standardise(rows: Float64Array, columnCount: number): Float64Array {
  const scores = Float64Array.from(rows);
  for (let j = 0; j < columnCount; j++) {
    const { scale, mean, deviation } = measureColumn(rows, columnCount, j);
    for (let at = j; at < rows.length; at += columnCount)
      scores[at] = deviation > 0 ? (rows[at]! / scale - mean) / deviation : 0;
  }
  return scores;
}

/** Standard deviation (n − 1) of each column over the root mean square of all columns' deviations. */
export function relativeSpreads(rows: Float64Array, columnCount: number): number[] {
  const moments = Array.from({ length: columnCount }, (_, j) => measureColumn(rows, columnCount, j));
  const largest = Math.max(...moments.map(({ scale }) => scale));
  const deviations = moments.map(({ scale, deviation }) => (scale / largest) * deviation);
  const mean = Math.sqrt(deviations.reduce((sum, deviation) => sum + deviation ** 2, 0) / columnCount);
  // z-scores differ from 1 by rounding alone: the plain route then runs on the scores themselves.
  return deviations.map((deviation) => (Math.abs(deviation / mean - 1) < 1e-9 ? 1 : deviation / mean));
}

/** Mean and deviation of one column over `scale`, the largest power of two that is no larger than its largest value. */
function measureColumn(
  rows: Float64Array,
  columnCount: number,
  j: number,
): { readonly scale: number; readonly mean: number; readonly deviation: number } {
  const rowCount = rows.length / columnCount;
  let largest = 0;
  for (let at = j; at < rows.length; at += columnCount) largest = Math.max(largest, Math.abs(rows[at]!));
  const scale = largest > 0 ? 2 ** Math.floor(Math.log2(largest)) : 1;
  let sum = 0;
  for (let at = j; at < rows.length; at += columnCount) sum += rows[at]! / scale;
  const mean = sum / rowCount;
  let squares = 0;
  for (let at = j; at < rows.length; at += columnCount) squares += (rows[at]! / scale - mean) ** 2;
  return { scale, mean, deviation: Math.sqrt(squares / Math.max(1, rowCount - 1)) };
}
