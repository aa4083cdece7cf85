import type { Random } from "../core/random.js";

/** Customers, their margins and their groups, dealt to folds: counts, sums and squares of each fold and group. */
export interface FoldSums {
  readonly folds: number;
  readonly groups: number;
  /** Of fold f and group g at f · groups + g. */
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

/** A fold for each customer, as equal in size as can be. */
export function dealFolds(size: number, folds: number, random: Random): Int32Array {
  const order = Array.from({ length: size }, (_, i) => i);
  for (let i = size - 1; i > 0; i--) {
    const other = random.below(i + 1);
    [order[i], order[other]] = [order[other]!, order[i]!];
  }
  const dealt = new Int32Array(size);
  order.forEach((customer, place) => {
    dealt[customer] = place % folds;
  });
  return dealt;
}

/** Sums over the customers of each fold and group. */
export function sumFolds(
  labels: ArrayLike<number>,
  values: Float64Array,
  { dealt, folds }: { readonly dealt: Int32Array; readonly folds: number },
): FoldSums {
  const groups = Array.from(labels).reduce((most, label) => Math.max(most, label), 0) + 1;
  const [counts, sums, squares] = [1, 2, 3].map(() => new Float64Array(folds * groups)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  values.forEach((value, i) => {
    const cell = dealt[i]! * groups + labels[i]!;
    counts[cell]! += 1;
    sums[cell]! += value;
    squares[cell]! += value * value;
  });
  return { folds, groups, counts, sums, squares };
}

/**
 * Squared error on one fold of the group means of all folds but that one and `without`; a group that nobody else is in gets the mean
 * of all. With `byGroup` false everybody gets that.
 */
export function foldError(
  { folds, groups, counts, sums, squares }: FoldSums,
  fold: number,
  options: { readonly without?: number; readonly byGroup?: boolean } = {},
): number {
  const { without = fold, byGroup = true } = options;
  const known = Array.from({ length: groups }, (_, g) => {
    let [count, sum] = [0, 0];
    for (let f = 0; f < folds; f++) {
      if (f === fold || f === without) continue;
      count += counts[f * groups + g]!;
      sum += sums[f * groups + g]!;
    }
    return { count, sum };
  });
  const total = known.reduce((all, own) => ({ count: all.count + own.count, sum: all.sum + own.sum }));
  const overall = total.count === 0 ? 0 : total.sum / total.count;
  return known.reduce((error, { count, sum }, g) => {
    const mean = byGroup && count > 0 ? sum / count : overall;
    const cell = fold * groups + g;
    return error + squares[cell]! - 2 * mean * sums[cell]! + mean * mean * counts[cell]!;
  }, 0);
}
