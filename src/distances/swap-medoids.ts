import type { ProgressTeller } from "../cluster/progress-teller.js";
import { type DistanceTable, findNeighbours, type Neighbours, replaceMedoid } from "./medoid-neighbours.js";

/** A set of medoids that no swap of one of them for another row improves. */
export interface SwappedMedoids {
  /** Row numbers. */
  readonly medoids: Int32Array;
  /** Sum of distances of rows to their nearest medoid. */
  readonly loss: number;
  readonly swaps: number;
  readonly converged: boolean;
}

/** Smaller gains are rounding: without it two equal solutions could swap for ever. */
const leastGain = 1e-12;

/**
 * FasterPAM: goes through the rows and at once makes each the medoid in place of the one it replaces best, as long as
 * that lowers the loss. A candidate costs O(nRows + nMedoids), not O(nRows · nMedoids).
 *
 * @param medoids - At least two row numbers, with different rows; they are where the search begins.
 * @see Schubert & Rousseeuw (2021), doi:10.1016/j.is.2021.101804
 */
export function swapMedoids(
  table: DistanceTable,
  medoids: Int32Array,
  options: {
    readonly maxIterations: number;
    readonly firstCandidate: number;
    readonly progress: ProgressTeller;
  },
): SwappedMedoids {
  const current = medoids.slice();
  const neighbours = findNeighbours(table, current);
  const gain = leastGain * (sum(neighbours.nearDistance) / table.rowCount);
  let swaps = 0;
  let sinceSwap = 0;
  let losses = removalLosses(neighbours, current.length);
  const scratch = new Float64Array(current.length);
  const isMedoid = new Uint8Array(table.rowCount);
  for (const medoid of current) isMedoid[medoid] = 1;
  const limit = options.maxIterations * table.rowCount;
  for (let step = 0; step < limit && sinceSwap < table.rowCount; step++) {
    const candidate = (options.firstCandidate + step) % table.rowCount;
    sinceSwap++;
    options.progress.spend(table.rowCount);
    if (isMedoid[candidate]) continue;
    const place = bestSwap(table, candidate, { neighbours, losses, scratch, gain });
    if (place < 0) continue;
    isMedoid[current[place]!] = 0;
    isMedoid[candidate] = 1;
    current[place] = candidate;
    replaceMedoid(table, place, { medoids: current, neighbours });
    losses = removalLosses(neighbours, current.length);
    swaps++;
    sinceSwap = 0;
  }
  const converged = sinceSwap >= table.rowCount;
  return { medoids: current, loss: sum(neighbours.nearDistance), swaps, converged };
}

/** Place of the medoid that the candidate replaces with the greatest gain, −1 where none gains. */
function bestSwap(
  { distances, rowCount }: DistanceTable,
  candidate: number,
  state: {
    readonly neighbours: Neighbours;
    readonly losses: Float64Array;
    readonly scratch: Float64Array;
    readonly gain: number;
  },
): number {
  const { near, nearDistance, secondDistance } = state.neighbours;
  const change = state.scratch;
  change.set(state.losses);
  let shared = 0;
  const begin = candidate * rowCount;
  for (let i = 0; i < rowCount; i++) {
    const distance = distances[begin + i]!;
    if (distance >= secondDistance[i]!) continue;
    const nearest = nearDistance[i]!;
    if (distance < nearest) {
      shared += distance - nearest;
      change[near[i]!]! += nearest - secondDistance[i]!;
    } else change[near[i]!]! += distance - secondDistance[i]!;
  }
  let best = 0;
  for (let place = 1; place < change.length; place++) if (change[place]! < change[best]!) best = place;
  return change[best]! + shared < -state.gain ? best : -1;
}

/** What the loss grows by when each medoid is taken away: its rows go to their second. */
function removalLosses(neighbours: Neighbours, medoidCount: number): Float64Array {
  const losses = new Float64Array(medoidCount);
  const { near, nearDistance, secondDistance } = neighbours;
  for (let i = 0; i < near.length; i++) losses[near[i]!]! += secondDistance[i]! - nearDistance[i]!;
  return losses;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
