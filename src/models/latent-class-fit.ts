import type { ClusterOptions } from "../cluster/cluster-fit.js";
import type { ModelFit } from "./model-fit.js";

export interface LatentClassOptions extends ClusterOptions {
  /** Runs from different random probabilities, of which the best is kept; 50 if not given. */
  readonly starts?: number;
  /** Limit for one start; 2,000 if not given. */
  readonly maxIterations?: number;
}

/** One question, and how each class answers it. */
export interface ItemAnswers {
  readonly name: string;
  /** The answers that were given, in order. */
  readonly levels: readonly string[];
  /** Shape (clusterCount, nLevels): probability of each answer in each class; a class sums to 1. */
  readonly probabilities: readonly (readonly number[])[];
}

/** The likeliest latent classes that were found. Classes are numbered by the rows they are likeliest for. */
export interface LatentClassFit extends ModelFit {
  readonly method: "latent-class";
  readonly items: readonly ItemAnswers[];
  /**
   * 1 − (Σ −p · ln p) / (nRows · ln clusterCount), 0…1: 1 where every row is certain of its class, 0 where none knows; 1
   * for a single class.
   */
  readonly relativeEntropy: number;
  /** Answers that are missing. */
  readonly missingCount: number;
}
