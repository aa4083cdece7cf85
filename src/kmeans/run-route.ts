import { assignToNearest } from "./assign-to-nearest.js";
import { costOf, leastVariance } from "./measure-route.js";
import { refillEmpty } from "./refill-route.js";
import { driftBounds, openBounds, rememberPlaces } from "./route-bounds.js";
import type { RouteMemory } from "./route-memory.js";
import type { RouteProblem } from "./route-problem.js";

/** Thresholds are kept once a smaller share of the rows changes in a step, and where a pass over all takes long enough. */
const settlingShare = 0.04;
const worthKeeping = 6000;

/** Where a start came to rest: the memory holds its labels, centres and weights. */
export interface RouteEnd {
  readonly objective: number;
  readonly steps: number;
  /** Whether no label changed any more. */
  readonly converged: boolean;
}

/** Steps that keep the weights of the start: the first clusters tell little about the columns. */
const firstSteps = 2;
/**
 * From the centres and weights in the memory, assigns rows to the nearest centre and moves centres to the means, with
 * weights 1 / max(variance within clusters, 0.1) after the third step, until no label changes. The objective is
 * the sum of squares within clusters or, weighted, the sum over columns of the logarithm of their variance within,
 * linear below 0.1 (of columns that keep their weight: the variance less 1). Lower is better.
 */
export function runRoute(memory: RouteMemory, problem: RouteProblem): RouteEnd {
  const { rowCount, clusterCount, weighted, mostSteps } = problem;
  const { labels, sums, sizes } = memory.arrays;
  labels.fill(clusterCount, 0, Math.ceil(rowCount / 8) * 8);
  sums.fill(0);
  sizes.fill(0);
  const bounds = openBounds();
  const isLarge = rowCount * clusterCount >= worthKeeping;
  let changed = rowCount;
  let steps = 0;
  let converged = false;
  while (!converged && steps < mostSteps) {
    // Where many rows still change, centres move too far for thresholds to hold.
    const keep = isLarge && changed < rowCount * settlingShare && (!weighted || steps > firstSteps);
    changed = assignToNearest(memory, problem, { bounds, keep });
    rememberPlaces(memory);
    const refilled = refillEmpty(memory, problem);
    moveCentres(memory, problem);
    converged = changed === 0 && !refilled && (!weighted || steps > firstSteps);
    if (weighted && !converged && steps >= firstSteps) updateWeights(memory, problem);
    driftBounds(bounds, memory, problem);
    steps++;
  }
  return { objective: objectiveOf(memory, problem), steps, converged };
}

/** Moves every centre with rows to their mean. */
function moveCentres({ size, stride, arrays }: RouteMemory, { clusterCount }: RouteProblem): void {
  const { columnCount } = size;
  const { sums, sizes, centres } = arrays;
  for (let cluster = 0; cluster < clusterCount; cluster++) {
    const own = sizes[cluster]!;
    if (own === 0) continue;
    for (let j = 0; j < columnCount; j++)
      centres[cluster * columnCount + j] = sums[cluster * stride + j]! / own;
  }
}

/** Variance of a column within clusters: what is left of its sum of squares about 0. */
function varianceWithin(
  memory: RouteMemory,
  { rowCount, clusterCount }: RouteProblem,
  column: number,
): number {
  const { stride, arrays } = memory;
  let within = arrays.squares[column]!;
  for (let cluster = 0; cluster < clusterCount; cluster++) {
    const sum = arrays.sums[cluster * stride + column]!;
    const own = arrays.sizes[cluster]!;
    if (own > 0) within -= (sum * sum) / own;
  }
  return Math.max(0, within) / rowCount;
}

function updateWeights(memory: RouteMemory, problem: RouteProblem): void {
  problem.free.forEach((isFree, j) => {
    const weight = isFree ? 1 / Math.max(varianceWithin(memory, problem, j), leastVariance) : 1;
    memory.arrays.weights[j] = weight;
  });
}

function objectiveOf(memory: RouteMemory, problem: RouteProblem): number {
  const { rowCount, weighted, free } = problem;
  let objective = 0;
  for (let j = 0; j < memory.size.columnCount; j++) {
    const variance = varianceWithin(memory, problem, j);
    objective += weighted ? costOf(variance, free[j]!) : variance * rowCount;
  }
  return objective;
}
