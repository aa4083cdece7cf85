import { restoreOrder } from "../cluster/canonical-order.js";
import { type CanonicalTable, sortCanonically } from "../cluster/canonical-table.js";
import { checkClusterOptions, checkDistinctCount } from "../cluster/check-cluster-options.js";
import { checkTable } from "../cluster/check-table.js";
import { describeHits } from "../cluster/cluster-fit.js";
import { type MixedTable, toMixedTable } from "../cluster/mixed-table.js";
import { numberClusters } from "../cluster/number-clusters.js";
import { openTeller } from "../cluster/progress-teller.js";
import { checkNumber } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Matrix } from "../core/matrix.js";
import { createRandom } from "../core/random.js";
import { describeGamma, findGamma } from "./gamma.js";
import type { KPrototypesFit, KPrototypesOptions } from "./kprototypes-fit.js";
import { moveRows } from "./move-rows.js";
import { lossesOf, type PrototypeProblem, type Prototypes, prototypeProblem } from "./prototype-loss.js";
import { alternate, type PrototypeRun, reorderPrototypes, seedPrototypes } from "./run-prototypes.js";

export type { KPrototypesFit, KPrototypesOptions } from "./kprototypes-fit.js";

/** Rounds after which a circle of ties between clusters of equal size is left as it is. */
const mostRounds = 20;

/**
 * Groups rows of numbers and words around prototypes: means of the numbers and most frequent words (k-prototypes; with
 * words alone k-modes). Pick it for mixed data of many rows, where k-medoids with Gower's distance would need samples.
 *
 * Makes Σ squared differences + gamma · Σ other words as small as the starts can find: each start alternates to its
 * fixed point and then moves single rows until none lowers the loss. What gamma is decides how much words count; `notes`
 * say it, and the fit tells the loss of numbers and of words apart. Independent of row order. Time
 * O(starts · iterations · nRows · clusterCount · nColumns), memory O(nRows · nColumns).
 *
 * @param table - Shape (nRows, nColumns). Scale numeric columns first. No missing values.
 * @returns The best start's solution.
 * @throws InputError if a value is missing or not finite, clusterCount exceeds the number of different rows, gamma is
 * not above 0, or an option is out of its range.
 * @see Huang (1998), doi:10.1023/A:1009769707641; Szepannek (2018), doi:10.32614/RJ-2018-048 for gamma. Checked against
 * the kmodes package in test/reference/kprototypes.json.
 * @example
 * fitKPrototypes(mixedTableOf({ x: [0, 1, 9], w: ["a", "a", "b"] }), { clusterCount: 2, seed: 1 }).sizes // => [2, 1]
 */
export function fitKPrototypes(table: Matrix | MixedTable, options: KPrototypesOptions): KPrototypesFit {
  const given = toMixedTable(table);
  checkClusterOptions("fitKPrototypes", given.rowCount, options);
  checkTable("fitKPrototypes", given);
  if (options.gamma !== undefined) checkGamma(options.gamma);
  const rows = sortCanonically(given);
  const { clusterCount } = options;
  checkDistinctCount("fitKPrototypes", clusterCount, rows.distinctRowCount);
  const problem = prototypeProblem(rows.table, options.gamma ?? findGamma(rows.table));
  const starts = options.starts ?? 20;
  const maxIterations = options.maxIterations ?? 1000;
  const random = createRandom(options.seed);
  const progress = openTeller(starts, options.onProgress);
  const runs = Array.from({ length: starts }, (_, start) => {
    const begin = seedPrototypes(problem, clusterCount, random.fork(start));
    const run = alternate(problem, begin, maxIterations, { progress });
    const moved = moveRows(problem, run, { maxSweeps: maxIterations, progress });
    const ended = alternate(problem, moved, maxIterations, { progress });
    progress.tell(start + 1);
    return ended;
  });
  return finishPrototypes(rows, problem, { runs, maxIterations, gammaWasGiven: options.gamma !== undefined });
}

function checkGamma(gamma: number): void {
  checkNumber("fitKPrototypes", "gamma", gamma);
  if (gamma <= 0) throw new InputError(`fitKPrototypes: gamma must be a number above 0, got ${gamma}`);
}

function finishPrototypes(
  rows: CanonicalTable,
  problem: PrototypeProblem,
  search: {
    readonly runs: readonly PrototypeRun[];
    readonly maxIterations: number;
    readonly gammaWasGiven: boolean;
  },
): KPrototypesFit {
  const { runs } = search;
  let best = runs[0]!;
  for (const run of runs) if (run.loss < best.loss) best = run;
  const settled = settle(problem, best, search.maxIterations);
  const prototypes = tableOf(rows.table, settled.prototypes, settled.sizes.length);
  const loss = addLosses(problem, settled);
  const hits = runs.filter((run) => run.loss <= best.loss * 1.001).length;
  return {
    method: "k-prototypes",
    clusterCount: prototypes.rowCount,
    labels: restoreOrder(settled.labels, rows.order),
    sizes: [...settled.sizes],
    objective: loss.numericLoss + loss.categoryLoss,
    ...loss,
    gamma: problem.gamma,
    prototypes,
    converged: settled.converged,
    starts: runs.length,
    hitRate: hits / runs.length,
    notes: [
      ...describeGamma({ ...loss, gamma: problem.gamma, prototypes, wasGiven: search.gammaWasGiven }),
      ...(settled.converged
        ? []
        : [`The best start was stopped after ${settled.iterations} iterations, before its fixed point.`]),
      ...describeHits(hits, runs.length),
    ],
  };
}

/** Numbers the clusters by size and finds the fixed point again under these numbers, as a tie goes to the lowest. */
function settle(problem: PrototypeProblem, best: PrototypeRun, maxIterations: number): PrototypeRun {
  let run = best;
  for (let round = 0; round < mostRounds; round++) {
    const { order } = numberClusters(run.labels, run.sizes.length);
    if (order.every((cluster, place) => cluster === place)) return run;
    run = alternate(problem, reorderPrototypes(problem, run.prototypes, order), maxIterations);
  }
  // Rounding can keep rows from coming to rest; then the numbers at least follow the sizes.
  const { labels, sizes, order } = numberClusters(run.labels, run.sizes.length);
  const prototypes = reorderPrototypes(problem, run.prototypes, order);
  return { ...run, prototypes, labels, sizes: Int32Array.from(sizes) };
}

function addLosses(
  problem: PrototypeProblem,
  run: PrototypeRun,
): Pick<KPrototypesFit, "numericLoss" | "categoryLoss"> {
  const { numeric, words } = lossesOf(problem, run.prototypes);
  let numericLoss = 0;
  let otherWords = 0;
  run.labels.forEach((label, i) => {
    numericLoss += numeric(i, label);
    otherWords += words(i, label);
  });
  return { numericLoss, categoryLoss: problem.gamma * otherWords };
}

/** Prototypes as a table with the columns of the rows. */
function tableOf(
  { numbers, categories }: MixedTable,
  { means, modes }: Prototypes,
  rowCount: number,
): MixedTable {
  return {
    rowCount,
    numbers: { ...numbers, rowCount, values: means },
    categories: categories.map((column, j) => ({
      ...column,
      codes: Int32Array.from({ length: rowCount }, (_, cluster) => modes[cluster * categories.length + j]!),
    })),
  };
}
