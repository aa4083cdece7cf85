import { openTeller } from "../cluster/progress-teller.js";
import { checkCount } from "../core/check.js";
import { type Matrix, rowsOf } from "../core/matrix.js";
import type { Progress } from "../core/progress.js";
import { defaultStarts } from "../kmeans/kmeans-fit.js";
import { closeCrew, loadRows } from "../lattice/crew.js";
import type { CovarianceName } from "../models/gaussian-fit.js";
import type { ClusterCountRow } from "./cluster-count-row.js";
import { compareCounts, comparisonRows } from "./compare-counts.js";
import { type CountIndex, countIndices } from "./count-indices.js";
import { checkCounts } from "./count-range.js";
import { describeSearch, explainGap } from "./explain-count.js";
import { fitCounts, fitMixtures, possibleCounts } from "./fit-counts.js";
import { type GapMethod, gapRule } from "./gap-method.js";
import { defaultReferences, openGapCrew } from "./gap-statistic.js";
import { measureFits } from "./measure-counts.js";
import { defaultResampleStarts } from "./resample-options.js";

export type { ClusterCountRow } from "./cluster-count-row.js";

export interface ChooseClusterCountOptions {
  /** Lowest and highest number of clusters to try. Let the lowest be 1, or the rule cannot answer "no groups". */
  readonly counts: readonly [low: number, high: number];
  /** Starts per count; 50 if not given. */
  readonly starts?: number;
  readonly seed: number;
  /** Data sets without groups to compare with; 200 if not given. */
  readonly references?: number;
  /** Splits for the prediction strength and pairs of bootstrap samples for the instability; 20 if not given, 0: neither. */
  readonly resamples?: number;
  /** Also fit a Gaussian mixture of this kind for every count, for its BIC and ICL; if not given, none. */
  readonly mixture?: CovarianceName;
  /** The result does not depend on it; if not given: one per core for long work. */
  readonly threads?: number;
  /** Called between units of work; an error thrown in it ends the search. */
  readonly onProgress?: (progress: Progress) => void;
}

export interface ClusterCountChoice {
  readonly rows: readonly ClusterCountRow[];
  /** What each index of the rows means, its range and its direction; those that were measured for some count. */
  readonly indices: readonly CountIndex[];
  /** 1: the data look like one group. */
  readonly recommendedCount: number;
  /** The declared rule, in words. */
  readonly rule: string;
  /** Box, power, rule and size of the comparison with data without groups. */
  readonly gapMethod: GapMethod;
  /** Why this count, in a sentence with its numbers. */
  readonly reason: string;
  /** How it was computed: references, starts, samples, counts that could not be tried. */
  readonly notes: readonly string[];
}

export const defaultCountResamples: number = 20;

/**
 * How many clusters? Fits every count and shows all numbers; one declared rule, that of the gap statistic, recommends.
 *
 * `countIndices` says what each number means, its range and its direction; there is no vote. Gap on at most 10,000 rows,
 * prediction strength and instability on at most 2,000; silhouette exact up to 20,000 rows, then on a sample with its
 * standard error; Dunn up to 20,000 rows. Samples are seeded, and the same for every count.
 * Cost: nCounts · (starts + 3 · references + 20 · resamples) k-means runs, and one distance for every pair of rows. About 8 s
 * for 4,000 × 8, counts 1 to 10, on one core. The result does not depend on row order or threads.
 *
 * @param matrix - Shape (nRows, nColumns), from `applyRecipe`. No missing values.
 * @throws InputError if counts are not whole numbers, low first, or fewer different rows than the lowest, or a value is not finite.
 * @see Tibshirani, Walther & Hastie (2001), doi:10.1111/1467-9868.00293
 */
export function chooseClusterCount(matrix: Matrix, options: ChooseClusterCountOptions): ClusterCountChoice {
  checkCounts("chooseClusterCount", matrix, options);
  const { resamples = defaultCountResamples, starts = defaultStarts } = options;
  checkCount("chooseClusterCount", "resamples", resamples, 0, 100_000);
  const search = { ...options, resamples, starts };
  const crew = openGapCrew(matrix, { ...search, resampleStarts: defaultResampleStarts });
  try {
    const loaded = loadRows(crew, matrix, { canonical: true, caller: "chooseClusterCount" });
    const order = loaded.order!;
    const counts = possibleCounts(crew, loaded, options.counts);
    const progress = openProgress({ ...search, counts });
    const found = fitCounts(crew, loaded, { ...search, counts, onProgress: progress.afterStart });
    const canonical = rowsOf(matrix, order);
    const { afterUnit } = progress;
    const compared = compareCounts(crew, canonical, { ...search, ...found, counts, afterUnit });
    const comparisons = comparisonRows(counts, compared);
    const mixtures = fitMixtures(canonical, { ...search, counts, afterCount: afterUnit });
    const measured = measureFits(canonical, found.fits, { order, seed: options.seed });
    const rows = found.fits.map((fit, i) => ({
      count: fit.clusterCount,
      inertia: fit.inertia,
      hitRate: fit.hitRate,
      ...measured[i]!,
      ...comparisons[i]!,
      ...mixtures[i]!,
      sizes: fit.sizes,
    }));
    const { gap } = compared;
    return {
      rows,
      indices: countIndices.filter(({ name }) => rows.some((row) => row[name] !== null)),
      recommendedCount: gap.recommendedCount,
      rule: gapRule,
      gapMethod: gap.method,
      reason: explainGap(gap),
      notes: [...loaded.lattice.notes, ...describeSearch(matrix, { ...search, compared, possible: counts })],
    };
  } finally {
    closeCrew(crew);
  }
}

/** Units: each count, each reference, each draw of customers, each mixture. */
function openProgress(search: {
  readonly counts: readonly [number, number];
  readonly resamples: number;
  readonly references?: number;
  readonly mixture?: CovarianceName;
  readonly onProgress?: (progress: Progress) => void;
}): { readonly afterStart: (progress: Progress) => void; readonly afterUnit: () => void } {
  const tried = search.counts[1] - search.counts[0] + 1;
  const references = search.references ?? defaultReferences;
  const mixtures = search.mixture === undefined ? 0 : tried;
  const { tell } = openTeller(tried + references + 2 * search.resamples + mixtures, search.onProgress);
  let done = tried;
  return {
    afterStart: (starts) => tell(Math.floor((starts.done / starts.total) * tried)),
    afterUnit: () => tell(++done),
  };
}
