import { openTeller } from "../cluster/progress-teller.js";
import { type Matrix, rowsOf } from "../core/matrix.js";
import { createRandom, type Random } from "../core/random.js";
import type { Crew } from "../lattice/crew.js";
import { countRange } from "./count-range.js";
import { findCentres, meanWithError, nearestCentres } from "./resample-centres.js";
import {
  defaultResampleStarts,
  defaultResamples,
  type ResampleOptions,
  withResampleBase,
} from "./resample-options.js";

export interface PredictionStrengthRow {
  readonly count: number;
  /** 0…1, higher is better; 1 for one cluster; null where no half had so many different rows. */
  readonly strength: number | null;
  /** Of the mean over splits: standard deviation / √splits. */
  readonly standardError: number | null;
}

export interface PredictionStrength {
  readonly rows: readonly PredictionStrengthRow[];
  /** The highest count whose strength is at least the threshold; the lowest count where none is. */
  readonly recommendedCount: number;
  readonly threshold: number;
  readonly splits: number;
  readonly startsPerHalf: number;
  /** Rows that were split: all up to 2,000, else a seeded sample of 2,000, the same for every count. */
  readonly rowsUsed: number;
}

/** From here on Tibshirani and Walther call a count well predicted. */
export const strengthThreshold: number = 0.8;

/**
 * Prediction strength: would the clusters of one half of the customers put the other half together the same way?
 *
 * Range 0…1, higher is better, unit-free; 1 for one cluster. Each split clusters both halves; in each half, for its worst
 * cluster, the share of pairs that the other half's centres also keep together; mean over halves, then over splits. The
 * highest count at 0.8 or more is well predicted. The result does not depend on row order or threads.
 * Time O(splits · starts · counts · one k-means run on at most 1,000 rows).
 *
 * @param matrix - Shape (nRows, nColumns), at least 4 rows; scale columns first. No missing values.
 * @param options - `resamples`: splits into halves.
 * @throws InputError if an option is not a whole number in its range or a value is not finite.
 * @see Tibshirani & Walther (2005), doi:10.1198/106186005X59243. Formula as R's fpc, in test/reference/count.json.
 */
export function predictionStrength(matrix: Matrix, options: ResampleOptions): PredictionStrength {
  return withResampleBase("predictionStrength", matrix, {
    ...options,
    work: (crew, base) => {
      const { tell } = openTeller(options.resamples ?? defaultResamples, options.onProgress);
      return strengthOfCounts(crew, base, { ...options, afterResample: tell });
    },
  });
}

/** {@link predictionStrength} of rows in canonical order. */
export function strengthOfCounts(
  crew: Crew,
  base: Matrix,
  options: ResampleOptions & { readonly afterResample: (done: number) => void },
): PredictionStrength {
  const { resamples = defaultResamples, seed, starts = defaultResampleStarts } = options;
  const counts = countRange(options.counts);
  const random = createRandom(seed);
  const splits = Array.from({ length: resamples }, (_, split) => {
    const strengths = strengthsOfSplit(crew, splitRows(base, random.fork(split)), { counts, seed, starts });
    options.afterResample(split + 1);
    return strengths;
  });
  const rows = counts.map((count, i) => {
    const known = splits.map((strengths) => strengths[i]!).filter((strength) => strength !== null);
    const found = meanWithError(known);
    return { count, strength: found?.mean ?? null, standardError: found?.standardError ?? null };
  });
  const strong = rows.filter(({ strength }) => strength !== null && strength >= strengthThreshold);
  return {
    rows,
    recommendedCount: (strong.at(-1) ?? rows[0]!).count,
    threshold: strengthThreshold,
    splits: resamples,
    startsPerHalf: starts,
    rowsUsed: base.rowCount,
  };
}

type Halves = readonly [Matrix, Matrix];

/** Two halves by chance, each in the order the rows had. */
function splitRows(matrix: Matrix, random: Random): Halves {
  const rows = Int32Array.from({ length: matrix.rowCount }, (_, row) => row);
  for (let last = rows.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [rows[last], rows[other]] = [rows[other]!, rows[last]!];
  }
  const middle = Math.floor(rows.length / 2);
  return [rowsOf(matrix, rows.subarray(0, middle).sort()), rowsOf(matrix, rows.subarray(middle).sort())];
}

function strengthsOfSplit(
  crew: Crew,
  halves: Halves,
  search: { readonly counts: readonly number[]; readonly seed: number; readonly starts: number },
): (number | null)[] {
  const [first, second] = [findCentres(crew, halves[0], search), findCentres(crew, halves[1], search)];
  return search.counts.map((_, i) => {
    const [a, b] = [first[i], second[i]];
    if (a === undefined || b === undefined) return null;
    const keptIn = (half: Matrix, own: typeof a, other: typeof a) =>
      shareKept(nearestCentres(half, own), nearestCentres(half, other), own.length);
    return (keptIn(halves[0], a, b) + keptIn(halves[1], b, a)) / 2;
  });
}

/** Over clusters, the least share of a cluster's pairs that the prediction keeps together; 1 for a cluster of one row. */
export function shareKept(own: Int32Array, predicted: Int32Array, clusterCount: number): number {
  const cells = new Float64Array(clusterCount * clusterCount);
  const sizes = new Float64Array(clusterCount);
  own.forEach((label, row) => {
    cells[label * clusterCount + predicted[row]!]!++;
    sizes[label]!++;
  });
  let least = 1;
  sizes.forEach((size, cluster) => {
    if (size < 2) return;
    let kept = 0;
    for (let other = 0; other < clusterCount; other++) {
      const cell = cells[cluster * clusterCount + other]!;
      kept += cell * (cell - 1);
    }
    least = Math.min(least, kept / (size * (size - 1)));
  });
  return least;
}
