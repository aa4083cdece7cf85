import { createRandom } from "../core/random.js";
import { measureRoute } from "./measure-route.js";
import { loadPoints, openRouteMemory, type RouteMemory, type RouteSize } from "./route-memory.js";
import type { RouteProblem } from "./route-problem.js";
import { runRoute } from "./run-route.js";
import { beginStart } from "./seed-route.js";

/** How clusters are looked for: k-means on the columns as they are, or with columns weighing what they tell. */
export type Route = "plain" | "weighted";

/** What to look for among the points. */
export interface RouteOptions {
  readonly rowCount: number;
  readonly clusterCount: number;
  readonly route: Route;
  /** One per column: whether its weight may change (false for one where many rows share a value). */
  readonly free: readonly boolean[];
  readonly starts: number;
  readonly seed: number;
}

/** The best of the starts. */
export interface RouteFit {
  /** Shape (nRows,), values 0…clusterCount − 1 in the order of the start's centres. */
  readonly labels: Int32Array;
  /** Shape (clusterCount, nColumns), row-major, in the unit of the points. */
  readonly centres: Float64Array;
  /** One per column; all 1 on the plain route. */
  readonly weights: Float64Array;
  /** Sum of squares within clusters, or what `runRoute` says of the weighted route. Lower is better. */
  readonly objective: number;
}

/** Fits one matrix after another in the same memory. */
export interface RouteSolver {
  /** `points`: shape (rowCount, columnCount), row-major, finite, each column of mean 0 and standard deviation 1. */
  readonly fit: (points: Float64Array, options: RouteOptions) => RouteFit;
}

/**
 * A solver for many small problems of at most this size: one memory, kept between calls, so that a task on a worker
 * thread opens one solver and fits all its matrices, counts and routes with it.
 *
 * Single-threaded; the same points, options and seed give the same result on every machine. Rows are drawn by their
 * place: bring them into a canonical order first, if the result must not depend on the order given.
 */
export function openRouteSolver(size: RouteSize): RouteSolver {
  const memory = openRouteMemory(size);
  return {
    fit(points, options) {
      loadPoints(memory, points, options.rowCount);
      return fitPoints(memory, points, options);
    },
  };
}

const mostSteps = 200;

function fitPoints(memory: RouteMemory, points: Float64Array, options: RouteOptions): RouteFit {
  const { rowCount, starts, seed } = options;
  const problem: RouteProblem = { ...options, weighted: options.route === "weighted", mostSteps };
  const { labels, weights } = memory.arrays;
  const random = createRandom(seed);
  const best = { labels: new Int32Array(rowCount), weights: weights.slice(), objective: Infinity };
  for (let start = 0; start < starts; start++) {
    beginStart(memory, problem, { random: random.fork(start), start });
    const { objective } = runRoute(memory, problem);
    if (!(objective < best.objective)) continue;
    best.objective = objective;
    best.labels.set(labels.subarray(0, rowCount));
    best.weights.set(weights);
  }
  return { ...best, ...measureRoute(points, problem, best.labels) };
}
