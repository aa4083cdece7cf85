import { countDistinctRows } from "../cluster/canonical-order.js";
import { type Crew, closeCrew, type LoadedRows, loadRows, runStarts } from "../cluster/crew.js";
import { finishFit } from "../cluster/finish-fit.js";
import { defaultStarts, type KMeansFit } from "../cluster/kmeans-fit.js";
import { InputError } from "../core/errors.js";
import { type Matrix, rowsOf } from "../core/matrix.js";
import { checkCounts, countRange } from "./count-range.js";
import { describeSearch, explainGap, gapRule } from "./explain-count.js";
import { compareWithReferences, type GapStatistic, gapSample, openGapCrew } from "./gap-statistic.js";
import { calinskiHarabasz, daviesBouldin } from "./internal-indices.js";
import { comparableInertia, requestCounts } from "./search-counts.js";
import { meanSilhouettes } from "./silhouette.js";

export interface ChooseClusterCountOptions {
  /** Lowest and highest number of clusters to try. Let the lowest be 1, or the rule cannot answer "no groups". */
  readonly counts: readonly [low: number, high: number];
  /** Starts per count; 50 if not given. */
  readonly starts?: number;
  readonly seed: number;
  /** Data sets without groups to compare with; 30 if not given. */
  readonly references?: number;
  /** The result does not depend on it; if not given: one per core for long work. */
  readonly threads?: number;
}

/** What was measured for one number of clusters. Indices are null for one cluster, where they are not defined. */
export interface ClusterCountRow {
  readonly count: number;
  /** Sum of squared distances to the nearest centre; lower is tighter. */
  readonly inertia: number;
  /** Share of starts (0…1) within 0.1 % of the best inertia. */
  readonly hitRate: number;
  /** −1…1, higher is better. */
  readonly silhouette: number | null;
  /** 0 where the silhouette is exact. */
  readonly silhouetteStandardError: number | null;
  /** Higher is better. */
  readonly calinskiHarabasz: number | null;
  /** Lower is better. */
  readonly daviesBouldin: number | null;
  /** Higher: tighter than data without groups. */
  readonly gap: number;
  readonly gapStandardError: number;
  /** Rows per cluster, largest first. */
  readonly sizes: readonly number[];
}

export interface ClusterCountChoice {
  readonly rows: readonly ClusterCountRow[];
  /** 1: the data look like one group. */
  readonly recommendedCount: number;
  /** The declared rule, in words. */
  readonly rule: string;
  /** Why this count, in a sentence with its numbers. */
  readonly reason: string;
  /** How it was computed: references, starts, samples, counts that could not be tried. */
  readonly notes: readonly string[];
}

/**
 * How many clusters? Fits every count and shows all numbers; one declared rule, that of the gap statistic, recommends.
 *
 * Cost: nCounts · (starts + references · 5) k-means runs, and one silhouette per count (exact up to 10,000 rows, above
 * that a seeded sample with its standard error); gap on at most 10,000 rows. About 3 s for 4,000 × 8, counts 1 to 10.
 * The result does not depend on row order (up to 10,000 rows) or threads.
 *
 * @param matrix - Shape (nRows, nColumns), from `applyRecipe`. No missing values.
 * @throws InputError if counts are not whole numbers, low first, or fewer different rows than the lowest, or a value is not finite.
 * @see Tibshirani, Walther & Hastie (2001), doi:10.1111/1467-9868.00293
 */
export function chooseClusterCount(matrix: Matrix, options: ChooseClusterCountOptions): ClusterCountChoice {
  checkCounts("chooseClusterCount", matrix, options);
  const search = { ...options, starts: options.starts ?? defaultStarts };
  const sample = gapSample(matrix, options.seed);
  const crew = openGapCrew(sample, { ...search, rowCapacity: matrix.rowCount });
  try {
    const loaded = loadRows(crew, matrix, { canonical: true, caller: "chooseClusterCount" });
    const counts = possibleCounts(crew, loaded, options.counts);
    const { fits, inertias } = fitCounts(crew, loaded, { ...search, counts });
    const canonical = rowsOf(matrix, loaded.order!);
    const gap =
      sample === matrix
        ? compareWithReferences(crew, canonical, { ...search, counts, inertias })
        : compareWithReferences(crew, sample, { ...search, counts });
    return {
      rows: describeCounts(canonical, { fits, gap, order: loaded.order!, seed: options.seed }),
      recommendedCount: gap.recommendedCount,
      rule: gapRule,
      reason: explainGap(gap),
      notes: [...loaded.lattice.notes, ...describeSearch(matrix, { ...search, possible: counts, gap })],
    };
  } finally {
    closeCrew(crew);
  }
}

/** The counts asked for, up to the number of different rows. */
function possibleCounts(
  crew: Crew,
  loaded: LoadedRows,
  counts: readonly [number, number],
): readonly [low: number, high: number] {
  const { stride } = crew;
  const distinct = countDistinctRows(crew.rows, loaded.rowCount, { stride, limit: counts[1] });
  if (distinct < counts[0])
    throw new InputError(
      `chooseClusterCount: counts[0] must be a whole number from 1 to ${distinct} (the number of different rows), got ${counts[0]}`,
    );
  return [counts[0], Math.min(counts[1], distinct)];
}

/** One fit per count; all starts of all counts are one round of work for the crew. */
function fitCounts(
  crew: Crew,
  loaded: LoadedRows,
  search: { readonly counts: readonly [number, number]; readonly seed: number; readonly starts: number },
): { fits: readonly KMeansFit[]; inertias: readonly number[] } {
  const counts = countRange(search.counts);
  const results = runStarts(crew, loaded, requestCounts(counts, search));
  const byCount = counts.map((count) => results.filter(({ clusterCount }) => clusterCount === count));
  return {
    fits: byCount.map((starts) => finishFit(crew, loaded, starts, { refine: true })),
    inertias: byCount.map((starts) => comparableInertia(loaded, starts)),
  };
}

function describeCounts(
  canonical: Matrix,
  found: {
    readonly fits: readonly KMeansFit[];
    readonly gap: GapStatistic;
    readonly order: Uint32Array;
    readonly seed: number;
  },
): ClusterCountRow[] {
  const { fits, gap, order, seed } = found;
  const labelings = fits.map((fit) => Int32Array.from(order, (row) => fit.labels[row]!));
  const several = labelings.filter((_, i) => fits[i]!.clusterCount > 1);
  const silhouettes = several.length === 0 ? [] : meanSilhouettes(canonical, several, { seed });
  const skipped = labelings.length - several.length;
  return fits.map((fit, i) => ({
    count: fit.clusterCount,
    inertia: fit.inertia,
    hitRate: fit.hitRate,
    silhouette: silhouettes[i - skipped]?.value ?? null,
    silhouetteStandardError: silhouettes[i - skipped]?.standardError ?? null,
    calinskiHarabasz: fit.clusterCount > 1 ? calinskiHarabasz(canonical, labelings[i]!) : null,
    daviesBouldin: fit.clusterCount > 1 ? daviesBouldin(canonical, labelings[i]!) : null,
    gap: gap.rows[i]!.gap,
    gapStandardError: gap.rows[i]!.standardError,
    sizes: fit.sizes,
  }));
}
