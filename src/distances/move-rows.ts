import type { ProgressTeller } from "../cluster/progress-teller.js";
import {
  countPrototypes,
  lossesOf,
  type PrototypeLosses,
  type PrototypeProblem,
  type Prototypes,
} from "./prototype-loss.js";
import { openTotals, type PrototypeTotals } from "./prototype-totals.js";
import type { PrototypeRun } from "./run-prototypes.js";

/**
 * Goes on from a run by moving single rows where that lowers the loss, prototypes following at once (Hartigan and
 * Wong's moves, with words), until no move does.
 */
export function moveRows(
  problem: PrototypeProblem,
  run: PrototypeRun,
  options: { readonly maxSweeps: number; readonly progress: ProgressTeller },
): Prototypes {
  const prototypes = { means: run.prototypes.means.slice(), modes: run.prototypes.modes.slice() };
  const losses = lossesOf(problem, prototypes);
  const totals = openTotals(problem, countPrototypes(problem, prototypes));
  const labels = run.labels.slice();
  totals.recount(labels);
  for (const [cluster, size] of totals.sizes.entries())
    if (size > 0) totals.writePrototype(prototypes, cluster);
  const leastGain = (1e-12 * run.loss) / problem.rowCount;
  const target = bestTarget(problem.gamma, losses, totals);
  for (let sweep = 0, moved = 1; sweep < options.maxSweeps && moved > 0; sweep++) {
    moved = 0;
    options.progress.spend(labels.length * totals.sizes.length);
    for (let i = 0; i < labels.length; i++) {
      const from = labels[i]!;
      const into = totals.sizes[from] === 1 ? from : target(i, from, leastGain);
      if (into === from) continue;
      moved++;
      labels[i] = into;
      totals.remove(i, from);
      totals.add(i, into);
      totals.writePrototype(prototypes, from);
      totals.writePrototype(prototypes, into);
    }
  }
  return prototypes;
}

/**
 * The cluster in which a row would cost least, its own where no other gains. Leaving saves size / (size − 1) times the
 * squared distance and joining costs size / (size + 1) times it, because means follow; words as their counts say.
 */
function bestTarget(
  gamma: number,
  { numeric }: PrototypeLosses,
  { sizes, wordsSaved, wordsAdded }: PrototypeTotals,
): (row: number, from: number, leastGain: number) => number {
  return (row, from, leastGain) => {
    const size = sizes[from]!;
    let into = from;
    let least = (size / (size - 1)) * numeric(row, from) + gamma * wordsSaved(row, from) - leastGain;
    for (let cluster = 0; cluster < sizes.length; cluster++) {
      if (cluster === from) continue;
      const ofNumbers = (sizes[cluster]! / (sizes[cluster]! + 1)) * numeric(row, cluster);
      if (ofNumbers >= least) continue;
      const cost = ofNumbers + gamma * wordsAdded(row, cluster);
      if (cost >= least) continue;
      least = cost;
      into = cluster;
    }
    return into;
  };
}
