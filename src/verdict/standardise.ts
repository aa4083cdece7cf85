/** Every column with mean 0 and standard deviation 1 (n − 1); a constant column becomes 0. Row-major; returns a copy. */
export function standardise(rows: Float64Array, columnCount: number): Float64Array {
  const rowCount = rows.length / columnCount;
  const scores = Float64Array.from(rows);
  for (let j = 0; j < columnCount; j++) {
    let sum = 0;
    for (let at = j; at < rows.length; at += columnCount) sum += rows[at]!;
    const mean = sum / rowCount;
    let squares = 0;
    for (let at = j; at < rows.length; at += columnCount) squares += (rows[at]! - mean) ** 2;
    const deviation = Math.sqrt(squares / Math.max(1, rowCount - 1));
    for (let at = j; at < rows.length; at += columnCount)
      scores[at] = deviation > 0 ? (rows[at]! - mean) / deviation : 0;
  }
  return scores;
}
