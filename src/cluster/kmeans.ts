import { checkCount, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Matrix } from "../core/matrix.js";
import { countDistinctRows } from "./canonical-order.js";
import {
  type Crew,
  closeCrew,
  type LoadedRows,
  loadRows,
  openCrew,
  runStarts,
  type StartRequest,
  type StartResult,
} from "./crew.js";
import { readLatticePoints } from "./lattice-rows.js";
import { settleStart } from "./settle.js";

export interface KMeansOptions {
  /** From 1 to the number of different rows. */
  readonly clusterCount: number;
  /** Runs from different k-means++ centres, of which the best is kept; 50 if not given. */
  readonly starts?: number;
  /** Whole number; the same seed gives the same result, bit for bit. */
  readonly seed: number;
  /** Limit for one start; 10,000 if not given. */
  readonly maxIterations?: number;
  /** One start from these centres, shape (clusterCount, nColumns), in the matrix's units, by Lloyd's algorithm alone. */
  readonly initialCentres?: readonly (readonly number[])[];
  /** Threads to use; the result does not depend on it. If not given: one for small work, else one per core, at most 8. */
  readonly threads?: number;
}

/** The best k-means solution that was found. Clusters are numbered by size, the largest first, ties by centre. */
export interface KMeansFit {
  readonly clusterCount: number;
  /** Shape (nRows,), values 0…clusterCount − 1. */
  readonly labels: Int32Array;
  /** Shape (clusterCount, nColumns), in the matrix's units: means rounded to the lattice. */
  readonly centres: readonly (readonly number[])[];
  /** Rows per cluster. */
  readonly sizes: readonly number[];
  /** Sum of squared distances of rows to their centres, in the matrix's units squared. Lower is tighter. */
  readonly inertia: number;
  /** Iterations of the best start, or of its continuation by single moves. */
  readonly iterations: number;
  /** Whether the best start reached its fixed point, where no centre moves. */
  readonly converged: boolean;
  /** Starts that were run. */
  readonly starts: number;
  /** Share of starts (0…1) whose inertia lies within 0.1 % of the best. */
  readonly hitRate: number;
  /** Where the best start began, in the matrix's units, in its own order. */
  readonly initialCentres: readonly (readonly number[])[];
  /** What a reader should know, such as values that were rounded or a limit that was reached. */
  readonly notes: readonly string[];
}

export const defaultStarts = 50;
export const defaultMaxIterations = 10_000;
/** Best starts that are taken further by single moves. */
const refinedStarts = 5;

/**
 * Groups rows around centres so that the sum of squared distances is as small as the starts can find (k-means).
 *
 * Lloyd's algorithm to the exact fixed point, for the five best starts followed by single moves that lower the cost
 * (Hartigan and Wong) until there are none, on a lattice of integers: every distance and sum is exact, so the
 * result is the same bit for bit for any row order, thread count and machine. Ties go to the lowest cluster number;
 * an empty cluster takes the row farthest from its centre. Bounds spare most distances without changing any result.
 * Time at worst O(starts · iterations · nRows · clusterCount · nColumns); memory 4 bytes per value and 8 per row and
 * thread.
 *
 * @param matrix - Shape (nRows, nColumns), from `applyRecipe` (exact as it is) or `matrixOf` (rounded to a step of
 * about a 2^24th of the range, which `notes` then says; coarser beyond 32 columns). Scale columns first. No missing values.
 * @returns The best start's solution.
 * @throws InputError if a value is not finite, or clusterCount exceeds the number of different rows, or
 * initialCentres have another shape, or an option is not a whole number in its range.
 * @throws MachineError if a worker thread dies.
 * @see Lloyd (1982), doi:10.1109/TIT.1982.1056489; Arthur & Vassilvitskii (2007) for the starts; Hartigan & Wong
 * (1979), doi:10.2307/2346830 for the moves. Checked against
 * scikit-learn in test/reference/kmeans.json and against ml-kmeans by `crossCheckKMeans`.
 * @example
 * fitKMeans(matrixOf({ x: [0, 1, 10, 11, 12] }), { clusterCount: 2, seed: 1 }).sizes // => [3, 2]
 */
export function fitKMeans(matrix: Matrix, options: KMeansOptions): KMeansFit {
  checkOptions(matrix, options);
  const { clusterCount, initialCentres } = options;
  const starts = initialCentres === undefined ? (options.starts ?? defaultStarts) : 1;
  const crew = openCrew(
    {
      rowCapacity: matrix.rowCount,
      columnCount: matrix.columnCount,
      clusterCapacity: clusterCount,
      startCapacity: starts,
    },
    { threads: options.threads, work: matrix.values.length * clusterCount * starts },
  );
  try {
    const canonical = initialCentres === undefined;
    const loaded = loadRows(crew, matrix, { canonical, caller: "fitKMeans" });
    checkDistinctRows(crew, loaded, { caller: "fitKMeans", clusterCount });
    return finishFit(crew, loaded, runStarts(crew, loaded, requestStarts({ ...options, starts })), {
      refine: canonical,
    });
  } finally {
    closeCrew(crew);
  }
}

/** One request per start, numbered from 0. */
export function requestStarts(options: KMeansOptions & { readonly starts: number }): readonly StartRequest[] {
  const { clusterCount, seed, initialCentres } = options;
  const maxIterations = options.maxIterations ?? defaultMaxIterations;
  return Array.from({ length: options.starts }, (_, startNumber) => ({
    clusterCount,
    seed,
    startNumber,
    maxIterations,
    refine: false,
    initialCentres,
  }));
}

/** The start with the lowest inertia; of equals the first. */
export function bestStart(results: readonly StartResult[]): StartResult {
  let best = results[0]!;
  for (const result of results) if (result.inertia < best.inertia) best = result;
  return best;
}

/** The fit that the best of several starts of one clusterCount makes. */
export function finishFit(
  crew: Crew,
  loaded: LoadedRows,
  results: readonly StartResult[],
  options: { readonly refine: boolean },
): KMeansFit {
  const best = bestStart(options.refine ? [...results, ...refineBest(crew, loaded, results)] : results);
  const settled = settleStart(crew, loaded, best);
  const { lattice, rowCount, order } = loaded;
  const labels = Int32Array.from(crew.desks[0]!.labels.subarray(0, rowCount));
  const hits = results.filter(({ inertia }) => inertia * 1000n <= best.inertia * 1001n).length;
  return {
    clusterCount: best.clusterCount,
    labels: order === undefined ? labels : restoreOrder(labels, order),
    centres: readLatticePoints(settled.centres, best.clusterCount, lattice),
    sizes: settled.sizes,
    inertia: inertiaInUnits(settled.inertia, lattice.step),
    iterations: best.iterations,
    converged: best.converged,
    starts: results.length,
    hitRate: hits / results.length,
    initialCentres: readLatticePoints(best.initialCentres, best.clusterCount, lattice),
    notes: [...lattice.notes, ...describeStarts(best, hits, results.length)],
  };
}

/**
 * The best few different starts again, from where they ended, going on by single moves. They keep the centres from
 * which they first began.
 */
function refineBest(crew: Crew, loaded: LoadedRows, results: readonly StartResult[]): StartResult[] {
  const ranked = [...results].sort((a, b) => Number(a.inertia - b.inertia));
  const best = ranked.filter((start, i) => start.inertia !== ranked[i - 1]?.inertia).slice(0, refinedStarts);
  const refined = runStarts(
    crew,
    loaded,
    best.map(({ clusterCount, centres }) => ({
      clusterCount,
      seed: 0,
      startNumber: 0,
      maxIterations: defaultMaxIterations,
      refine: true,
      initialCentres: readLatticePoints(centres, clusterCount, loaded.lattice),
    })),
  );
  return refined.map((start, i) => ({ ...start, initialCentres: best[i]!.initialCentres }));
}

/** The labels of loaded rows under the centres of a start, clusters by size. */
export function labelStart(crew: Crew, loaded: LoadedRows, start: StartResult): Int32Array {
  settleStart(crew, loaded, { ...start, converged: false });
  return Int32Array.from(crew.desks[0]!.labels.subarray(0, loaded.rowCount));
}

/** From squared lattice steps to the matrix's units squared; exact but for one rounding. */
export function inertiaInUnits(inertia: bigint, step: number): number {
  return Number(inertia) * step * step;
}

/** Throws where the loaded rows hold fewer different ones than clusters are asked for. */
export function checkDistinctRows(
  crew: Crew,
  loaded: LoadedRows,
  options: { readonly caller: string; readonly clusterCount: number },
): void {
  const { caller, clusterCount } = options;
  const { stride } = crew;
  const distinct = countDistinctRows(crew.rows, loaded.rowCount, { stride, limit: clusterCount });
  if (distinct < clusterCount)
    throw new InputError(
      `${caller}: clusterCount must be a whole number from 1 to ${distinct} (the number of different rows), got ${clusterCount}`,
    );
}

function checkOptions(matrix: Matrix, options: KMeansOptions): void {
  const { clusterCount, initialCentres } = options;
  if (matrix.rowCount === 0) throw new InputError("fitKMeans: matrix must have at least one row, got none");
  checkCount("fitKMeans", "clusterCount", clusterCount, 1, matrix.rowCount, "the row count");
  checkCount("fitKMeans", "starts", options.starts ?? defaultStarts, 1, 1_000_000);
  checkCount("fitKMeans", "seed", options.seed, 0);
  checkCount("fitKMeans", "maxIterations", options.maxIterations ?? defaultMaxIterations, 1, 2 ** 31 - 1);
  if (initialCentres === undefined) return;
  const expected = `${clusterCount} centres of ${matrix.columnCount} finite values`;
  if (initialCentres.length !== clusterCount)
    throw new InputError(
      `fitKMeans: initialCentres must be ${expected}, got ${initialCentres.length} centres`,
    );
  for (const [i, centre] of initialCentres.entries()) {
    const wrong = centre.find((value) => !Number.isFinite(value));
    if (wrong !== undefined || centre.length !== matrix.columnCount)
      throw new InputError(
        `fitKMeans: initialCentres must be ${expected}, got ${wrong === undefined ? `${centre.length} values` : describeValue(wrong)} at centre ${i}`,
      );
  }
}

function restoreOrder(labels: Int32Array, order: Uint32Array): Int32Array {
  const restored = new Int32Array(labels.length);
  for (let i = 0; i < labels.length; i++) restored[order[i]!] = labels[i]!;
  return restored;
}

function describeStarts(best: StartResult, hits: number, starts: number): string[] {
  const notes: string[] = [];
  if (!best.converged)
    notes.push(`The best start was stopped after ${best.iterations} iterations, before its fixed point.`);
  if (best.refills > 0)
    notes.push(`The best start gave ${best.refills} empty cluster(s) the row farthest from its centre.`);
  if (starts >= 10 && hits === 1)
    notes.push(`Only 1 of ${starts} starts found the best solution; more starts may find a better one.`);
  return notes;
}
