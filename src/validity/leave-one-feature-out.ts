import { checkCount, checkSameLength } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { columnOf, type Matrix, matrixOfColumns } from "../core/matrix.js";
import { type Progress, tellSparingly } from "../core/progress.js";
import { fitKMeans, type KMeansFit } from "../kmeans/kmeans.js";
import { adjustedRandOfTable, bestJaccards, tableOverlaps } from "./overlap-table.js";

export interface LeaveOneOutOptions {
  readonly seed: number;
  /** The fit to look at. */
  readonly fit: KMeansFit;
  /** Starts of each fit without a feature; 50 if not given. */
  readonly starts?: number;
  /** The result does not depend on it. */
  readonly threads?: number;
  /** Called after each feature; an error thrown in it ends the work. */
  readonly onProgress?: (progress: Progress) => void;
}

/** What becomes of the solution when one feature is not there. */
export interface WithoutFeature {
  readonly feature: string;
  /** Adjusted Rand index between the fit and one without the feature, −0.5…1; low: much hangs on this feature. */
  readonly adjustedRand: number;
  /** Jaccard overlap of each segment with the most alike one found without the feature, 0…1, in label order. */
  readonly overlaps: readonly number[];
}

/**
 * On which features does the solution hang? Each one is left out in turn and the rest fitted anew.
 *
 * Where one feature alone moves the index from 1 far down, the segments are mostly that feature; where all stay high, any
 * of them can be spared. It tells what a solution rests on, not whether it is real. The result does not depend on row order
 * or threads. Time O(nColumns · starts · one k-means run).
 *
 * @param matrix - Shape (nRows, nColumns), at least 2 columns, as fitted. No missing values.
 * @returns One per column, in the matrix's order.
 * @throws InputError if there is one column only, the fit has other rows, or fewer different rows than
 * segments are left without some feature.
 */
export function leaveOneFeatureOut(matrix: Matrix, options: LeaveOneOutOptions): readonly WithoutFeature[] {
  const { fit, seed, starts = 50, threads } = options;
  const { columns, columnCount } = matrix;
  if (columnCount < 2)
    throw new InputError(`leaveOneFeatureOut: matrix must have at least 2 columns, got ${columnCount}`);
  checkCount("leaveOneFeatureOut", "starts", starts, 1, 100_000);
  checkSameLength("leaveOneFeatureOut", "fit.labels", fit.labels, matrix.rowCount, "one per row of matrix");
  const { clusterCount, columnWeights } = fit;
  const counts = { before: clusterCount, after: clusterCount };
  const tell = tellSparingly(columnCount, options.onProgress);
  return columns.map((feature, left) => {
    const refit = fitKMeans(withoutColumn(matrix, left), {
      ...{ clusterCount, seed, starts },
      ...(columnWeights && { columnWeights: columnWeights.filter((_, j) => j !== left) }),
      ...(threads !== undefined && { threads }),
    });
    const table = tableOverlaps(fit.labels, refit.labels, counts);
    tell(left + 1);
    return { feature, adjustedRand: adjustedRandOfTable(table), overlaps: bestJaccards(table) };
  });
}

function withoutColumn(matrix: Matrix, left: number): Matrix {
  const kept = matrix.columns.flatMap((_, j) => (j === left ? [] : [j]));
  return matrixOfColumns(
    kept.map((j) => matrix.columns[j]!),
    kept.map((j) => columnOf(matrix, j)),
  );
}
