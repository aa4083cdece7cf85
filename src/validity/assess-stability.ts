import { mean, quantileSorted } from "simple-statistics";
import { checkCount, checkSameLength } from "../core/check.js";
import { type Matrix, rowsOf } from "../core/matrix.js";
import type { Progress } from "../core/progress.js";
import { createRandom, type Random } from "../core/random.js";
import { checkDistinctRows } from "../kmeans/check-kmeans.js";
import { labelStart, requestStarts } from "../kmeans/finish-fit.js";
import { fitKMeans, type KMeansFit } from "../kmeans/kmeans.js";
import { bestStart } from "../kmeans/rank-starts.js";
import { type Crew, closeCrew, type LoadedRows, loadRows, openCrew, runStarts } from "../lattice/crew.js";
import { adjustedRandIndex } from "./adjusted-rand.js";
import { bestOverlaps } from "./jaccard.js";

export interface AssessStabilityOptions {
  readonly clusterCount: number;
  readonly seed: number;
  /** Times the rows are drawn anew; 50 if not given. */
  readonly resamples?: number;
  /** Starts on each resample; 10 if not given. */
  readonly starts?: number;
  /** The fit to assess; if not given, `fitKMeans` with 50 starts. */
  readonly fit?: KMeansFit;
  /** The result does not depend on it; if not given: one per core for long work. */
  readonly threads?: number;
  /** Called before each resample; an error thrown in it ends the work. */
  readonly onProgress?: (progress: Progress) => void;
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

export interface StabilityAssessment {
  readonly clusterCount: number;
  readonly resamples: number;
  readonly startsPerResample: number;
  /** One per cluster, in label order. */
  readonly segments: readonly ClusterStability[];
  /** Mean of the clusters' overlaps, each weighing as many rows as it holds. */
  readonly meanJaccard: number;
  /** Mean adjusted Rand index between the fit and the resamples' fits, on the rows drawn; −0.5…1. */
  readonly adjustedRand: number;
}

/**
 * Do the clusters come back when customers are drawn anew? Bootstrap Jaccard overlap, per cluster.
 *
 * Each resample draws nRows rows with replacement and is fitted anew. Cluster i scores max over its clusters D_j of
 * |C_i ∩ D_j| / |C_i ∪ D_j|, counted on the different rows drawn (0…1). Steady is not the same as real: a cut through one even
 * cloud may come back too. The result does not depend on row order or threads.
 * Time O(resamples · starts · one k-means run).
 *
 * @param matrix - Shape (nRows, nColumns), as fitted. No missing values.
 * @throws InputError if options are not whole numbers in range, the fit has other rows or another count, or as `fitKMeans`.
 * @see Hennig (2007), doi:10.1016/j.csda.2006.11.025
 */
export function assessStability(matrix: Matrix, options: AssessStabilityOptions): StabilityAssessment {
  const { clusterCount, seed, resamples = 50, starts = 10, threads } = options;
  checkCount("assessStability", "resamples", resamples, 2, 100_000);
  checkCount("assessStability", "starts", starts, 1, 100_000);
  const fit = options.fit ?? fitKMeans(matrix, { clusterCount, seed, ...(threads && { threads }) });
  checkCount(
    "assessStability",
    "clusterCount",
    clusterCount,
    fit.clusterCount,
    fit.clusterCount,
    "that of fit",
  );
  checkSameLength("assessStability", "fit.labels", fit.labels, matrix.rowCount, "one per row of matrix");
  const { rowCount, columnCount } = matrix;
  const crew = openCrew(
    { rowCapacity: rowCount, columnCount, clusterCapacity: clusterCount, startCapacity: starts },
    { threads, work: matrix.values.length * clusterCount * starts * resamples },
  );
  try {
    const loaded = loadRows(crew, matrix, { canonical: true, caller: "assessStability" });
    checkDistinctRows(crew, loaded, { caller: "assessStability", clusterCount });
    const order = loaded.order!;
    const canonical = rowsOf(matrix, order);
    const labels = Int32Array.from(order, (row) => fit.labels[row]!);
    const rounds = Array.from({ length: resamples }, (_, round) => {
      options.onProgress?.({ done: round, total: resamples });
      const random = createRandom(seed).fork(round);
      return resample(crew, { matrix: canonical, labels }, { ...options, starts, random });
    });
    return summarize(fit, rounds, starts);
  } finally {
    closeCrew(crew);
  }
}

interface Round {
  readonly overlaps: readonly number[];
  readonly adjustedRand: number;
}

function resample(
  crew: Crew,
  fitted: { readonly matrix: Matrix; readonly labels: Int32Array },
  options: AssessStabilityOptions & { readonly starts: number; readonly random: Random },
): Round {
  const { rowCount } = fitted.matrix;
  const drawn = Int32Array.from({ length: rowCount }, () => options.random.below(rowCount)).sort();
  const loaded = loadRows(crew, rowsOf(fitted.matrix, drawn), {
    canonical: false,
    caller: "assessStability",
  });
  const labels = labelBest(crew, loaded, options);
  const first = Array.from(drawn.keys()).filter((i) => i === 0 || drawn[i] !== drawn[i - 1]);
  const before = Int32Array.from(first, (i) => fitted.labels[drawn[i]!]!);
  const after = Int32Array.from(first, (i) => labels[i]!);
  return {
    overlaps: bestOverlaps(before, after, options.clusterCount),
    adjustedRand: first.length < 2 ? 1 : adjustedRandIndex(before, after),
  };
}

function labelBest(
  crew: Crew,
  loaded: LoadedRows,
  options: AssessStabilityOptions & { readonly starts: number },
): Int32Array {
  const { clusterCount, seed, starts } = options;
  return labelStart(
    crew,
    loaded,
    bestStart(runStarts(crew, loaded, requestStarts({ clusterCount, seed, starts }))),
  );
}

function summarize(fit: KMeansFit, rounds: readonly Round[], startsPerResample: number): StabilityAssessment {
  const segments = fit.sizes.map((size, cluster) => {
    const overlaps = rounds.map((round) => round.overlaps[cluster]!).sort((a, b) => a - b);
    return {
      cluster,
      size,
      jaccard: mean(overlaps),
      low: quantileSorted(overlaps, 0.05),
      median: quantileSorted(overlaps, 0.5),
      high: quantileSorted(overlaps, 0.95),
      dissolved: overlaps.filter((overlap) => overlap <= 0.5).length,
      recovered: overlaps.filter((overlap) => overlap > 0.75).length,
    };
  });
  const rows = fit.sizes.reduce((sum, size) => sum + size, 0);
  return {
    clusterCount: fit.clusterCount,
    resamples: rounds.length,
    startsPerResample,
    segments,
    meanJaccard: segments.reduce((sum, { jaccard, size }) => sum + (jaccard * size) / rows, 0),
    adjustedRand: mean(rounds.map(({ adjustedRand }) => adjustedRand)),
  };
}
