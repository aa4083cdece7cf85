import type { ClusterFit, ClusterOptions } from "../cluster/cluster-fit.js";
import type { MixedTable } from "../cluster/mixed-table.js";
import type { DistanceName, Measure } from "../cluster/row-distance.js";

export interface KMedoidsOptions extends ClusterOptions {
  /** euclidean for numbers alone, gower where there are words, if not given. */
  readonly distance?: DistanceName;
  /** Runs from different rows, or samples above 5,000 rows, of which the best is kept; 20 if not given. */
  readonly starts?: number;
  /** Rounds through all rows for one start; 100 if not given. */
  readonly maxIterations?: number;
  /** Rows per sample above 5,000 rows, at most 5,000; 2,000 if not given. */
  readonly sampleSize?: number;
}

/** The best medoids that were found. Clusters are numbered by size, the largest first. */
export interface KMedoidsFit extends ClusterFit {
  readonly method: "k-medoids";
  /** Row number of each cluster's medoid in the table given; of equal rows the first. */
  readonly medoids: readonly number[];
  /** The medoids' rows, by cluster number. */
  readonly prototypes: MixedTable;
  /** The distance, with the ranges it was fitted with. */
  readonly measure: Measure;
  /** Sum of distances of all rows to their medoid; in the columns' unit, or without one for gower. */
  readonly objective: number;
  /** Share of starts (0…1) whose objective lies within 0.1 % of the best. */
  readonly hitRate: number;
}

/** Above this many rows medoids are looked for in samples: all distances between rows would fill more than 200 MB. */
export const mostRowsAtOnce = 5000;
