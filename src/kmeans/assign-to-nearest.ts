import { forgetDrift, type RouteBounds } from "./route-bounds.js";
import type { RouteMemory } from "./route-memory.js";
import type { RouteProblem } from "./route-problem.js";

/** Of rows whose threshold does not hold, those of a larger share are not worth gathering. */
const mostGathered = 0.5;
/** Where everything is 0, nothing is certain. */
const leastTolerance = 1e-30;

/**
 * Gives every row its nearest centre, ties to the lowest number; returns how many labels changed. Rows whose threshold
 * still holds are passed over. With `keep` the others get a new one.
 */
export function assignToNearest(
  memory: RouteMemory,
  problem: RouteProblem,
  { bounds, keep }: { readonly bounds: RouteBounds; readonly keep: boolean },
): number {
  const { at, kernel } = memory;
  const listed = scoreRows(memory, problem, { bounds, keep });
  const changed = settleListed(memory, problem, listed);
  const listEnd = at.list + changed * 4;
  kernel.move(at.rows, memory.stride * 8, at.list, at.next, listEnd, at.labels, at.sums, at.sizes);
  return changed;
}

function scoreRows(
  memory: RouteMemory,
  problem: RouteProblem,
  { bounds, keep }: { readonly bounds: RouteBounds; readonly keep: boolean },
): number {
  const { at, kernel, size, arrays } = memory;
  const { tolerance, slack } = writeScores(memory, problem);
  const tileBytes = size.columnCount * 32;
  const tileCount = Math.ceil(problem.rowCount / 8);
  const gathered = bounds.known && keep ? gatherUnsettled(memory, tileCount, bounds) : -1;
  arrays.unsureCount[0] = 0;
  if (gathered === 0) return 0;
  const isPart = gathered > 0;
  if (!isPart) forgetDrift(bounds, keep);
  // Named one by one: a call that spreads arrays takes as long as a pass over some hundred rows.
  const tiles = isPart ? at.gathered : at.tiles;
  const listed = kernel.assign(
    tiles,
    tileBytes,
    tiles + (isPart ? gathered / 8 : tileCount) * tileBytes,
    at.scores,
    problem.clusterCount,
    isPart ? at.unsettled : at.rowIds,
    isPart ? at.gatheredLabels : at.labels,
    at.list,
    at.next,
    at.unsureCount,
    tolerance,
    Number(keep),
    at.narrowWeights,
    at.thresholds,
    at.far,
    slack,
    bounds.drift,
    1 / bounds.scale,
    at.scratch,
  );
  // Far more than the rounding of the root.
  bounds.reach = Math.max(bounds.reach, Math.sqrt(arrays.far[0]! + slack) * (1 + 2 ** -20));
  return listed;
}

/** Gathers the rows whose threshold does not hold, filled up to a multiple of 8; returns how many, −1 where too many. */
function gatherUnsettled(memory: RouteMemory, tileCount: number, { drift }: RouteBounds): number {
  const { at, kernel, arrays, size } = memory;
  // The limit is rounded to 32 bits: rather too high.
  const limit = drift * (1 + 2 ** -22);
  let count = kernel.scan(at.thresholds, tileCount * 8, limit, at.unsettled);
  if (count > tileCount * 8 * mostGathered) return -1;
  while (count % 8 !== 0) arrays.unsettled[count++] = tileCount * 8;
  const listEnd = at.unsettled + count * 4;
  kernel.gather(
    at.tiles,
    size.columnCount * 32,
    at.unsettled,
    listEnd,
    at.labels,
    at.gathered,
    at.gatheredLabels,
  );
  return count;
}

/**
 * Writes |x − c|² less what all centres have in common, as offset and coefficients: Σ w c² − 2 Σ w c x. Returns what two
 * such scores in 32 bits must differ by at least for their order to be certain: a sum of p products of rounded numbers
 * is off by less than (p + 5) 2^-24 times the sum of their sizes. The same for a score and the squares of a row.
 */
function writeScores(
  { size, arrays }: RouteMemory,
  { clusterCount }: RouteProblem,
): { readonly tolerance: number; readonly slack: number } {
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
  arrays.narrowWeights.set(weights);
  const squares = reach.reduce((sum, value, j) => sum + weights[j]! * value * value, 0);
  const unit = (columnCount + 5) * 2 ** -23;
  return { tolerance: largest * unit + leastTolerance, slack: (largest + squares) * unit + leastTolerance };
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
