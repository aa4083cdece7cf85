import { checkSameLength, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";

/** Case weights as the kernel counts them. */
export interface RowWeights {
  /** Shape (nRows,), whole numbers whose sum is at most 2^28, so that every sum over rows is exact. */
  readonly counts: Int32Array;
  /** The weight that one count stands for. */
  readonly unit: number;
  readonly notes: readonly string[];
}

const largestSum = 2 ** 27;

/**
 * Case weights as whole numbers: as they are where they are whole and their sum is at most 2^27, else scaled to that
 * sum and rounded, none that is above 0 to less than 1.
 */
export function weighRows(weights: ArrayLike<number>): RowWeights {
  const values = Float64Array.from(weights);
  const largest = values.reduce((most, weight) => Math.max(most, weight), 0);
  // In shares of the largest, since a sum of huge weights has no double.
  const shares = values.reduce((sum, weight) => sum + weight / largest, 0);
  if (shares * largest <= largestSum && values.every(Number.isInteger))
    return { counts: Int32Array.from(values), unit: 1, notes: [] };
  const scale = largestSum / shares;
  const counts = Int32Array.from(values, (weight) =>
    weight === 0 ? 0 : Math.max(1, Math.floor((weight / largest) * scale + 0.5)),
  );
  const notes = [
    "Case weights were scaled and rounded to whole numbers of a sum near 2^27, so that sums are exact.",
  ];
  return { counts, unit: largest / scale, notes };
}

/** Throws unless there are `count` finite weights of at least 0 and one above 0. */
export function checkWeights(
  argument: string,
  weights: ArrayLike<number>,
  { count, meaning, place }: { readonly count: number; readonly meaning: string; readonly place: string },
): void {
  checkSameLength("fitKMeans", argument, weights, count, meaning);
  let most = 0;
  for (let i = 0; i < count; i++) {
    const weight = weights[i];
    if (typeof weight !== "number" || !Number.isFinite(weight) || weight < 0)
      throw new InputError(
        `fitKMeans: ${argument} must be finite numbers of at least 0, got ${describeValue(weight)} at ${place} ${i}`,
      );
    if (weight > most) most = weight;
  }
  if (most === 0)
    throw new InputError(`fitKMeans: ${argument} must have at least one above 0, got only zeros`);
}
