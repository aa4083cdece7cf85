import { checkCount } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { checkFiniteMatrix, type Matrix } from "../core/matrix.js";

/** Throws unless counts are two whole numbers from 1, low first, there is a seed, and the matrix has finite rows. */
export function checkCounts(
  caller: string,
  matrix: Matrix,
  { counts, seed }: { readonly counts: readonly [low: number, high: number]; readonly seed: number },
): void {
  if (matrix.rowCount === 0) throw new InputError(`${caller}: matrix must have at least one row, got none`);
  checkFiniteMatrix(caller, matrix);
  checkCount(caller, "counts[0]", counts[0], 1);
  checkCount(caller, "counts[1]", counts[1], counts[0]);
  checkCount(caller, "seed", seed, 0);
}

/** low, low + 1, …, high. */
export function countRange([low, high]: readonly [number, number]): number[] {
  return Array.from({ length: high - low + 1 }, (_, i) => low + i);
}
