import type { ClusterOptions } from "./cluster-fit.js";
import { type Crew, type LoadedRows, runStarts, type StartResult } from "./crew.js";
import { defaultMaxIterations } from "./kmeans-fit.js";
import { readLatticePoints } from "./lattice-rows.js";

/** How many of the best starts are taken further: a tenth, at least so many, and more where they are small. */
const refinedShare = 0.1;
const fewestRefined = 5;
/** Row-by-centre-by-column products of all that are. */
const worthRefining = 2e6;

type ClusterLimits = Pick<ClusterOptions, "maxIterations" | "onProgress">;

/**
 * The best different starts again, from where they ended, to a fixed point that no single move betters. They keep the
 * centres from which they first began.
 */
export function refineBest(
  crew: Crew,
  loaded: LoadedRows,
  results: readonly StartResult[],
  { maxIterations = defaultMaxIterations, onProgress }: ClusterLimits,
): StartResult[] {
  const { clusterCount } = results[0]!;
  const most = Math.max(
    fewestRefined,
    Math.floor(results.length * refinedShare),
    Math.floor(worthRefining / (loaded.rowCount * crew.stride * clusterCount)),
  );
  const ranked = [...results].sort((a, b) => Number(a.inertia - b.inertia));
  const best = ranked.filter((start, i) => start.inertia !== ranked[i - 1]?.inertia).slice(0, most);
  const requests = best.map(({ centres }) => ({
    clusterCount,
    seed: 0,
    startNumber: 0,
    maxIterations,
    refine: true,
    initialCentres: readLatticePoints(centres, clusterCount, loaded.lattice),
  }));
  // All starts are done: a listener can only stop the work here.
  const all = { done: results.length, total: results.length };
  const listener = onProgress === undefined ? {} : { onProgress: () => onProgress(all) };
  const refined = runStarts(crew, loaded, requests, listener);
  return refined.map((start, i) => {
    const { iterations, refills, initialCentres } = best[i]!;
    return {
      ...start,
      iterations: iterations + start.iterations,
      refills: refills + start.refills,
      initialCentres,
    };
  });
}
