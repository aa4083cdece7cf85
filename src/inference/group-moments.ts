/** Size, mean and variance (n − 1) of one group. */
export interface GroupMoments {
  readonly size: number;
  readonly mean: number;
  readonly variance: number;
}

/** Moments of the values at `pick(0)`, …, `pick(size − 1)`; two passes, so that a large mean costs no digits. */
export function momentsOf(size: number, pick: (index: number) => number): GroupMoments {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += pick(i);
  const mean = sum / size;
  let squares = 0;
  for (let i = 0; i < size; i++) squares += (pick(i) - mean) ** 2;
  return { size, mean, variance: size > 1 ? squares / (size - 1) : 0 };
}

/** Moments of a group of numbers. */
export function groupMoments(group: ArrayLike<number>): GroupMoments {
  return momentsOf(group.length, (index) => group[index]!);
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
