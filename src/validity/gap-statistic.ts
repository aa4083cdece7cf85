import { type Crew, closeCrew, loadRows, openCrew } from "../cluster/crew.js";
import { defaultStarts } from "../cluster/kmeans-fit.js";
import { checkCount } from "../core/check.js";
import { type Matrix, rowsOf } from "../core/matrix.js";
import { createRandom } from "../core/random.js";
import { sampleRows } from "../core/sample-rows.js";
import { checkCounts, countRange } from "./count-range.js";
import { drawReference, findReferenceBox } from "./reference-box.js";
import { bestInertias } from "./search-counts.js";

export interface GapOptions {
  /** Lowest and highest number of clusters; 1 may be the lowest. */
  readonly counts: readonly [low: number, high: number];
  readonly seed: number;
  /** Starts per count on the data; 50 if not given. */
  readonly starts?: number;
  /** Data sets without groups to compare with; 30 if not given. */
  readonly references?: number;
  /** Starts per count on each of them; 5 if not given: more move no gap by half a standard error. */
  readonly startsPerReference?: number;
  readonly threads?: number;
}

export interface GapRow {
  readonly count: number;
  /** Mean log inertia of data without groups − log inertia of the data. Higher: tighter than groupless data would be. */
  readonly gap: number;
  /** Of the gap: standard deviation over references · √(1 + 1 / references). */
  readonly standardError: number;
}

export interface GapStatistic {
  readonly rows: readonly GapRow[];
  /** The smallest count whose gap reaches the next count's gap less its standard error; else the highest count. */
  readonly recommendedCount: number;
  /** Whether some count met the rule. */
  readonly ruleMet: boolean;
  readonly references: number;
  readonly startsPerReference: number;
  /** Rows compared: all up to 10,000, else a seeded sample of 10,000. */
  readonly rowsUsed: number;
}

const defaultReferences = 30;
const defaultStartsPerReference = 5;
/** Above this a sample of as many rows is compared. */
const mostGapRows = 10_000;

/**
 * Gap statistic: how much tighter the clusters are than in data of the same shape without groups.
 *
 * For each count: mean over references of log W − log W of the data, W = sum of squared distances to cluster means.
 * References are uniform in the box around the data along their principal axes. One cluster is a possible answer.
 * Time O(references · startsPerReference · counts · one k-means run).
 *
 * @param matrix - Shape (nRows, nColumns); scale columns first. No missing values.
 * @throws InputError if counts are not whole numbers from 1 to the number of different rows, low before high, or a value is not finite.
 * @see Tibshirani, Walther & Hastie (2001), doi:10.1111/1467-9868.00293
 */
export function gapStatistic(matrix: Matrix, options: GapOptions): GapStatistic {
  checkCounts("gapStatistic", matrix, options);
  const sample = gapSample(matrix, options.seed);
  const starts = options.starts ?? defaultStarts;
  const crew = openGapCrew(sample, { ...options, starts });
  try {
    const loaded = loadRows(crew, sample, { canonical: true, caller: "gapStatistic" });
    const canonical = rowsOf(sample, loaded.order!);
    return compareWithReferences(crew, canonical, { ...options, starts });
  } finally {
    closeCrew(crew);
  }
}

/** The rows a gap is computed on. */
export function gapSample(matrix: Matrix, seed: number): Matrix {
  if (matrix.rowCount <= mostGapRows) return matrix;
  return rowsOf(matrix, sampleRows(matrix.rowCount, mostGapRows, seed));
}

/** The gap of a matrix that is in canonical order; its inertias are found where they are not given. */
export function compareWithReferences(
  crew: Crew,
  matrix: Matrix,
  options: GapOptions & { readonly starts: number; readonly inertias?: readonly number[] | undefined },
): GapStatistic {
  const { counts, seed } = options;
  const inertias = options.inertias ?? bestInertias(crew, matrix, options);
  const references = options.references ?? defaultReferences;
  const startsPerReference = options.startsPerReference ?? defaultStartsPerReference;
  const box = findReferenceBox(matrix);
  const random = createRandom(seed);
  const logs = Array.from({ length: references }, (_, number) => {
    const reference = drawReference(matrix, box, random.fork(number));
    return bestInertias(crew, reference, { counts, seed, starts: startsPerReference }).map(Math.log);
  });
  const rows = countRange(counts).map((count, i) => ({
    count,
    ...gapOf(
      logs.map((log) => log[i]!),
      inertias[i]!,
    ),
  }));
  const met = rows.find(
    (row, i) => i + 1 < rows.length && row.gap >= rows[i + 1]!.gap - rows[i + 1]!.standardError,
  );
  const recommendedCount = (met ?? rows[rows.length - 1]!).count;
  const ruleMet = met !== undefined;
  return { rows, recommendedCount, ruleMet, references, startsPerReference, rowsUsed: matrix.rowCount };
}

/** A crew with room for the data and its references. */
export function openGapCrew(
  matrix: Matrix,
  options: GapOptions & { readonly starts: number; readonly rowCapacity?: number },
): Crew {
  const { counts, starts } = options;
  const references = options.references ?? defaultReferences;
  const perReference = options.startsPerReference ?? defaultStartsPerReference;
  checkCount("gapStatistic", "references", references, 2, 100_000);
  checkCount("gapStatistic", "startsPerReference", perReference, 1, 100_000);
  checkCount("gapStatistic", "starts", starts, 1, 1_000_000);
  const tried = counts[1] - counts[0] + 1;
  return openCrew(
    {
      rowCapacity: options.rowCapacity ?? matrix.rowCount,
      columnCount: matrix.columnCount,
      clusterCapacity: counts[1],
      startCapacity: tried * Math.max(starts, perReference),
    },
    {
      threads: options.threads,
      work: matrix.values.length * counts[1] * tried * (starts + references * perReference),
    },
  );
}

function gapOf(logs: readonly number[], inertia: number): { gap: number; standardError: number } {
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length;
  return { gap: mean - Math.log(inertia), standardError: Math.sqrt(variance * (1 + 1 / logs.length)) };
}
