import { countDistinctRows } from "../cluster/canonical-order.js";
import type { ClusterOptions } from "../cluster/cluster-fit.js";
import { compareCentres } from "../cluster/order-clusters.js";
import {
  type Crew,
  type LoadedRows,
  runStarts,
  type StartRequest,
  type StartResult,
} from "../lattice/crew.js";
import { readLatticePoints } from "../lattice/lattice-rows.js";

/** From this many rows on, starts begin on a sample. */
const rowsWorthSampling = 32_768;
const sampleRows = 8192;
/** Over all rows, for a start that comes from the fixed point of the sample. */
const mostIterations = 30;

/**
 * Runs starts to their fixed points; of many rows, to where it shows which are worth going on with.
 *
 * There, starts without given centres first find the fixed point of a sample, the first 8,192 rows in canonical order,
 * that is by a hash of their content. Those that come to the same centres are run once, from there and for 30
 * iterations over all rows; they are compared as they stand then, and `improveBest` takes the best to its fixed point.
 *
 * @see Bradley & Fayyad (1998), Refining initial points for k-means clustering, ICML.
 */
export function searchStarts(
  crew: Crew,
  loaded: LoadedRows,
  requests: readonly StartRequest[],
  options: Pick<ClusterOptions, "onProgress"> = {},
): readonly StartResult[] {
  const sampled = { ...loaded, rowCount: sampleRows };
  if (loaded.rowCount < rowsWorthSampling || !hasPlaces(crew, sampled, requests))
    return runStarts(crew, loaded, requests, options);
  const begun = beginOnSample(crew, sampled, { requests, ...tellHalf(options, requests.length, 0) });
  const keys = begun.map(({ initialCentres }) => JSON.stringify(initialCentres));
  const firsts = begun.filter((_, i) => keys.indexOf(keys[i]!) === i);
  const results = runStarts(crew, loaded, firsts, tellHalf(options, requests.length, 1));
  const places = new Map(firsts.map(({ initialCentres }, i) => [JSON.stringify(initialCentres), i]));
  return keys.map((key) => results[places.get(key)!]!);
}

/** Whether the sample's rows lie in enough different places for every start, not counting rows that weigh nothing. */
function hasPlaces(crew: Crew, sampled: LoadedRows, requests: readonly StartRequest[]): boolean {
  const { stride, weights } = crew;
  const limit = requests.reduce((most, { clusterCount }) => Math.max(most, clusterCount), 0);
  return countDistinctRows(crew.rows, sampled.rowCount, { stride, limit, weights }) === limit;
}

/** The same starts, from where the sample leads them; centres in an order of their own, so that equal ones show. */
function beginOnSample(
  crew: Crew,
  sampled: LoadedRows,
  search: { readonly requests: readonly StartRequest[] } & Pick<ClusterOptions, "onProgress">,
): StartRequest[] {
  const fresh = search.requests.filter(({ initialCentres }) => initialCentres === undefined);
  // Single moves merge ends that lie in one basin.
  const refined = fresh.map((request) => ({ ...request, refine: true }));
  const ends = runStarts(crew, sampled, refined, search).values();
  return search.requests.map((request) => {
    if (request.initialCentres !== undefined) return request;
    const { centres } = ends.next().value!;
    const initialCentres = readLatticePoints(centres, request.clusterCount, sampled.lattice);
    const maxIterations = Math.min(mostIterations, request.maxIterations);
    return { ...request, maxIterations, initialCentres: initialCentres.sort(compareCentres) };
  });
}

/** Tells the first or second part of a search as half of so many starts. */
function tellHalf(
  { onProgress }: Pick<ClusterOptions, "onProgress">,
  starts: number,
  half: 0 | 1,
): Pick<ClusterOptions, "onProgress"> {
  if (onProgress === undefined) return {};
  return {
    onProgress: ({ done, total }) =>
      onProgress({ done: Math.floor(((half + done / total) * starts) / 2), total: starts }),
  };
}
