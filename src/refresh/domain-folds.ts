import { invert } from "../inference/invert.js";

/** Shrinks the weights of columns that go together; of the variance of a column, which is 1. */
const ridge = 0.01;

/** Scores of rows by models that never saw their fold. */
export type FoldScores = (isAfter: Uint8Array) => Float64Array;

/**
 * Linear discriminant of two dates, for each fold fitted on the rows of the others (least squares with a ridge).
 *
 * The sums of squares do not depend on the dates, so that dates drawn anew cost one pass. O(rows · columns²) once, then
 * O(rows · columns) for each call.
 *
 * @param folds - Fold of each row, 0…foldCount − 1.
 * @returns From the date of each row (1: after) to a score, higher: more like the later date.
 */
export function fitFolds(columns: readonly Float64Array[], folds: Uint8Array, foldCount: number): FoldScores {
  const inverses = Array.from({ length: foldCount }, (_, fold) => trainInverse(columns, folds, fold));
  return (isAfter) => {
    const sums = sumsByFold(columns, isAfter, { folds, foldCount });
    const weights = inverses.map((inverse, fold) => {
      const right = sums.map((own) =>
        own.reduce((sum, value, other) => sum + (other === fold ? 0 : value), 0),
      );
      return inverse.map((row) => row.reduce((sum, value, j) => sum + value * right[j]!, 0));
    });
    const scores = new Float64Array(folds.length);
    for (const [j, column] of columns.entries()) {
      const own = Float64Array.from(weights, (ofFold) => ofFold[j]!);
      for (let i = 0; i < folds.length; i++) scores[i]! += own[folds[i]!]! * column[i]!;
    }
    return scores;
  };
}

/** Inverse of the columns' mean products over all folds but one, ridge added. */
function trainInverse(columns: readonly Float64Array[], folds: Uint8Array, fold: number): Float64Array[] {
  const rows = Array.from(folds.keys()).filter((i) => folds[i] !== fold);
  const train = columns.map((column) => Float64Array.from(rows, (i) => column[i]!));
  const products = train.map(() => new Float64Array(train.length));
  for (const [j, a] of train.entries())
    for (let k = 0; k <= j; k++) {
      const b = train[k]!;
      let sum = 0;
      for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
      products[j]![k] = products[k]![j] = sum / rows.length + (j === k ? ridge : 0);
    }
  // The ridge leaves no direction without variance.
  return invert(products)!;
}

/** Per column and fold: values of the later date less their share of all values, so that no intercept is needed. */
function sumsByFold(
  columns: readonly Float64Array[],
  isAfter: Uint8Array,
  { folds, foldCount }: { readonly folds: Uint8Array; readonly foldCount: number },
): readonly Float64Array[] {
  const share = isAfter.reduce((sum, flag) => sum + flag, 0) / isAfter.length;
  return columns.map((column) => {
    const sums = new Float64Array(foldCount);
    for (let i = 0; i < folds.length; i++) sums[folds[i]!]! += (isAfter[i]! - share) * column[i]!;
    return sums;
  });
}
