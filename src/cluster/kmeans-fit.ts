import type { ClusterFit, ClusterOptions } from "./cluster-fit.js";
import type { RowGroups } from "./tie-rows.js";

export interface KMeansOptions extends ClusterOptions {
  /** Runs from different k-means++ centres, of which the best is kept; 50 if not given. */
  readonly starts?: number;
  /** Limit for one start; 10,000 if not given. */
  readonly maxIterations?: number;
  /** One start from these centres, shape (clusterCount, nColumns), in the matrix's units, by Lloyd's algorithm alone. */
  readonly initialCentres?: readonly (readonly number[])[];
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

/** The best k-means solution that was found. Clusters are numbered by size, the largest first, ties by centre. */
export interface KMeansFit extends ClusterFit {
  readonly method: "k-means";
  /** Shape (clusterCount, nColumns), in the matrix's units: means rounded to the lattice. */
  readonly centres: readonly (readonly number[])[];
  /** Sum of squared distances of rows to their centres, in the matrix's units squared. Lower is tighter. */
  readonly inertia: number;
  /** The inertia. */
  readonly objective: number;
  /** Iterations of the best start, or of its continuation by single moves. */
  readonly iterations: number;
  /** Whether the best start reached its fixed point, where no centre moves. */
  readonly converged: boolean;
  /** Share of starts (0…1) whose inertia lies within 0.1 % of the best. */
  readonly hitRate: number;
  /** Where the best start began, in the matrix's units, in its own order. */
  readonly initialCentres: readonly (readonly number[])[];
}

export const defaultStarts = 50;
export const defaultMaxIterations = 10_000;
