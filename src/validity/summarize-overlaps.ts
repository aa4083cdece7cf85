import { mean, quantileSorted } from "simple-statistics";

/** How one number came out over resamples. */
export interface SpreadOverResamples {
  readonly mean: number;
  /** 5 % quantile. */
  readonly low: number;
  readonly median: number;
  /** 95 % quantile. */
  readonly high: number;
}

/** Mean and quantiles of one number over resamples, which there must be. */
export function spreadOf(values: ArrayLike<number>): SpreadOverResamples {
  const sorted = Array.from(values).sort((a, b) => a - b);
  return {
    mean: mean(sorted),
    low: quantileSorted(sorted, 0.05),
    median: quantileSorted(sorted, 0.5),
    high: quantileSorted(sorted, 0.95),
  };
}

/** How well one cluster comes back when rows are drawn anew. */
export interface ClusterStability {
  readonly cluster: number;
  readonly size: number;
  /** Mean over resamples of the Jaccard overlap with the most alike cluster found there; 0…1, higher is steadier. */
  readonly jaccard: number;
  /** 5 % quantile over resamples. */
  readonly low: number;
  readonly median: number;
  /** 95 % quantile over resamples. */
  readonly high: number;
  /** Resamples in which the overlap was at most 0.5. */
  readonly dissolved: number;
  /** Resamples in which the overlap was above 0.75. */
  readonly recovered: number;
}

/** Overlaps from which a cluster counts as dissolved or recovered (Hennig 2007). */
const dissolvedOverlap = 0.5;
const recoveredOverlap = 0.75;

/** Rounds hold one overlap per cluster and then the adjusted Rand index. */
export function summarizeOverlaps(
  sizes: readonly number[],
  rounds: readonly Float64Array[],
): {
  readonly segments: readonly ClusterStability[];
  readonly meanJaccard: number;
  readonly adjustedRand: number;
} {
  const segments = sizes.map((size, cluster) => {
    const overlaps = rounds.map((round) => round[cluster]!);
    const { mean: jaccard, low, median, high } = spreadOf(overlaps);
    return {
      ...{ cluster, size, jaccard, low, median, high },
      dissolved: overlaps.filter((overlap) => overlap <= dissolvedOverlap).length,
      recovered: overlaps.filter((overlap) => overlap > recoveredOverlap).length,
    };
  });
  const rows = sizes.reduce((sum, size) => sum + size, 0);
  return {
    segments,
    meanJaccard: segments.reduce((sum, { jaccard, size }) => sum + (jaccard * size) / rows, 0),
    adjustedRand: mean(rounds.map((round) => round[sizes.length]!)),
  };
}
