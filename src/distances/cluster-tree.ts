import type { ClusterFit } from "../cluster/cluster-fit.js";
import type { MixedTable } from "../cluster/mixed-table.js";
import type { Measure } from "../cluster/row-distance.js";

/**
 * How far apart two clusters are. ward: by how much joining them raises the sum of squares; average, complete, single:
 * the mean, the largest, the smallest distance between their rows.
 */
export type Linkage = "ward" | "average" | "complete" | "single";

/** All merges from single rows to one cluster, lowest first. */
export interface ClusterTree {
  readonly linkage: Linkage;
  readonly measure: Measure;
  readonly rowCount: number;
  /** Rows that lie apart, which without missing values are all different ones; no cut makes more clusters. */
  readonly distinctRowCount: number;
  /** Shape (nRows − 1,): what step s joins. Numbers below nRows are rows, nRows + t is the cluster made at step t. */
  readonly first: Int32Array;
  /** Shape (nRows − 1,): the other one, with the larger number. */
  readonly second: Int32Array;
  /** Shape (nRows − 1,), never falling: distance at the merge, in the columns' unit; as SciPy and R's ward.D2 count it. */
  readonly heights: Float64Array;
  /** Shape (nRows − 1,): rows in the cluster that each step makes. */
  readonly sizes: Int32Array;
  /** Shape (nRows,): the rows from left to right in a drawing of the tree without crossing lines. */
  readonly leaves: Int32Array;
  /** The rows that were fitted. */
  readonly table: MixedTable;
}

/** The clusters that a tree has at one height. */
export interface TreeCut extends ClusterFit {
  readonly method: "hierarchical";
  readonly linkage: Linkage;
  readonly measure: Measure;
  /** The cut lies above the first height and below the second; the first is 0 with no merge made, the second Infinity with all made. */
  readonly heights: readonly [low: number, high: number];
  /** Means of the clusters for ward, else the row of each with the smallest sum of distances to the others. */
  readonly prototypes: MixedTable;
  /** For ward the sum of squared distances to the means, as in k-means; else the sum of distances to the prototypes. */
  readonly objective: number;
}
