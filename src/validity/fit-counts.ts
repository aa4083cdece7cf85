import { countDistinctRows } from "../cluster/canonical-order.js";
import type { ClusterOptions } from "../cluster/cluster-fit.js";
import { InputError } from "../core/errors.js";
import type { Matrix } from "../core/matrix.js";
import { finishFit } from "../kmeans/finish-fit.js";
import type { KMeansFit } from "../kmeans/kmeans-fit.js";
import { searchStarts } from "../kmeans/search-starts.js";
import type { Crew, LoadedRows } from "../lattice/crew.js";
import type { CovarianceName } from "../models/gaussian-fit.js";
import { fitGaussianMixture } from "../models/gaussian-mixture.js";
import type { ClusterCountRow } from "./cluster-count-row.js";
import { countRange } from "./count-range.js";
import { comparableInertia, requestCounts } from "./search-counts.js";

/** The counts asked for, up to the number of different rows. */
export function possibleCounts(
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
export function fitCounts(
  crew: Crew,
  loaded: LoadedRows,
  search: {
    readonly counts: readonly [number, number];
    readonly seed: number;
    readonly starts: number;
    readonly onProgress: NonNullable<ClusterOptions["onProgress"]>;
  },
): { readonly fits: readonly KMeansFit[]; readonly inertias: readonly number[] } {
  const counts = countRange(search.counts);
  const results = searchStarts(crew, loaded, requestCounts(counts, search), search);
  const byCount = counts.map((count) => results.filter(({ clusterCount }) => clusterCount === count));
  return {
    fits: byCount.map((starts) => finishFit(crew, loaded, starts, { refine: true, seed: search.seed })),
    inertias: byCount.map((starts) => comparableInertia(loaded, starts)),
  };
}

/** Starts of each mixture: they begin at k-means solutions, which are few. */
const mixtureStarts = 5;

/** BIC and ICL of a Gaussian mixture for each count; null where none is asked for. */
export function fitMixtures(
  matrix: Matrix,
  search: {
    readonly counts: readonly [number, number];
    readonly seed: number;
    readonly mixture?: CovarianceName;
    readonly afterCount: () => void;
  },
): readonly Pick<ClusterCountRow, "bic" | "icl">[] {
  const { mixture: covariance, seed } = search;
  return countRange(search.counts).map((clusterCount) => {
    if (covariance === undefined) return { bic: null, icl: null };
    const fit = fitGaussianMixture(matrix, { clusterCount, covariance, seed, starts: mixtureStarts });
    search.afterCount();
    return { bic: fit.bic, icl: fit.icl };
  });
}
