import { restoreOrder } from "./canonical-order.js";
import { describeHits } from "./cluster-fit.js";
import type { Crew, LoadedRows, StartRequest, StartResult } from "./crew.js";
import { refineBest } from "./improve-starts.js";
import { defaultMaxIterations, type KMeansFit, type KMeansOptions } from "./kmeans-fit.js";
import { readLatticePoints } from "./lattice-rows.js";
import { settleStart } from "./settle.js";

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
  const inertia = inertiaInUnits(settled.inertia, lattice.step);
  return {
    method: "k-means",
    clusterCount: best.clusterCount,
    labels: order === undefined ? labels : restoreOrder(labels, order),
    centres: readLatticePoints(settled.centres, best.clusterCount, lattice),
    sizes: settled.sizes,
    inertia,
    objective: inertia,
    iterations: best.iterations,
    converged: best.converged,
    starts: results.length,
    hitRate: hits / results.length,
    initialCentres: readLatticePoints(best.initialCentres, best.clusterCount, lattice),
    notes: [...lattice.notes, ...describeStarts(best, hits, results.length)],
  };
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

function describeStarts(best: StartResult, hits: number, starts: number): string[] {
  const notes: string[] = [];
  if (!best.converged)
    notes.push(`The best start was stopped after ${best.iterations} iterations, before its fixed point.`);
  if (best.refills > 0)
    notes.push(`The best start gave ${best.refills} empty cluster(s) the row farthest from its centre.`);
  return [...notes, ...describeHits(hits, starts)];
}
