import { costOf, leastVariance } from "./measure-route.js";
import { refillEmpty } from "./refill-route.js";
import type { RouteMemory } from "./route-memory.js";
import type { RouteProblem } from "./route-problem.js";

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
  let steps = 0;
  let converged = false;
  while (!converged && steps < mostSteps) {
    const changed = assignRows(memory, problem);
    const refilled = refillEmpty(memory, problem);
    moveCentres(memory, problem);
    converged = changed === 0 && !refilled && (!weighted || steps > firstSteps);
    if (weighted && !converged && steps >= firstSteps) updateWeights(memory, problem);
    steps++;
  }
  return { objective: objectiveOf(memory, problem), steps, converged };
}

/** Gives every row its nearest centre, ties to the lowest number; returns how many labels changed. */
function assignRows(memory: RouteMemory, problem: RouteProblem): number {
  const { at, kernel, size, arrays } = memory;
  const tolerance = writeScores(memory, problem);
  const tileBytes = size.columnCount * 32;
  const tilesEnd = at.tiles + Math.ceil(problem.rowCount / 8) * tileBytes;
  arrays.unsureCount[0] = 0;
  const { clusterCount } = problem;
  const listed = kernel.assign(
    ...([at.tiles, tileBytes, tilesEnd, at.scores, clusterCount] as const),
    ...([at.labels, at.list, at.next, at.unsureCount, tolerance] as const),
  );
  const changed = settleListed(memory, problem, listed);
  const rowBytes = memory.stride * 8;
  kernel.move(at.rows, rowBytes, at.list, at.next, at.list + changed * 4, at.labels, at.sums, at.sizes);
  return changed;
}

/**
 * Writes |x − c|² less what all centres have in common, as offset and coefficients: Σ w c² − 2 Σ w c x. Returns what two
 * such scores in 32 bits must differ by at least for their order to be certain: a sum of p products of rounded numbers
 * is off by less than (p + 5) 2^-24 times the sum of their sizes.
 */
function writeScores({ size, arrays }: RouteMemory, { clusterCount }: RouteProblem): number {
  const { columnCount } = size;
  const { scores, centres, weights, reach } = arrays;
  let largest = 0;
  for (let cluster = 0, to = 0, from = 0; cluster < clusterCount; cluster++) {
    const offset = to++;
    let sum = 0;
    let extent = 0;
    for (let j = 0; j < columnCount; j++) {
      const centre = centres[from++]!;
      const pull = weights[j]! * centre;
      scores[to++] = -2 * pull;
      sum += pull * centre;
      extent += Math.abs(pull) * reach[j]!;
    }
    scores[offset] = sum;
    largest = Math.max(largest, sum + 2 * extent);
  }
  return largest * (columnCount + 5) * 2 ** -23 + Number.MIN_VALUE;
}

/** Leaves out what fills up the last tile, and rows that were unsure and keep their label; returns how many are left. */
function settleListed({ size, stride, arrays }: RouteMemory, problem: RouteProblem, listed: number): number {
  const { list, next, labels, unsureCount } = arrays;
  let count = listed;
  while (count > 0 && list[count - 1]! >= problem.rowCount) count--;
  if (unsureCount[0] === 0) return count;
  let kept = 0;
  for (let at = 0; at < count; at++) {
    const row = list[at]!;
    const label = next[at]! < 0 ? nearestCentre(arrays, row * stride, { ...problem, ...size }) : next[at]!;
    if (label === labels[row]) continue;
    list[kept] = row;
    next[kept++] = label;
  }
  return kept;
}

function nearestCentre(
  { rows, centres, weights }: RouteMemory["arrays"],
  begin: number,
  { clusterCount, columnCount }: { readonly clusterCount: number; readonly columnCount: number },
): number {
  let best = Infinity;
  let nearest = 0;
  for (let cluster = 0; cluster < clusterCount; cluster++) {
    let distance = 0;
    for (let j = 0; j < columnCount; j++) {
      const difference = rows[begin + j]! - centres[cluster * columnCount + j]!;
      distance += difference * difference * weights[j]!;
    }
    if (distance >= best) continue;
    best = distance;
    nearest = cluster;
  }
  return nearest;
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
