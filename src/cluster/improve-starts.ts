import { type Crew, type LoadedRows, runStarts, type StartResult } from "./crew.js";
import { defaultMaxIterations } from "./kmeans-fit.js";
import { readLatticePoints } from "./lattice-rows.js";

/** How many of the best starts are taken further: a tenth, at least so many, and more where they are small. */
const refinedShare = 0.1;
const fewestRefined = 5;
/** Row-by-centre-by-column products of all that are. */
const worthRefining = 2e6;

/**
 * The best different starts again, from where they ended, going on by single moves. They keep the centres from
 * which they first began.
 */
export function refineBest(crew: Crew, loaded: LoadedRows, results: readonly StartResult[]): StartResult[] {
  const ranked = [...results].sort((a, b) => Number(a.inertia - b.inertia));
  const { clusterCount } = ranked[0]!;
  const most = Math.max(
    fewestRefined,
    Math.floor(results.length * refinedShare),
    Math.floor(worthRefining / (loaded.rowCount * crew.stride * clusterCount)),
  );
  const best = ranked.filter((start, i) => start.inertia !== ranked[i - 1]?.inertia).slice(0, most);
  const refined = runStarts(
    crew,
    loaded,
    best.map(({ centres }) => ({
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
