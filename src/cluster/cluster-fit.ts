import type { Progress } from "../core/progress.js";

/** The ways to group rows. */
export type ClusterMethod =
  | "k-means"
  | "k-medoids"
  | "k-prototypes"
  | "hierarchical"
  | "gaussian-mixture"
  | "latent-class"
  | "rfm-quantiles";

/** What every method that searches from several starts takes. */
export interface ClusterOptions {
  /** From 1 to the number of different rows. */
  readonly clusterCount: number;
  /** Whole number; the same seed gives the same result, bit for bit. */
  readonly seed: number;
  /** Runs from different beginnings, of which the best is kept. */
  readonly starts?: number;
  /** Limit of iterations for one start. */
  readonly maxIterations?: number;
  /**
   * Called between units of work, a few hundred times at most, on the calling thread. An error thrown in it stops the
   * work, gives back whatever was open and comes out as it is.
   */
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * What every method returns, whatever else it knows. Nothing in it depends on the order of the rows given, but for which
 * of several equal rows is which where size limits part them.
 */
export interface ClusterFit {
  readonly method: ClusterMethod;
  readonly clusterCount: number;
  /** Shape (nRows,), values 0…clusterCount − 1, numbered by size, the largest first. */
  readonly labels: Int32Array;
  /** Rows per cluster, largest first. 0 only where a model has a component that is no row's likeliest; `notes` say so. */
  readonly sizes: readonly number[];
  /** What the method makes as small as it can. Lower is better; compare fits of one method and one table only. */
  readonly objective: number;
  /** Whether the best start came to its end, rather than to the limit of iterations. */
  readonly converged: boolean;
  /** Starts that were run; 1 for a method without chance. */
  readonly starts: number;
  /** Share of starts (0…1) that came as low as the best, but for the margin that the method names. */
  readonly hitRate: number;
  /** What a reader should know: values that were rounded, rows that were sampled, a limit that was reached. */
  readonly notes: readonly string[];
}

/** The note on a best solution that one start found or only moves after the starts, or none. */
export function describeHits(hits: number, starts: number): string[] {
  if (starts < 10 || hits > 1) return [];
  return hits === 1
    ? [`Only 1 of ${starts} starts found the best solution; more starts may find a better one.`]
    : [
        `None of ${starts} starts came as low as the moves that followed; more starts may find a better solution.`,
      ];
}
