import { sortCanonically } from "../cluster/canonical-table.js";
import { checkClusterOptions, checkDistinctCount } from "../cluster/check-cluster-options.js";
import type { MixedTable } from "../cluster/mixed-table.js";
import { runStarts } from "../cluster/run-starts.js";
import type { Matrix } from "../core/matrix.js";
import { createRandom } from "../core/random.js";
import { findPatterns } from "./answer-patterns.js";
import type { LatentClassFit, LatentClassOptions } from "./latent-class-fit.js";
import { finishClasses } from "./latent-class-result.js";
import { startClasses } from "./search-classes.js";
import { checkAnswers, toItems } from "./survey-items.js";

export type { ItemAnswers, LatentClassFit, LatentClassOptions } from "./latent-class-fit.js";

/**
 * Describes answers to questions as a mixture of classes, each with its own probability of every answer, answers being
 * independent within a class (latent class analysis by EM). Pick it for survey items and other words, where distances
 * mean little.
 *
 * Missing answers are left out of each row's likelihood and nothing is filled in (full information; right where what is
 * missing depends on answers given, not on those missing). Each start ends where at most a thousandth in log-likelihood,
 * or a millionth per row, seems left to gain. Independent of row order. Time O(starts · iterations · nDifferentRows ·
 * clusterCount · nItems), memory O(nRows · (nItems + clusterCount)).
 *
 * @param table - Shape (nRows, nItems): columns of words, null where missing, or a matrix of whole numbers, NaN where
 * missing, whose values are answers without an order.
 * @returns The likeliest start's classes.
 * @throws InputError if a column is not whole numbers or words, an item has no answer, a row has none, clusterCount
 * exceeds the number of different rows, or an option is out of its range.
 * @see Goodman (1974), doi:10.1093/biomet/61.2.215; Collins & Lanza (2010). Checked against StepMix in
 * test/reference/latent-class.json.
 * @example
 * fitLatentClass(matrixOf({ p: [1, 1, 1, 2, 2], q: [1, 1, 1, 2, 2] }), { clusterCount: 2, seed: 1 }).sizes // => [3, 2]
 */
export function fitLatentClass(table: Matrix | MixedTable, options: LatentClassOptions): LatentClassFit {
  const given = toItems("fitLatentClass", table);
  const { clusterCount } = options;
  checkClusterOptions("fitLatentClass", given.rowCount, options);
  checkAnswers("fitLatentClass", given);
  const rows = sortCanonically(given);
  checkDistinctCount("fitLatentClass", clusterCount, rows.distinctRowCount);
  const patterns = findPatterns(rows.table.categories, given.rowCount);
  const random = createRandom(options.seed);
  const maxIterations = options.maxIterations ?? 2000;
  const starts = runStarts(clusterCount === 1 ? 1 : (options.starts ?? 50), options, (start, spend) =>
    startClasses(patterns, { clusterCount, maxIterations, random, spend }, start),
  );
  return finishClasses(rows, patterns, starts);
}
