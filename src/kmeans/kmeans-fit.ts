import type { ClusterFit, ClusterOptions } from "../cluster/cluster-fit.js";
import type { RowGroups } from "./tie-rows.js";

export interface KMeansOptions extends ClusterOptions {
  /** Runs from different k-means++ centres, of which the best is kept; 50 if not given. */
  readonly starts?: number;
  /** Limit for one start; 10,000 if not given. */
  readonly maxIterations?: number;
  /**
   * Centres to begin from, shape (clusterCount, nColumns), in the matrix's units. Without `starts`, or with 1:
   * one start, by Lloyd's algorithm alone. With more: the first begins there, the others as ever, the best is kept.
   */
  readonly initialCentres?: readonly (readonly number[])[];
  /**
   * How much each row counts, shape (nRows,), finite, at least 0, not all 0. A row of weight 2 pulls like two rows; one
   * of weight 0 gets a label and pulls nothing. Whole numbers whose sum is at most 2^27 are exact; others are scaled to
   * such a sum and rounded, which `notes` then say. Only their ratios matter, but for the unit of inertia.
   */
  readonly caseWeights?: ArrayLike<number>;
  /**
   * What each column's squared differences are multiplied by, shape (nColumns,), finite, at least 0, not all 0: the
   * same as columns multiplied by the root of it. Centres are 0 in a column of weight 0.
   */
  readonly columnWeights?: readonly number[];
  /** Threads to use; the result does not depend on it. If not given: one for small work, else one per core, at most 8. */
  readonly threads?: number;
  /**
   * The least and the most rows a cluster may have; a least of 0 means 1. Holds for the rows of this fit: `assignRows`
   * gives new rows their nearest centre whatever the sizes. 10 starts if not given.
   */
  readonly sizeLimits?: readonly [least: number, most: number];
  /**
   * One per row; rows with the same value (a household) share a cluster, null or a number below 0 leaves a row on its
   * own. 10 starts if not given.
   */
  readonly groups?: RowGroups;
}

/**
 * The best k-means solution that was found. Clusters are numbered by size, the largest first, ties by centre; where
 * there are case weights, by weight.
 */
export interface KMeansFit extends ClusterFit {
  readonly method: "k-means";
  /** Shape (clusterCount, nColumns), in the matrix's units: means rounded to the lattice. */
  readonly centres: readonly (readonly number[])[];
  /** Sum of weight times squared distance of rows to their centres, in the matrix's units squared. Lower is tighter. */
  readonly inertia: number;
  /** The inertia. */
  readonly objective: number;
  /** Iterations over all rows of the best start and, where that bettered it, of its continuation by single moves. */
  readonly iterations: number;
  /** Whether the best start reached its fixed point, where no centre moves. */
  readonly converged: boolean;
  /**
   * Share of starts (0…1) whose inertia lies within 0.1 % of the best; of 32,768 rows and more, as it stands after 30
   * iterations over all rows.
   */
  readonly hitRate: number;
  /** Where the best start began, in the matrix's units, in its own order. */
  readonly initialCentres: readonly (readonly number[])[];
  /** Sum of the case weights of each cluster, in their own unit; absent where there are none. */
  readonly weights?: readonly number[];
  /** As given; absent where there are none. `assignRows` keeps to them. */
  readonly columnWeights?: readonly number[];
}

export const defaultStarts = 50;
export const defaultMaxIterations = 10_000;
