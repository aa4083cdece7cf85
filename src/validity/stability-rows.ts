import type { Matrix } from "../core/matrix.js";
import { sampleRows } from "../core/sample-rows.js";
import { orderOfMatrix, orderOfRaw, shareRows } from "./canonical-rows.js";
import type { RawRows } from "./refit-recipe.js";

/** Above this many rows a seeded sample of as many takes part. */
const mostRows = 20_000;

/**
 * The rows that take part in resampling, in canonical order: all, or of many a seeded sample.
 *
 * @throws InputError if they hold fewer different ones than `clusterCount`, or a value is not finite.
 */
export function chooseRows(
  caller: string,
  matrix: Matrix,
  options: {
    readonly clusterCount: number;
    readonly seed: number;
    /** Raw values that decide among rows which the recipe made equal. */
    readonly raw?: Matrix | undefined;
  },
): Uint32Array {
  const ofMatrix = orderOfMatrix(caller, matrix, options.clusterCount);
  const order = options.raw === undefined ? ofMatrix : orderOfRaw(options.raw);
  if (matrix.rowCount <= mostRows) return order;
  return Uint32Array.from(sampleRows(matrix.rowCount, mostRows, options.seed), (place) => order[place]!);
}

/** The chosen rows and, where there is one, their raw side, in memory that threads share. */
export function shareChosen(
  matrix: Matrix,
  options: {
    readonly rows: Uint32Array;
    readonly prepare?: RawRows | undefined;
    readonly columnWeights?: readonly number[] | undefined;
  },
): {
  readonly matrix: Matrix;
  readonly source: RawRows | undefined;
  readonly columnWeights: readonly number[] | undefined;
} {
  const { rows, prepare, columnWeights } = options;
  return {
    matrix: shareRows(matrix, rows),
    source: prepare && { ...prepare, raw: shareRows(prepare.raw, rows) },
    columnWeights,
  };
}

/** A note where not all rows took part. */
export function describeSample(rowsUsed: number, rowCount: number, seed: number): string[] {
  if (rowsUsed === rowCount) return [];
  return [`A seeded sample of ${rowsUsed} of ${rowCount} rows took part (seed ${seed}).`];
}
