import { restoreOrder } from "../cluster/canonical-order.js";
import { type ClusterOptions, describeHits } from "../cluster/cluster-fit.js";
import type { RowWeights } from "../cluster/weigh-rows.js";
import type { Crew, LoadedRows, StartRequest, StartResult } from "../lattice/crew.js";
import { readLatticePoints } from "../lattice/lattice-rows.js";
import { settleStart } from "../lattice/settle.js";
import { improveBest } from "./improve-starts.js";
import { defaultMaxIterations, type KMeansFit, type KMeansOptions } from "./kmeans-fit.js";
import { bestStart, countHits } from "./rank-starts.js";

/** One request per start, numbered from 0; the first begins from given centres where there are any. */
export function requestStarts(options: KMeansOptions & { readonly starts: number }): readonly StartRequest[] {
  const { clusterCount, seed, initialCentres } = options;
  const maxIterations = options.maxIterations ?? defaultMaxIterations;
  return Array.from({ length: options.starts }, (_, startNumber) => ({
    clusterCount,
    seed,
    startNumber,
    maxIterations,
    refine: false,
    initialCentres: startNumber === 0 ? initialCentres : undefined,
  }));
}

/** How the starts of one clusterCount become a fit. */
export interface FinishOptions extends Pick<ClusterOptions, "maxIterations" | "onProgress"> {
  /** Of the random swaps; 0 if not given. */
  readonly seed?: number;
  /** Whether to take the best starts further by single moves and swaps of centres. */
  readonly refine: boolean;
  readonly weights?: RowWeights | undefined;
}

/** The fit that the best of several starts of one clusterCount makes. */
export function finishFit(
  crew: Crew,
  loaded: LoadedRows,
  results: readonly StartResult[],
  options: FinishOptions,
): KMeansFit {
  const { refine, weights } = options;
  const best = bestStart(refine ? [...results, ...improveBest(crew, loaded, results, options)] : results);
  const settled = settleStart(crew, loaded, best);
  const { lattice, rowCount, order } = loaded;
  const labels = crew.desks[0]!.labels.slice(0, rowCount);
  const hits = countHits(results, best);
  const unit = weights?.unit ?? 1;
  const inertia = inertiaInUnits(settled.inertia, lattice.step) * unit;
  return {
    method: "k-means",
    clusterCount: best.clusterCount,
    labels: order === undefined ? labels : restoreOrder(labels, order),
    centres: readLatticePoints(settled.centres, best.clusterCount, lattice),
    sizes: weights === undefined ? settled.sizes : countLabels(labels, best.clusterCount),
    ...(weights !== undefined && { weights: settled.sizes.map((size) => size * unit) }),
    inertia,
    objective: inertia,
    iterations: best.iterations,
    converged: best.converged,
    starts: results.length,
    hitRate: hits / results.length,
    initialCentres: readLatticePoints(best.initialCentres, best.clusterCount, lattice),
    notes: [...lattice.notes, ...(weights?.notes ?? []), ...describeStarts(best, hits, results.length)],
  };
}

/** The labels of loaded rows under the centres of a start, clusters by size. */
export function labelStart(crew: Crew, loaded: LoadedRows, start: StartResult): Int32Array {
  settleStart(crew, loaded, { ...start, converged: false });
  return crew.desks[0]!.labels.slice(0, loaded.rowCount);
}

/** From squared lattice steps to the matrix's units squared; exact but for one rounding. */
export function inertiaInUnits(inertia: bigint, step: number): number {
  return Number(inertia) * step * step;
}

function countLabels(labels: Int32Array, clusterCount: number): number[] {
  const sizes = new Array<number>(clusterCount).fill(0);
  for (const label of labels) sizes[label]!++;
  return sizes;
}

function describeStarts(best: StartResult, hits: number, starts: number): string[] {
  const notes: string[] = [];
  if (!best.converged)
    notes.push(`The best start was stopped after ${best.iterations} iterations, before its fixed point.`);
  if (best.refills > 0)
    notes.push(`The best start gave ${best.refills} empty cluster(s) the row farthest from its centre.`);
  return [...notes, ...describeHits(hits, starts)];
}
