import { openTeller } from "../cluster/progress-teller.js";
import { checkCount } from "../core/check.js";
import { type Matrix, rowsOf } from "../core/matrix.js";
import type { Progress } from "../core/progress.js";
import { createRandom } from "../core/random.js";
import { sampleRows } from "../core/sample-rows.js";
import { defaultStarts } from "../kmeans/kmeans-fit.js";
import { type Crew, closeCrew, loadRows, openCrew } from "../lattice/crew.js";
import { checkCounts, countRange } from "./count-range.js";
import { type GapMethod, gapBox, gapPower, gapRule } from "./gap-method.js";
import { applyGapRule, type GapRow, gapOf } from "./gap-row.js";
import { drawReference, findReferenceBox } from "./reference-box.js";
import { bestInertias } from "./search-counts.js";

export type { GapMethod } from "./gap-method.js";
export type { GapRow } from "./gap-row.js";

export interface GapOptions {
  /** Lowest and highest number of clusters; 1 may be the lowest. */
  readonly counts: readonly [low: number, high: number];
  readonly seed: number;
  /** Starts per count on the data; 50 if not given. */
  readonly starts?: number;
  /** Data sets without groups to compare with; 200 if not given. */
  readonly references?: number;
  /** Starts per count on each of them; if not given as many as make 12,000 rows, from 3 to 10: few rows need more to find the best. */
  readonly startsPerReference?: number;
  readonly threads?: number;
  /** Called between starts and between data sets without groups; an error thrown in it ends the work. */
  readonly onProgress?: (progress: Progress) => void;
}

export interface GapStatistic {
  readonly rows: readonly GapRow[];
  /** The smallest count whose gap reaches the next count's gap less its standard error; else the highest count. */
  readonly recommendedCount: number;
  /** Whether some count met the rule. */
  readonly ruleMet: boolean;
  readonly method: GapMethod;
}

export const defaultReferences: number = 200;

/** Too few starts leave references looser than they are, which favours high counts: by 0.03 on 75 rows with 3 starts, below 0.003 on 5,000. */
function startsPerReferenceOf(rowCount: number): number {
  return Math.max(3, Math.min(10, Math.ceil(12_000 / rowCount)));
}

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
  const starts = options.starts ?? defaultStarts;
  const crew = openGapCrew(matrix, { ...options, starts });
  try {
    const loaded = loadRows(crew, matrix, { canonical: true, caller: "gapStatistic" });
    const sample = gapSample(rowsOf(matrix, loaded.order!), options.seed);
    const references = options.references ?? defaultReferences;
    const { tell } = openTeller(references + 1, options.onProgress);
    const inertias = bestInertias(crew, sample, { ...options, starts });
    tell(1);
    return compareWithReferences(crew, sample, {
      ...options,
      inertias,
      afterReference: (done) => tell(1 + done),
    });
  } finally {
    closeCrew(crew);
  }
}

/** The rows a gap is computed on, of a matrix in canonical order. */
export function gapSample(matrix: Matrix, seed: number): Matrix {
  if (matrix.rowCount <= mostGapRows) return matrix;
  return rowsOf(matrix, sampleRows(matrix.rowCount, mostGapRows, seed));
}

/** The gap of a matrix that is in canonical order, from its inertias. */
export function compareWithReferences(
  crew: Crew,
  matrix: Matrix,
  options: GapOptions & {
    readonly inertias: readonly number[];
    readonly afterReference: (done: number) => void;
  },
): GapStatistic {
  const { counts, inertias, seed } = options;
  const references = options.references ?? defaultReferences;
  const startsPerReference = options.startsPerReference ?? startsPerReferenceOf(matrix.rowCount);
  const box = findReferenceBox(matrix);
  const random = createRandom(seed);
  const logs = Array.from({ length: references }, (_, number) => {
    const reference = drawReference(matrix, box, random.fork(number));
    const found = bestInertias(crew, reference, { counts, seed, starts: startsPerReference });
    options.afterReference(number + 1);
    return found.map(Math.log);
  });
  const rows = countRange(counts).map((count, i) => ({
    count,
    ...gapOf(
      logs.map((log) => log[i]!),
      inertias[i]!,
    ),
  }));
  const method = {
    box: gapBox,
    power: gapPower,
    rule: gapRule,
    references,
    startsPerReference,
    rowsUsed: matrix.rowCount,
  };
  return { rows, method, ...applyGapRule(rows) };
}

/** A crew with room for the data and its references. */
export function openGapCrew(
  matrix: Matrix,
  options: GapOptions & { readonly starts: number; readonly resampleStarts?: number },
): Crew {
  const { counts, starts } = options;
  const references = options.references ?? defaultReferences;
  const perReference = options.startsPerReference ?? startsPerReferenceOf(matrix.rowCount);
  checkCount("gapStatistic", "references", references, 2, 100_000);
  checkCount("gapStatistic", "startsPerReference", perReference, 1, 100_000);
  checkCount("gapStatistic", "starts", starts, 1, 1_000_000);
  const tried = counts[1] - counts[0] + 1;
  return openCrew(
    {
      rowCapacity: matrix.rowCount,
      columnCount: matrix.columnCount,
      clusterCapacity: counts[1],
      startCapacity: tried * Math.max(starts, perReference, options.resampleStarts ?? 0),
    },
    {
      threads: options.threads,
      work:
        matrix.columnCount *
        Math.min(matrix.rowCount, mostGapRows) *
        counts[1] *
        tried *
        (starts + references * perReference),
    },
  );
}
