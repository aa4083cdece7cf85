import type { Random } from "../core/random.js";
import { drawInProportion } from "./draw-in-proportion.js";
import {
  countPrototypes,
  lossesOf,
  type PrototypeLosses,
  type PrototypeProblem,
  type Prototypes,
} from "./prototype-loss.js";
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
 * of their rows, until no row changes. A cluster left empty takes the row that costs most.
 */
export function alternate(problem: PrototypeProblem, begin: Prototypes, maxIterations: number): PrototypeRun {
  const prototypes = { means: begin.means.slice(), modes: begin.modes.slice() };
  const clusterCount = countPrototypes(problem, prototypes);
  const losses = lossesOf(problem, prototypes);
  const totals = openTotals(problem, clusterCount);
  const labels = new Int32Array(problem.rowCount).fill(-1);
  const costs = new Float64Array(problem.rowCount);
  for (let iterations = 1; ; iterations++) {
    const changed = assignAll(losses, totals, { labels, costs });
    const converged = changed === 0 && !totals.sizes.includes(0);
    if (converged || iterations === maxIterations) {
      const loss = costs.reduce((sum, cost) => sum + cost, 0);
      return { prototypes, labels, sizes: totals.sizes, loss, iterations, converged };
    }
    for (let cluster = 0; cluster < clusterCount; cluster++) {
      if (totals.sizes[cluster]! > 0) totals.writePrototype(prototypes, cluster);
      else copyRow(problem, takeCostliest(costs), { prototypes, cluster });
    }
  }
}

/** Writes every row's nearest prototype and what it costs, and counts the rows anew; returns how many rows changed. */
function assignAll(
  { numeric, words, gamma }: PrototypeLosses,
  totals: PrototypeTotals,
  { labels, costs }: { readonly labels: Int32Array; readonly costs: Float64Array },
): number {
  const clusterCount = totals.sizes.length;
  let changed = 0;
  totals.clear();
  for (let i = 0; i < labels.length; i++) {
    let label = 0;
    let least = Infinity;
    for (let cluster = 0; cluster < clusterCount; cluster++) {
      const ofNumbers = numeric(i, cluster);
      if (ofNumbers >= least) continue;
      const cost = ofNumbers + gamma * words(i, cluster);
      if (cost < least) {
        least = cost;
        label = cluster;
      }
    }
    if (labels[i] !== label) changed++;
    labels[i] = label;
    costs[i] = least;
    totals.add(i, label);
  }
  return changed;
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
