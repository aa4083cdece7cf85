import type { ClusterFit } from "../cluster/cluster-fit.js";

/** What every model of a mixture returns: how likely the data are under it, and each row's place in it. */
export interface ModelFit extends ClusterFit {
  /** Shape (nRows, clusterCount), row after row: how likely each row belongs to each cluster, 0…1, a row sums to 1. */
  readonly probabilities: Float64Array;
  /** Share of each cluster in the whole, 0…1, summing to 1. */
  readonly weights: readonly number[];
  /** Natural logarithm of the likelihood. Higher is better. */
  readonly logLikelihood: number;
  /** Minus the log-likelihood. */
  readonly objective: number;
  /** Free parameters of the model. */
  readonly parameterCount: number;
  /** −2 · logLikelihood + parameterCount · ln(nRows). LOWER is better; R's mclust has the other sign. */
  readonly bic: number;
  /** Iterations of the best start. */
  readonly iterations: number;
  /** Share of starts (0…1) whose log-likelihood came within 0.1 of the best, or a ten-thousandth per row if that is more. */
  readonly hitRate: number;
}

/** Where a model puts rows, one value per row but for the probabilities. */
export interface ModelAssignment {
  /** Number of the likeliest cluster, ties to the lowest. */
  readonly labels: Int32Array;
  /** Number of the second likeliest cluster, −1 where there is only one. */
  readonly runnersUp: Int32Array;
  /** Probability of the likeliest less that of the second: 0 undecided, 1 certain. */
  readonly margins: Float64Array;
  /** Shape (nRows, clusterCount), row after row: each row's probability of each cluster. */
  readonly probabilities: Float64Array;
}

/** The note on clusters that are no row's likeliest, or none. */
export function describeEmpty(sizes: readonly number[]): string[] {
  const empty = sizes.filter((size) => size === 0).length;
  return empty === 0 ? [] : [`${empty} of ${sizes.length} clusters are no row's likeliest; fewer would do.`];
}
