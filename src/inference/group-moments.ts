import { sum } from "../core/sum.js";
/** Size, mean and variance (n − 1) of one group. */
export interface GroupMoments {
  readonly size: number;
  readonly mean: number;
  readonly variance: number;
}

/** Moments of a group of numbers. */
export function groupMoments(group: ArrayLike<number>): GroupMoments {
  return momentsFrom(0, group);
}

/**
 * Moments of a group of numbers, the mean counted from `origin`.
 *
 * Two passes over the differences from the group's first value, so that neither a large mean costs digits of the variance
 * nor a large common origin digits of the mean.
 */
export function momentsFrom(origin: number, group: ArrayLike<number>): GroupMoments {
  const size = group.length;
  const base = group[0] ?? 0;
  let sum = 0;
  for (let i = 0; i < size; i++) sum += group[i]! - base;
  const shift = sum / size;
  let squares = 0;
  for (let i = 0; i < size; i++) squares += (group[i]! - base - shift) ** 2;
  return { size, mean: base - origin + shift, variance: size > 1 ? squares / (size - 1) : 0 };
}

/** Moments of groups that are to be compared: means are counted from the first group's first value, so only their differences count. */
export function momentsToCompare(groups: readonly ArrayLike<number>[]): readonly GroupMoments[] {
  const origin = groups[0]?.[0] ?? 0;
  return groups.map((group) => momentsFrom(origin, group));
}

/** Sums of squares of a one-way layout. */
export interface SumsOfSquares {
  readonly between: number;
  readonly within: number;
  readonly rowCount: number;
  readonly groupCount: number;
}

export function sumsOfSquares(moments: readonly GroupMoments[]): SumsOfSquares {
  const rowCount = sum(moments.map(({ size }) => size));
  const grandMean = moments.reduce((sum, { size, mean }) => sum + size * mean, 0) / rowCount;
  return {
    between: moments.reduce((sum, { size, mean }) => sum + size * (mean - grandMean) ** 2, 0),
    within: moments.reduce((sum, { size, variance }) => sum + (size - 1) * variance, 0),
    rowCount,
    groupCount: moments.length,
  };
}
