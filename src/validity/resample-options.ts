import { checkCount } from "../core/check.js";
import { type Matrix, rowsOf } from "../core/matrix.js";
import type { Progress } from "../core/progress.js";
import { type Crew, closeCrew, loadRows, openCrew } from "../lattice/crew.js";
import { checkCounts } from "./count-range.js";
import { resampleBase } from "./resample-centres.js";

/** What measures of a count by resampling take. */
export interface ResampleOptions {
  /** Lowest and highest number of clusters; 1 may be the lowest. */
  readonly counts: readonly [low: number, high: number];
  readonly seed: number;
  /** Times the rows are drawn; 50 if not given. */
  readonly resamples?: number;
  /** Starts per count on each draw; 5 if not given. */
  readonly starts?: number;
  /** The result does not depend on it; if not given: one per core for long work. */
  readonly threads?: number;
  /** Called after each draw; an error thrown in it ends the work. */
  readonly onProgress?: (progress: Progress) => void;
}

export const defaultResamples: number = 50;
export const defaultResampleStarts: number = 5;

/** Checks the options, opens a crew, and works on the rows that are drawn from: canonical order, a sample of many. */
export function withResampleBase<Result>(
  caller: string,
  matrix: Matrix,
  options: ResampleOptions & { readonly work: (crew: Crew, base: Matrix) => Result },
): Result {
  const { counts, resamples = defaultResamples, seed, starts = defaultResampleStarts } = options;
  checkCounts(caller, matrix, options);
  checkCount(caller, "matrix.rowCount", matrix.rowCount, 4);
  checkCount(caller, "resamples", resamples, 1, 100_000);
  checkCount(caller, "starts", starts, 1, 100_000);
  checkCount(caller, "counts[1]", counts[1], counts[0], matrix.rowCount, "the number of rows");
  const tried = counts[1] - counts[0] + 1;
  const crew = openCrew(
    {
      rowCapacity: matrix.rowCount,
      columnCount: matrix.columnCount,
      clusterCapacity: counts[1],
      startCapacity: tried * starts,
    },
    { threads: options.threads, work: matrix.values.length * counts[1] * tried * starts * resamples },
  );
  try {
    const loaded = loadRows(crew, matrix, { canonical: true, caller });
    return options.work(crew, resampleBase(rowsOf(matrix, loaded.order!), seed));
  } finally {
    closeCrew(crew);
  }
}
