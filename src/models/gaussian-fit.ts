import type { ClusterOptions } from "../cluster/cluster-fit.js";
import type { ModelFit } from "./model-fit.js";

/**
 * What clusters may look like. spherical: balls, each of its own size; diagonal: ellipses along the axes; tied: one
 * ellipse for all; full: each its own ellipse.
 */
export type CovarianceName = "spherical" | "diagonal" | "tied" | "full";

export interface GaussianMixtureOptions extends ClusterOptions {
  /** full if not given. */
  readonly covariance?: CovarianceName;
  /** Runs from different k-means solutions, of which the best is kept; 10 if not given. */
  readonly starts?: number;
  /** Limit for one start; 1,000 if not given. */
  readonly maxIterations?: number;
}

/** The likeliest mixture of normal distributions that was found. Clusters are numbered by size, the largest first. */
export interface GaussianMixtureFit extends ModelFit {
  readonly method: "gaussian-mixture";
  readonly covariance: CovarianceName;
  /** Shape (clusterCount, nColumns), in the matrix's units. */
  readonly means: readonly (readonly number[])[];
  /** Shape (clusterCount, nColumns, nColumns), in the units' squares; the same for every cluster when tied. */
  readonly covariances: readonly (readonly (readonly number[])[])[];
  /** bic + 2 · Σ −p · ln p over rows and clusters: counts undecided rows as a cost. LOWER is better. */
  readonly icl: number;
}
