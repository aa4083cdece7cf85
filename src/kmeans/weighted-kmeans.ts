import { checkClusterOptions } from "../cluster/check-cluster-options.js";
import { type ClusterOptions, describeHits } from "../cluster/cluster-fit.js";
import { checkCount } from "../core/check.js";
import type { Matrix } from "../core/matrix.js";
import { fitKMeans } from "./kmeans.js";
import type { KMeansFit } from "./kmeans-fit.js";
import { measureRoute } from "./measure-route.js";
import { loadPoints, openRouteMemory } from "./route-memory.js";
import type { RouteProblem } from "./route-problem.js";
import { type RouteEnd, runRoute } from "./run-route.js";
import { type ScaleFreeRows, scaleFreeRows } from "./scale-free-rows.js";
import { runWeightedStarts, type WeightedStart } from "./weighted-starts.js";

export interface WeightedKMeansOptions extends ClusterOptions {
  /** Threads to use; the result does not depend on it. If not given: one for small work, else one per core, at most 8. */
  readonly threads?: number;
}

/**
 * The best column-weighted solution that was found: a fit of `fitKMeans` with these column weights, which `assignRows`
 * and every export take as such.
 */
export interface WeightedKMeansFit extends KMeansFit {
  /** One per column: what its squared differences are multiplied by, in the matrix's units to the power of −2. */
  readonly columnWeights: readonly number[];
  /**
   * Sum over columns of the logarithm of the variance within clusters, as a share of the variance of the whole (linear
   * below 0.1; of columns that keep their weight: that share less 1). Lower is better.
   */
  readonly objective: number;
  /** Share of starts (0…1) whose objective lies within 0.001 of the best. */
  readonly hitRate: number;
}

const caller = "fitWeightedKMeans";
const defaultStarts = 60;
const defaultMaxIterations = 200;
/** Starts are compared on so many rows at most, the first in canonical order, that is by a hash of their content. */
const mostSearchedRows = 16_384;
const hitMargin = 0.001;
/** Below this many row-by-centre-by-column products, starting threads costs more than they save. */
const workWorthThreads = 4e6;

/**
 * Groups rows around centres and finds what each column should weigh: a column in which the groups differ weighs more,
 * at most ten times as much as one that tells nothing.
 *
 * Makes the sum over columns of log max(v, 0.1) small, v the column's variance within clusters as a share of its whole
 * variance, by k-means steps with weights 1 / max(v, 0.1): the units of the columns do not matter. A column where one
 * value is held by 5 % of the rows and more (such as the zeros of "bought nothing") keeps weight 1, or its atom would
 * pass for a group. Starts are k-means++ on all columns or on one to three of them. The best is finished by `fitKMeans`
 * with its weights on the lattice, so that labels are the same for any row order, thread count and machine, and are
 * those of `assignRows` and of the exported SQL: each column times the root of its weight, nearest centre.
 *
 * Finds groups that differ in a few columns, which z-scores shrink, and where plain k-means is led by the others; also
 * finds "groups" where there are none, so ask `judgeSegments`. Time O(starts · steps · nRows · clusterCount · nColumns);
 * memory 20 bytes per value and thread. Beyond 16,384 rows the starts are compared on so many.
 *
 * @param matrix - Shape (nRows, nColumns), numbers without missing values, in any units.
 * @throws InputError if a value is not finite, or clusterCount exceeds the number of different rows, or an option is not
 * a whole number in its range.
 * @see Huang, Ng, Rong & Li (2005), doi:10.1109/TPAMI.2005.95, for weights found along with clusters; Diday & Govaert
 * (1977), R.A.I.R.O. Informatique 11, 329–349, for distances that adapt to the spread within clusters. Checked against NumPy
 * (test/reference/column-weighted.json).
 * @example
 * const matrix = matrixOf({ groups: [0, 1, 2, 90, 91, 92], noise: [5, 90, 10, 85, 15, 80] });
 * fitWeightedKMeans(matrix, { clusterCount: 2, seed: 1 }).sizes // => [3, 3]
 */
export function fitWeightedKMeans(matrix: Matrix, options: WeightedKMeansOptions): WeightedKMeansFit {
  checkClusterOptions(caller, matrix.rowCount, options);
  const { clusterCount, threads, starts = defaultStarts, maxIterations = defaultMaxIterations } = options;
  if (threads !== undefined) checkCount(caller, "threads", threads, 1, 256);
  const rows = scaleFreeRows(matrix, { caller, clusterCount });
  const problem: RouteProblem = {
    rowCount: matrix.rowCount,
    clusterCount,
    weighted: true,
    free: rows.free,
    mostSteps: maxIterations,
  };
  const ends = searchWeights(rows, problem, { ...options, starts });
  const best = ends.reduce((low, end) => (end.objective < low.objective ? end : low));
  const { columnWeights, centres, end } = settleWeights(rows, problem, best);
  const { seed } = options;
  const more = threads === undefined ? {} : { threads };
  const fit = fitKMeans(matrix, { clusterCount, seed, columnWeights, initialCentres: centres, ...more });
  const labels = Int32Array.from(rows.order, (row) => fit.labels[row]!);
  const hits = ends.filter(({ objective }) => objective <= best.objective + hitMargin).length;
  return {
    ...fit,
    columnWeights,
    objective: measureRoute(rows.points, problem, labels).objective,
    iterations: best.steps + end.steps + fit.iterations,
    converged: end.converged && fit.converged,
    starts,
    hitRate: hits / starts,
    initialCentres: placesOf(rows, best.initialCentres),
    notes: [...describeRows(matrix, rows), ...fit.notes, ...describeHits(hits, starts)],
  };
}

/** Runs the starts, of many rows on a sample. */
function searchWeights(
  { points }: ScaleFreeRows,
  problem: RouteProblem,
  options: WeightedKMeansOptions & { readonly starts: number },
): readonly WeightedStart[] {
  const { seed, starts, onProgress } = options;
  const rowCount = Math.min(problem.rowCount, mostSearchedRows);
  const work = rowCount * problem.free.length * problem.clusterCount * starts;
  return runWeightedStarts(
    { points, problem: { ...problem, rowCount }, seed },
    { starts, threads: options.threads ?? (work < workWorthThreads ? 1 : undefined), onProgress },
  );
}

/** Takes the best start to its end among all rows: weights and centres in the matrix's units. */
function settleWeights(
  rows: ScaleFreeRows,
  problem: RouteProblem,
  best: WeightedStart,
): { readonly columnWeights: number[]; readonly centres: number[][]; readonly end: RouteEnd } {
  const { rowCount, clusterCount, free } = problem;
  const size = { rowCapacity: rowCount, columnCount: free.length, clusterCapacity: clusterCount };
  const memory = openRouteMemory(size);
  loadPoints(memory, rows.points, rowCount);
  const { weights, centres } = memory.arrays;
  weights.set(best.weights);
  centres.set(best.centres);
  const end = runRoute(memory, problem);
  const columnWeights = Array.from(weights, (weight, j) => weight / rows.spreads[j]! ** 2);
  return { columnWeights, centres: placesOf(rows, centres), end };
}

/** z-scores as places in the matrix's units. */
function placesOf({ means, spreads }: ScaleFreeRows, scores: Float64Array): number[][] {
  const columnCount = means.length;
  return Array.from({ length: scores.length / columnCount }, (_, cluster) =>
    means.map((mean, j) => mean + scores[cluster * columnCount + j]! * spreads[j]!),
  );
}

function describeRows({ columns, rowCount }: Matrix, { free }: ScaleFreeRows): string[] {
  const notes: string[] = [];
  const kept = columns.filter((_, j) => !free[j]).map((name) => `"${name}"`);
  if (kept.length > 0)
    notes.push(`Weight 1 was kept for ${kept.join(", ")}: one value is held by 5 % of the rows or more.`);
  if (rowCount > mostSearchedRows)
    notes.push(
      `Starts were compared on ${mostSearchedRows} of ${rowCount} rows, drawn by a hash of their content.`,
    );
  return notes;
}
