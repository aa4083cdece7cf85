import { checkChoice, checkCount, checkSameLength } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Matrix } from "../core/matrix.js";
import type { Progress } from "../core/progress.js";
import { shareTasks } from "../core/shared-tasks.js";
import { fitKMeans, type KMeansFit } from "../kmeans/kmeans.js";
import { weighColumns } from "../kmeans/weigh-columns.js";
import { type ResamplingScheme, resamplingSchemes } from "./draw-resample.js";
import { countLandings, type Memberships } from "./memberships.js";
import type { RawRows } from "./refit-recipe.js";
import { chooseRows, describeSample, shareChosen } from "./stability-rows.js";
import { resultLengthOf, type StabilityInput, stabilityJob } from "./stability-task.js";
import { type ClusterStability, summarizeOverlaps } from "./summarize-overlaps.js";
import { threadsFor } from "./threads-for.js";

export interface AssessStabilityOptions {
  readonly clusterCount: number;
  readonly seed: number;
  /** How rows are drawn anew; bootstrap if not given. */
  readonly scheme?: ResamplingScheme;
  /** Whether a row drawn twice by the bootstrap pulls twice; true if not given. R's fpc drops repeats. */
  readonly keepRepeats?: boolean;
  /** Times the rows are drawn anew; 50 if not given. */
  readonly resamples?: number;
  /** Starts on each resample; 10 if not given. */
  readonly starts?: number;
  /** The fit to assess; if not given, `fitKMeans` with 50 starts. */
  readonly fit?: KMeansFit;
  /**
   * Raw values and the choices of `fitRecipe` that led to the matrix: the recipe is then fitted anew on each resample, so that
   * transforms and scales are drawn anew too. Not for the scheme noise, whose points have no raw values.
   */
  readonly prepare?: RawRows;
  /** Whether to count in which cluster each row lands, for `findFenceSitters`; false if not given. */
  readonly memberships?: boolean;
  /** The result does not depend on it; if not given: one per core for long work. */
  readonly threads?: number;
  /** Called between resamples, some 200 times at most; an error thrown in it ends the work. */
  readonly onProgress?: (progress: Progress) => void;
}

/** How well a solution comes back when rows are drawn anew. */
export interface StabilityAssessment {
  readonly clusterCount: number;
  readonly scheme: ResamplingScheme;
  /** Whether rows drawn twice pulled twice. */
  readonly keepRepeats: boolean;
  readonly resamples: number;
  readonly startsPerResample: number;
  /** Rows that took part: all up to 20,000, else a seeded sample of as many. */
  readonly rowsUsed: number;
  /** One per cluster, in label order. */
  readonly segments: readonly ClusterStability[];
  /** Mean of the clusters' overlaps, each weighing as many rows as it holds. */
  readonly meanJaccard: number;
  /** Mean adjusted Rand index between the fit and the resamples' fits, on the rows compared; −0.5…1. */
  readonly adjustedRand: number;
  /** Where each row landed; absent unless asked for. */
  readonly memberships?: Memberships;
  /** What a reader should know, such as that a sample took part. */
  readonly notes: readonly string[];
}

/**
 * Do the clusters come back when customers are drawn anew? Jaccard overlap per cluster over bootstrap, subset or noise
 * resamples.
 *
 * Each resample is fitted anew with all starts (and, with `prepare`, through a recipe of its own). Cluster i scores max over
 * its clusters D_j of |C_i ∩ D_j| / |C_i ∪ D_j| (0…1, higher is steadier), counted on the different rows drawn, or for noise on
 * those it left alone. Above 0.75 it counts as recovered, at 0.5 or less as dissolved. Steady is not the same as real: a cut
 * through one even cloud may come back too. R's fpc does the same but drops repeated rows of a bootstrap from the refit
 * (`keepRepeats: false`), which makes overlaps a little higher. The result does not depend on row order or threads.
 * Time O(resamples · starts · one k-means run on at most 20,000 rows).
 *
 * @param matrix - Shape (nRows, nColumns), as fitted. No missing values.
 * @throws InputError if an option is out of its range, the fit has other rows or another count, `prepare` has other rows or
 * comes with noise, or as `fitKMeans`.
 * @see Hennig (2007), doi:10.1016/j.csda.2006.11.025. Checked against R's fpc in test/reference/stability.json.
 */
export function assessStability(matrix: Matrix, options: AssessStabilityOptions): StabilityAssessment {
  checkOptions(matrix, options);
  const { clusterCount, seed, scheme = "bootstrap", resamples = 50, starts = 10, threads } = options;
  const fit = options.fit ?? fitKMeans(matrix, { clusterCount, seed, ...(threads && { threads }) });
  checkFit(matrix, fit, clusterCount);
  const keepRepeats = scheme === "bootstrap" && options.keepRepeats !== false;
  const weighed = fit.columnWeights ? weighColumns(matrix, fit.columnWeights) : matrix;
  const chosen = chooseRows("assessStability", weighed, { clusterCount, seed, raw: options.prepare?.raw });
  const { memberships = false } = options;
  const input: StabilityInput = {
    ...shareChosen(weighed, { rows: chosen, prepare: options.prepare, columnWeights: fit.columnWeights }),
    labels: Int32Array.from(chosen, (row) => fit.labels[row]!),
    ...{ clusterCount, starts, seed, scheme, keepRepeats, memberships },
  };
  const resultLength = resultLengthOf(input);
  const results = shareTasks(stabilityJob, {
    ...{ input, taskCount: resamples, resultLength },
    threads: threadsFor(threads, input.matrix.values.length * clusterCount * starts * resamples),
    onProgress: options.onProgress,
  });
  const rounds = Array.from({ length: resamples }, (_, round) =>
    results.subarray(round * resultLength, (round + 1) * resultLength),
  );
  return {
    ...{ clusterCount, scheme, keepRepeats, resamples },
    startsPerResample: starts,
    rowsUsed: chosen.length,
    ...summarizeOverlaps(fit.sizes, rounds),
    ...(memberships && { memberships: countLandings(chosen, input.labels, { rounds, clusterCount }) }),
    notes: describeSample(chosen.length, matrix.rowCount, seed),
  };
}

function checkOptions(matrix: Matrix, options: AssessStabilityOptions): void {
  const { scheme = "bootstrap", resamples = 50, starts = 10, prepare } = options;
  checkChoice("assessStability", "scheme", scheme, resamplingSchemes);
  checkCount("assessStability", "resamples", resamples, 2, 100_000);
  checkCount("assessStability", "starts", starts, 1, 100_000);
  if (prepare === undefined) return;
  if (scheme === "noise")
    throw new InputError(
      "assessStability: prepare must not be given with the scheme noise, got both. Its points have no raw values",
    );
  checkCount(
    "assessStability",
    "prepare.raw.rowCount",
    prepare.raw.rowCount,
    matrix.rowCount,
    matrix.rowCount,
    "the rows of matrix",
  );
}

function checkFit(matrix: Matrix, fit: KMeansFit, clusterCount: number): void {
  checkCount(
    "assessStability",
    "clusterCount",
    clusterCount,
    fit.clusterCount,
    fit.clusterCount,
    "that of fit",
  );
  checkSameLength("assessStability", "fit.labels", fit.labels, matrix.rowCount, "one per row of matrix");
}
