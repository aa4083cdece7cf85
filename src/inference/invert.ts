/** Gauss–Jordan with the largest pivot; undefined for a matrix without an inverse. */
export function invert(matrix: readonly Float64Array[]): Float64Array[] | undefined {
  const count = matrix.length;
  const rows = matrix.map((row, i) =>
    Float64Array.from({ length: 2 * count }, (_, j) => (j < count ? row[j]! : j - count === i ? 1 : 0)),
  );
  const size = Math.max(...matrix.map((row, i) => Math.abs(row[i]!)));
  for (let i = 0; i < count; i++) {
    let best = i;
    for (let k = i + 1; k < count; k++) if (Math.abs(rows[k]![i]!) > Math.abs(rows[best]![i]!)) best = k;
    [rows[i], rows[best]] = [rows[best]!, rows[i]!];
    const pivot = rows[i]![i]!;
    if (!(Math.abs(pivot) > 1e-12 * size)) return undefined;
    for (let j = 0; j < 2 * count; j++) rows[i]![j]! /= pivot;
    for (let k = 0; k < count; k++) {
      const factor = rows[k]![i]!;
      if (k !== i) for (let j = 0; j < 2 * count; j++) rows[k]![j]! -= factor * rows[i]![j]!;
    }
  }
  return rows.map((row) => row.slice(count));
}
