import { createRandom, type Random } from "../core/random.js";
import type { Route } from "../kmeans/fit-route.js";
import { openRouteSolver } from "../kmeans/fit-route.js";
import type { RouteColumns } from "./prepare-rows.js";

/** One way in which the clusters of one count are looked for. */
export interface Trial {
  readonly count: number;
  readonly route: Route;
}

/** Starts on each route. */
export type Starts = Readonly<Record<Route, number>>;

/** Clusters of rows and, on the weighted route, what each column weighs. */
export interface Solution {
  readonly labels: Int32Array;
  readonly weights: Float64Array;
}

/** Fits a trial to z-scores; the random numbers decide where its starts begin. */
export type FitSolution = (
  scores: Float64Array,
  trial: Trial,
  options: { readonly starts: Starts; readonly random: Random },
) => Solution;

/**
 * A fitter for many matrices of one size: the plain route runs on z-scores with the spreads that the columns were given.
 */
export function openFits(columns: RouteColumns, rowCount: number, mostClusters: number): FitSolution {
  const { columnCount, free } = columns;
  const solver = openRouteSolver({ rowCapacity: rowCount, columnCount, clusterCapacity: mostClusters });
  return (scores, { count, route }, { starts, random }) =>
    solver.fit(routePoints(scores, columns, route), {
      rowCount,
      clusterCount: count,
      route,
      free,
      starts: starts[route],
      seed: random.fork(2 * count + (route === "plain" ? 0 : 1)).below(2 ** 32),
    });
}

/** The rows in the scale of a route. */
export function routePoints(
  scores: Float64Array,
  { columnCount, spreads }: RouteColumns,
  route: Route,
): Float64Array {
  if (route === "weighted" || spreads.every((spread) => spread === 1)) return scores;
  return scores.map((score, at) => score * spreads[at % columnCount]!);
}

/** The stream of random numbers of one part of a judgement. */
export function streamOf(seed: number, part: "data" | "copies" | "refits" | "fits"): Random {
  return createRandom(seed).fork({ data: 0, fits: 1, copies: 2, refits: 3 }[part]);
}
