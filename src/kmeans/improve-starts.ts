import type { ClusterOptions } from "../cluster/cluster-fit.js";
import { createRandom } from "../core/random.js";
import { type Crew, type LoadedRows, runStarts, type StartResult } from "../lattice/crew.js";
import { readLatticePoints } from "../lattice/lattice-rows.js";
import { defaultMaxIterations } from "./kmeans-fit.js";
import { bestStart, countHits } from "./rank-starts.js";

/** How many of the best starts are taken further: a tenth, at least so many, and more where they are small. */
const improvedShare = 0.1;
const fewestImproved = 5;
/** Row-by-centre-by-column products of all that are. */
const worthImproving = 1e6;
/** Swaps that are tried from one solution; fewer than {@link fewestImproved} are not worth a round. */
const mostSwaps = 30;
const mostRounds = 20;
/** Share of starts in the best basin from which on it is taken for the best there is, and no swap is tried. */
const plentifulShare = 0.2;

type Improvement = Pick<ClusterOptions, "maxIterations" | "onProgress"> & { readonly seed?: number };

/** What single moves and then swaps of centres make of the best starts; they may better the best of them or not. */
export function improveBest(
  crew: Crew,
  loaded: LoadedRows,
  results: readonly StartResult[],
  options: Improvement,
): StartResult[] {
  const { clusterCount } = results[0]!;
  const isPlentiful = countHits(results, bestStart(results)) >= results.length * plentifulShare;
  const affordable = Math.floor(worthImproving / (loaded.rowCount * crew.stride * clusterCount));
  const worthwhile = Math.max(Math.floor(results.length * improvedShare), isPlentiful ? 0 : affordable);
  // All starts are done: a listener can only stop the work here.
  const all = { done: results.length, total: results.length };
  const { onProgress } = options;
  const limits = { ...options, ...(onProgress && { onProgress: () => onProgress(all) }) };
  const most = Math.max(fewestImproved, worthwhile);
  const refined = refineBest(crew, loaded, results, { ...limits, most });
  const swaps = isPlentiful ? 0 : Math.min(worthwhile, mostSwaps, results.length);
  return swaps < fewestImproved ? refined : swapCentres(crew, loaded, refined, { ...limits, swaps });
}

/**
 * The best different starts again, from where they ended, to a fixed point that no single move betters. They keep the
 * centres from which they first began.
 */
function refineBest(
  crew: Crew,
  loaded: LoadedRows,
  results: readonly StartResult[],
  options: Improvement & { readonly most: number },
): StartResult[] {
  const ranked = [...results].sort((a, b) => Number(a.inertia - b.inertia));
  const best = ranked.filter((start, i) => start.inertia !== ranked[i - 1]?.inertia).slice(0, options.most);
  const centres = best.map((start) => readLatticePoints(start.centres, start.clusterCount, loaded.lattice));
  return runFurther(crew, loaded, centres, options).map((start, i) => {
    const { iterations, refills, initialCentres } = best[i]!;
    return {
      ...start,
      iterations: iterations + start.iterations,
      refills: refills + start.refills,
      initialCentres,
    };
  });
}

/**
 * From the best solution, moves one centre at a time to some row and lets the others follow, until a round of such
 * swaps finds nothing better. A swap can leave a basin that single moves cannot.
 *
 * @see Fränti (2018), doi:10.1186/s40537-018-0122-y
 */
function swapCentres(
  crew: Crew,
  loaded: LoadedRows,
  solutions: readonly StartResult[],
  options: Improvement & { readonly swaps: number },
): StartResult[] {
  const { lattice, rowCount } = loaded;
  const { rows, stride } = crew;
  const random = createRandom(options.seed ?? 0).fork(2 ** 31);
  const byInertia = (a: StartResult, b: StartResult) => Number(a.inertia - b.inertia);
  let best = [...solutions].sort(byInertia)[0]!;
  for (let round = 0; round < mostRounds; round++) {
    const centres = readLatticePoints(best.centres, best.clusterCount, lattice);
    const swapped = Array.from({ length: options.swaps }, () => {
      const moved = random.below(best.clusterCount);
      const row = random.below(rowCount);
      const [place] = readLatticePoints(rows.subarray(row * stride, (row + 1) * stride), 1, lattice);
      return centres.map((centre, cluster) => (cluster === moved ? place! : centre));
    });
    const found = runFurther(crew, loaded, swapped, options).sort(byInertia)[0]!;
    if (found.inertia >= best.inertia) break;
    best = found;
  }
  return [...solutions, best];
}

function runFurther(
  crew: Crew,
  loaded: LoadedRows,
  beginnings: readonly (readonly (readonly number[])[])[],
  options: Improvement,
): StartResult[] {
  const { maxIterations = defaultMaxIterations } = options;
  const requests = beginnings.map((initialCentres) => ({
    clusterCount: initialCentres.length,
    seed: 0,
    startNumber: 0,
    maxIterations,
    refine: true,
    initialCentres,
  }));
  return [...runStarts(crew, loaded, requests, options)];
}
