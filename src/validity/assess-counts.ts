import { checkCount, checkSameLength } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Matrix } from "../core/matrix.js";
import type { Progress } from "../core/progress.js";
import { shareTasks } from "../core/shared-tasks.js";
import { fitKMeans } from "../kmeans/kmeans.js";
import { countRange } from "./count-range.js";
import { type CountsInput, countsJob, pairResultLength } from "./counts-task.js";
import type { RawRows } from "./refit-recipe.js";
import { type SegmentsAcrossCounts, segmentsAcrossCounts } from "./segments-across-counts.js";
import { chooseRows, describeSample, shareChosen } from "./stability-rows.js";
import { type SpreadOverResamples, spreadOf } from "./summarize-overlaps.js";
import { threadsFor } from "./threads-for.js";

export interface AssessCountsOptions {
  /** Lowest and highest number of segments, from 2. */
  readonly counts: readonly [low: number, high: number];
  readonly seed: number;
  /** Pairs of bootstrap samples; 50 if not given. */
  readonly pairs?: number;
  /** Starts per count on each sample; 10 if not given. */
  readonly starts?: number;
  /** Labels to assess, one labelling per count; if not given, `fitKMeans` with 50 starts for each. */
  readonly labellings?: readonly ArrayLike<number>[];
  /** As for `assessStability`. */
  readonly prepare?: RawRows;
  /** The result does not depend on it; if not given: one per core for long work. */
  readonly threads?: number;
  /** Called between pairs, some 200 times at most; an error thrown in it ends the work. */
  readonly onProgress?: (progress: Progress) => void;
}

/** One number for each pair of samples, and how it came out over them. */
export interface PairValues extends SpreadOverResamples {
  /** In the order of the pairs; those with too few different rows are left out. */
  readonly values: readonly number[];
}

/** A segment within its solution (SLSW). */
export interface SegmentWithin {
  readonly segment: number;
  readonly size: number;
  /** Jaccard overlap with the most alike segment of a refit (0…1), averaged over the two of a pair. */
  readonly overlap: PairValues;
}

export interface CountStability {
  readonly count: number;
  /** Adjusted Rand index of the two solutions of a pair on all rows; −0.5…1, higher is steadier. */
  readonly adjustedRand: PairValues;
  /** One per segment, in label order. */
  readonly segments: readonly SegmentWithin[];
}

/** How steady each count's solution and its segments are. */
export interface CountsAssessment {
  readonly pairs: number;
  readonly startsPerSample: number;
  /** Rows that took part: all up to 20,000, else a seeded sample of as many. */
  readonly rowsUsed: number;
  readonly counts: readonly CountStability[];
  /** How segments hold together from one count to the next; null for a single count. */
  readonly across: SegmentsAcrossCounts | null;
  readonly notes: readonly string[];
}

/**
 * Which number of segments comes back, and which of its segments? Pairs of bootstrap samples for every count.
 *
 * Both samples of a pair are fitted anew with all starts, and both solutions label all rows: their adjusted Rand index says
 * how steady the count is, the overlaps with the segments given how steady each segment is within its solution (SLSW). The
 * labels of all counts together say how segments split or stay (SLSA). Steady is not the same as real. The result does not
 * depend on row order or threads. Time O(pairs · counts · starts · two k-means runs on at most 20,000 rows).
 *
 * @param matrix - Shape (nRows, nColumns), at least 2 different rows per segment asked for; scale columns first.
 * @throws InputError if an option is out of its range, labellings or `prepare` have other rows or counts, a value is not
 * finite, or no pair had enough different rows for a count.
 * @see Dolnicar & Leisch (2010), doi:10.1007/s11002-009-9083-4, as R's flexclust::bootFlexclust; Dolnicar & Leisch (2017),
 * doi:10.1007/s11002-016-9410-1, as slswFlexclust. Checked in test/reference/stability.json.
 */
export function assessCounts(matrix: Matrix, options: AssessCountsOptions): CountsAssessment {
  checkOptions(matrix, options);
  const { seed, pairs = 50, starts = 10, prepare } = options;
  const counts = countRange(options.counts);
  const rows = chooseRows("assessCounts", matrix, {
    ...{ seed, raw: prepare?.raw },
    clusterCount: options.counts[1],
  });
  const labellings = counts.map((clusterCount, i) => {
    const labels =
      options.labellings?.[i] ?? fitKMeans(matrix, { ...threadsOf(options), clusterCount, seed }).labels;
    return Int32Array.from(rows, (row) => labels[row]!);
  });
  const { matrix: shared, source } = shareChosen(matrix, { rows, prepare });
  const input: CountsInput = { matrix: shared, source, counts, labellings, starts, seed };
  const resultLength = pairResultLength(counts);
  const work = 2 * shared.values.length * options.counts[1] * counts.length * starts * pairs;
  const results = shareTasks(countsJob, {
    ...{ input, taskCount: pairs, resultLength },
    threads: threadsFor(options.threads, work),
    onProgress: options.onProgress,
  });
  return {
    pairs,
    startsPerSample: starts,
    rowsUsed: rows.length,
    counts: readCounts(results, { counts, pairs, labellings }),
    across: counts.length < 2 ? null : segmentsAcrossCounts(labellings),
    notes: describeSample(rows.length, matrix.rowCount, seed),
  };
}

function threadsOf({ threads }: AssessCountsOptions): { readonly threads?: number } {
  return threads === undefined ? {} : { threads };
}

function readCounts(
  results: Float64Array,
  found: {
    readonly counts: readonly number[];
    readonly pairs: number;
    readonly labellings: readonly Int32Array[];
  },
): readonly CountStability[] {
  const length = pairResultLength(found.counts);
  let place = 0;
  return found.counts.map((count, i) => {
    const begin = place;
    place += 1 + count;
    const valuesAt = (offset: number): PairValues => {
      const all = Array.from({ length: found.pairs }, (_, pair) => results[pair * length + begin + offset]!);
      const values = all.filter((value) => !Number.isNaN(value));
      if (values.length === 0)
        throw new InputError(
          `assessCounts: counts[1] must be small enough for samples to hold so many different rows, got none that holds ${count}`,
        );
      return { ...spreadOf(values), values };
    };
    const sizes = new Array<number>(count).fill(0);
    for (const label of found.labellings[i]!) sizes[label]!++;
    const segments = sizes.map((size, segment) => ({ segment, size, overlap: valuesAt(1 + segment) }));
    return { count, adjustedRand: valuesAt(0), segments };
  });
}

function checkOptions(matrix: Matrix, options: AssessCountsOptions): void {
  const { counts, pairs = 50, starts = 10, labellings, prepare } = options;
  checkCount("assessCounts", "counts[0]", counts[0], 2);
  checkCount("assessCounts", "counts[1]", counts[1], counts[0], matrix.rowCount, "the number of rows");
  checkCount("assessCounts", "pairs", pairs, 2, 100_000);
  checkCount("assessCounts", "starts", starts, 1, 100_000);
  const { rowCount } = matrix;
  if (prepare !== undefined)
    checkCount(
      "assessCounts",
      "prepare.raw.rowCount",
      prepare.raw.rowCount,
      rowCount,
      rowCount,
      "the rows of matrix",
    );
  if (labellings === undefined) return;
  const tried = counts[1] - counts[0] + 1;
  checkCount("assessCounts", "labellings.length", labellings.length, tried, tried, "one per count");
  labellings.forEach((labels, i) => {
    checkSameLength("assessCounts", `labellings[${i}]`, labels, rowCount, "one per row of matrix");
    const highest = counts[0] + i - 1;
    const row = Array.from(labels).findIndex(
      (label) => !Number.isInteger(label) || label < 0 || label > highest,
    );
    if (row >= 0)
      throw new InputError(
        `assessCounts: labellings[${i}] must be whole numbers from 0 to ${highest}, got ${labels[row]} at row ${row}`,
      );
  });
}
