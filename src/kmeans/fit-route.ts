import { createRandom } from "../core/random.js";
import { loadPoints, openRouteMemory, type RouteMemory, type RouteSize } from "./route-memory.js";
import type { RouteProblem } from "./route-problem.js";
import { costOf, runRoute } from "./route-start.js";
import { drawWeights, seedRoute } from "./seed-route.js";

/** How clusters are looked for: k-means on the columns as they are, or with columns weighing what they tell. */
export type RouteName = "plain" | "weighted";

/** What to look for among the points. */
export interface RouteOptions {
  readonly rowCount: number;
  readonly clusterCount: number;
  readonly route: RouteName;
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
  return { fit: (points, options) => fitPoints(memory, points, options) };
}

/** One fit of one matrix; for more than one open a solver. */
export function fitRoute(
  points: Float64Array,
  options: RouteOptions & { readonly columnCount: number },
): RouteFit {
  const { rowCount, columnCount, clusterCount } = options;
  return openRouteSolver({ rowCapacity: rowCount, columnCount, clusterCapacity: clusterCount }).fit(
    points,
    options,
  );
}

function fitPoints(memory: RouteMemory, points: Float64Array, options: RouteOptions): RouteFit {
  const { rowCount, starts, seed } = options;
  const problem: RouteProblem = { ...options, weighted: options.route === "weighted" };
  const { labels, weights } = memory.arrays;
  const random = createRandom(seed);
  loadPoints(memory, points, rowCount);
  const best = { labels: new Int32Array(rowCount), weights: weights.slice(), objective: Infinity };
  for (let start = 0; start < starts; start++) {
    const own = random.fork(start);
    drawWeights(weights, { weighted: problem.weighted, start }, own);
    seedRoute(memory, problem, own);
    const objective = runRoute(memory, problem);
    if (!(objective < best.objective)) continue;
    best.objective = objective;
    best.labels.set(labels.subarray(0, rowCount));
    best.weights.set(weights);
  }
  return { ...best, ...measure(points, problem, best.labels) };
}

/** Centres and objective from the labels alone, summed in the order of the rows. */
function measure(
  points: Float64Array,
  { rowCount, clusterCount, weighted, free }: RouteProblem,
  labels: Int32Array,
): Pick<RouteFit, "centres" | "objective"> {
  const columnCount = free.length;
  const centres = new Float64Array(clusterCount * columnCount);
  const sizes = new Float64Array(clusterCount);
  labels.forEach((cluster, row) => {
    sizes[cluster]!++;
    for (let j = 0; j < columnCount; j++)
      centres[cluster * columnCount + j]! += points[row * columnCount + j]!;
  });
  centres.forEach((sum, at) => {
    centres[at] = sum / Math.max(1, sizes[Math.floor(at / columnCount)]!);
  });
  const within = new Float64Array(columnCount);
  labels.forEach((cluster, row) => {
    for (let j = 0; j < columnCount; j++)
      within[j]! += (points[row * columnCount + j]! - centres[cluster * columnCount + j]!) ** 2;
  });
  const costs = Array.from(within, (sum, j) => (weighted ? costOf(sum / rowCount, free[j]!) : sum));
  return { centres, objective: costs.reduce((sum, cost) => sum + cost, 0) };
}
