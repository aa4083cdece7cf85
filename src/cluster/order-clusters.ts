/** Cluster numbers from the largest cluster to the smallest, ties by centre, column by column from the lowest. */
export function orderBySize(sizes: ArrayLike<number>, centres: readonly ArrayLike<number>[]): number[] {
  return Array.from(centres, (_, cluster) => cluster).sort(
    (a, b) => sizes[b]! - sizes[a]! || compareCentres(centres[a]!, centres[b]!) || a - b,
  );
}

/** Negative, zero or positive as one centre comes before, equals or comes after another, column by column. */
export function compareCentres(a: ArrayLike<number>, b: ArrayLike<number>): number {
  for (let j = 0; j < a.length; j++) {
    if (a[j] !== b[j]) return a[j]! - b[j]!;
  }
  return 0;
}
