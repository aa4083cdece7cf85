import type { ClusterFit, ClusterOptions } from "../cluster/cluster-fit.js";
import type { MixedTable } from "../cluster/mixed-table.js";

export interface KPrototypesOptions extends ClusterOptions {
  /** Runs from different rows, of which the best is kept; 20 if not given. */
  readonly starts?: number;
  /** Limit for one start; 1,000 if not given. */
  readonly maxIterations?: number;
  /**
   * What another word costs, in squared units of the numbers; above 0. If not given: mean variance of the numeric
   * columns by mean heterogeneity (1 − Σ share²) of the word columns.
   */
  readonly gamma?: number;
}

/** The best prototypes that were found. Clusters are numbered by size, the largest first. */
export interface KPrototypesFit extends ClusterFit {
  readonly method: "k-prototypes";
  /** What another word costs, in squared units of the numbers. */
  readonly gamma: number;
  /** Per cluster the means of the numbers and the most frequent words, the first in code-unit order of equally frequent. */
  readonly prototypes: MixedTable;
  /** Sum of squared differences from the means. */
  readonly numericLoss: number;
  /** Gamma times the number of words that are not their cluster's most frequent. */
  readonly categoryLoss: number;
  /** numericLoss + categoryLoss. */
  readonly objective: number;
  /** Share of starts (0…1) whose objective lies within 0.1 % of the best. */
  readonly hitRate: number;
}
