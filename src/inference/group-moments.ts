/** Size, mean and variance (n − 1) of one group. */
export interface GroupMoments {
  readonly size: number;
  readonly mean: number;
  readonly variance: number;
}

/** Moments of a group of numbers; two passes, so that a large mean costs no digits. */
export function groupMoments(group: ArrayLike<number>): GroupMoments {
  const size = group.length;
  let sum = 0;
  for (let i = 0; i < size; i++) sum += group[i]!;
  const mean = sum / size;
  let squares = 0;
  for (let i = 0; i < size; i++) squares += (group[i]! - mean) ** 2;
  return { size, mean, variance: size > 1 ? squares / (size - 1) : 0 };
}

/** Sums of squares of a one-way layout. */
export interface SumsOfSquares {
  readonly between: number;
  readonly within: number;
  readonly rowCount: number;
  readonly groupCount: number;
}

export function sumsOfSquares(moments: readonly GroupMoments[]): SumsOfSquares {
  const rowCount = moments.reduce((sum, { size }) => sum + size, 0);
  const grandMean = moments.reduce((sum, { size, mean }) => sum + size * mean, 0) / rowCount;
  return {
    between: moments.reduce((sum, { size, mean }) => sum + size * (mean - grandMean) ** 2, 0),
    within: moments.reduce((sum, { size, variance }) => sum + (size - 1) * variance, 0),
    rowCount,
    groupCount: moments.length,
  };
}
