import { checkCount, describeValue, listForMessage } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Matrix } from "../core/matrix.js";
import { fitKMeans, type KMeansFit } from "../kmeans/kmeans.js";
import { assignRows } from "../methods/assign-rows.js";
import { matchClusters } from "./match-clusters.js";
import { adjustedRandOfTable, jaccardOf, tableOverlaps } from "./overlap-table.js";

export interface TimeSplitOptions {
  readonly clusterCount: number;
  readonly seed: number;
  /** The fit on the earlier window; if not given, `fitKMeans` with `starts`. */
  readonly fit?: KMeansFit;
  /** Starts of each fit; 50 if not given. */
  readonly starts?: number;
  /** The result does not depend on it. */
  readonly threads?: number;
}

/** What became of one segment of the earlier window. */
export interface SegmentInTime {
  readonly segment: number;
  /** Share of the earlier window's customers in it, 0…1. */
  readonly shareBefore: number;
  /** Share of the later window's customers that the old centres put into it, 0…1. */
  readonly shareAfter: number;
  /** Jaccard overlap (0…1), on the later window, with its counterpart in a new fit. */
  readonly overlap: number;
  /** Distance that the centre moved from the old to the new fit, in the matrix's units. */
  readonly centreMoved: number;
}

export interface TimeSplit {
  readonly customersBefore: number;
  readonly customersAfter: number;
  /**
   * Adjusted Rand index on the later window between the segments by the old centres and those of a new fit; −0.5…1, higher:
   * the old segments are still what one would find.
   */
  readonly adjustedRand: number;
  /** One per segment of the earlier window, in label order. */
  readonly segments: readonly SegmentInTime[];
}

/**
 * Would a later window find the same segments? The earlier window's centres score it, and a new fit is set against them.
 *
 * Counterparts are the one-to-one match with the largest sum of Jaccard overlaps. A low overlap says that a segment has gone
 * stale or was never more than a cut; it does not say which. Rows of the two windows need not be the same customers. The
 * result does not depend on row order or threads. Time O(starts · two k-means runs).
 *
 * @param earlier - Shape (nRows, nColumns). No missing values.
 * @param later - The same columns, through the SAME recipe as the earlier window.
 * @throws InputError if the columns differ, the fit has another count or other rows, or as `fitKMeans`.
 */
export function assessTimeSplit(earlier: Matrix, later: Matrix, options: TimeSplitOptions): TimeSplit {
  checkColumns(earlier, later);
  const { clusterCount, seed, starts = 50, threads } = options;
  const search = { clusterCount, seed, starts, ...(threads !== undefined && { threads }) };
  const old = options.fit ?? fitKMeans(earlier, search);
  const isOld = [old.clusterCount === clusterCount, old.labels.length === earlier.rowCount];
  if (isOld.includes(false))
    throw new InputError(
      `assessTimeSplit: fit must be of the ${earlier.rowCount} rows of earlier in ${clusterCount} clusters, got ${old.labels.length} rows in ${old.clusterCount}`,
    );
  const scored = assignRows(later, old).labels;
  const { columnWeights } = old;
  const found = fitKMeans(later, { ...search, ...(columnWeights && { columnWeights }) });
  const counts = { before: clusterCount, after: clusterCount };
  const table = tableOverlaps(scored, found.labels, counts);
  const { counterparts } = matchClusters(table);
  const segments = Array.from(counterparts, (counterpart, segment) => ({
    segment,
    shareBefore: old.sizes[segment]! / earlier.rowCount,
    shareAfter: table.sizesBefore[segment]! / later.rowCount,
    overlap: jaccardOf(table, segment, counterpart),
    centreMoved: distanceOf(old.centres[segment]!, found.centres[counterpart]!),
  }));
  return {
    customersBefore: earlier.rowCount,
    customersAfter: later.rowCount,
    adjustedRand: adjustedRandOfTable(table),
    segments,
  };
}

function distanceOf(a: readonly number[], b: readonly number[]): number {
  return Math.sqrt(a.reduce((sum, value, j) => sum + (value - b[j]!) ** 2, 0));
}

function checkColumns(earlier: Matrix, later: Matrix): void {
  checkCount(
    "assessTimeSplit",
    "later.columnCount",
    later.columnCount,
    earlier.columnCount,
    earlier.columnCount,
    "as earlier",
  );
  const at = earlier.columns.findIndex((name, j) => later.columns[j] !== name);
  if (at >= 0)
    throw new InputError(
      `assessTimeSplit: later must have the columns of earlier in their order (${listForMessage(earlier.columns)}), got ${describeValue(later.columns[at])} for ${describeValue(earlier.columns[at])}`,
    );
}
