import { drawInProportion } from "../cluster/draw-in-proportion.js";
import type { ProgressTeller } from "../cluster/progress-teller.js";
import type { Random } from "../core/random.js";
import {
  countPrototypes,
  lossesOf,
  type PrototypeLosses,
  type PrototypeProblem,
  type Prototypes,
} from "./prototype-loss.js";
import { openThresholds, type PrototypeThresholds } from "./prototype-thresholds.js";
import { openTotals, type PrototypeTotals } from "./prototype-totals.js";

/** Where a run of k-prototypes ended. */
export interface PrototypeRun {
  readonly prototypes: Prototypes;
  readonly labels: Int32Array;
  readonly sizes: Int32Array;
  readonly loss: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Rows to begin with, each next one drawn in proportion to its loss with the nearest so far. O(nRows · clusterCount). */
export function seedPrototypes(problem: PrototypeProblem, clusterCount: number, random: Random): Prototypes {
  const prototypes = emptyPrototypes(problem, clusterCount);
  const { total } = lossesOf(problem, prototypes);
  const nearest = new Float64Array(problem.rowCount).fill(Infinity);
  let row = random.below(problem.rowCount);
  for (let cluster = 0; ; cluster++) {
    copyRow(problem, row, { prototypes, cluster });
    if (cluster === clusterCount - 1) return prototypes;
    let sum = 0;
    for (let i = 0; i < nearest.length; i++) {
      nearest[i] = Math.min(nearest[i]!, total(i, cluster));
      sum += nearest[i]!;
    }
    row = drawInProportion(nearest, random.next() * sum);
  }
}

/**
 * Assigns rows to the nearest prototype, ties to the lowest, and moves prototypes to the means and most frequent words
 * of their rows, until no row changes. A cluster left empty takes the row that costs most. Only rows that may have
 * changed are looked at: after some iterations few.
 */
export function alternate(
  problem: PrototypeProblem,
  begin: Prototypes,
  maxIterations: number,
  options: { readonly progress?: ProgressTeller } = {},
): PrototypeRun {
  const prototypes = { means: begin.means.slice(), modes: begin.modes.slice() };
  const clusterCount = countPrototypes(problem, prototypes);
  const { rowCount } = problem;
  const state = {
    labels: new Int32Array(rowCount).fill(-1),
    losses: lossesOf(problem, prototypes),
    totals: openTotals(problem, clusterCount),
    thresholds: openThresholds(rowCount, clusterCount),
  };
  const { labels, totals } = state;
  for (let iterations = 1; ; iterations++) {
    options.progress?.spend(rowCount);
    const changed = reassign(state, options.progress);
    const isFull = !totals.sizes.includes(0);
    // Sums that rows came to and left one by one carry their rounding: rest is what holds for sums made anew.
    if (changed === 0 && isFull) totals.recount(labels);
    const isLast = iterations === maxIterations;
    const moved = isLast && changed > 0 ? true : movePrototypes(problem, prototypes, state);
    const converged = changed === 0 && isFull && !moved;
    if (converged || isLast) {
      const { loss } = sumLosses(state);
      return { prototypes, labels, sizes: totals.sizes, loss, iterations, converged };
    }
  }
}

interface PrototypeState {
  readonly labels: Int32Array;
  readonly losses: PrototypeLosses;
  readonly totals: PrototypeTotals;
  readonly thresholds: PrototypeThresholds;
}

/** Gives every row that may have changed its nearest prototype; returns how many rows changed. */
function reassign(state: PrototypeState, progress: ProgressTeller | undefined): number {
  const { labels, totals, thresholds } = state;
  const { numeric, words, gamma } = state.losses;
  const clusterCount = totals.sizes.length;
  let changed = 0;
  let looked = 0;
  for (let i = 0; i < labels.length; i++) {
    const before = labels[i]!;
    if (before >= 0 && thresholds.holds(i, before)) continue;
    looked++;
    let label = 0;
    let least = Infinity;
    let second = Infinity;
    for (let cluster = 0; cluster < clusterCount; cluster++) {
      const ofNumbers = numeric(i, cluster);
      if (ofNumbers >= second) continue;
      const cost = ofNumbers + gamma * words(i, cluster);
      if (cost < least) {
        second = least;
        least = cost;
        label = cluster;
      } else if (cost < second) second = cost;
    }
    thresholds.store(i, label, least, second);
    if (before === label) continue;
    changed++;
    labels[i] = label;
    if (before >= 0) totals.remove(i, before);
    totals.add(i, label);
  }
  progress?.spend(looked * clusterCount);
  return changed;
}

/** Moves prototypes to their rows, and an empty one to the row that costs most; returns whether any moved. */
function movePrototypes(problem: PrototypeProblem, prototypes: Prototypes, state: PrototypeState): boolean {
  const { totals, thresholds, losses } = state;
  const ways = new Float64Array(totals.sizes.length);
  const costs = totals.sizes.includes(0) ? sumLosses(state).costs : undefined;
  for (let cluster = 0; cluster < ways.length; cluster++) {
    if (totals.sizes[cluster]! > 0) ways[cluster] = totals.writePrototype(prototypes, cluster);
    else {
      const row = takeCostliest(costs!);
      ways[cluster] = losses.total(row, cluster);
      copyRow(problem, row, { prototypes, cluster });
    }
  }
  thresholds.move(ways);
  return ways.some((way) => way > 0);
}

/** What each row costs with its prototype, and all together. */
function sumLosses({ labels, losses }: PrototypeState): { costs: Float64Array; loss: number } {
  const costs = new Float64Array(labels.length);
  let loss = 0;
  for (let i = 0; i < labels.length; i++) {
    costs[i] = losses.total(i, labels[i]!);
    loss += costs[i]!;
  }
  return { costs, loss };
}

/** The prototypes in another order. */
export function reorderPrototypes(
  problem: PrototypeProblem,
  { means, modes }: Prototypes,
  order: readonly number[],
): Prototypes {
  const { numberCount, wordCount } = problem;
  return {
    means: means.map(
      (_, at) => means[order[Math.floor(at / numberCount)]! * numberCount + (at % numberCount)]!,
    ),
    modes: modes.map((_, at) => modes[order[Math.floor(at / wordCount)]! * wordCount + (at % wordCount)]!),
  };
}

function emptyPrototypes({ numberCount, wordCount }: PrototypeProblem, clusterCount: number): Prototypes {
  return {
    means: new Float64Array(clusterCount * numberCount),
    modes: new Int32Array(clusterCount * wordCount),
  };
}

function copyRow(
  { numbers, numberCount, codes, wordCount }: PrototypeProblem,
  row: number,
  { prototypes, cluster }: { readonly prototypes: Prototypes; readonly cluster: number },
): void {
  prototypes.means.set(numbers.subarray(row * numberCount, (row + 1) * numberCount), cluster * numberCount);
  prototypes.modes.set(codes.subarray(row * wordCount, (row + 1) * wordCount), cluster * wordCount);
}

/** The row with the largest cost, which is then out of the running. */
function takeCostliest(costs: Float64Array): number {
  let row = 0;
  for (let i = 1; i < costs.length; i++) if (costs[i]! > costs[row]!) row = i;
  costs[row] = -1;
  return row;
}
