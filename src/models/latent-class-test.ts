import { bootstrapRatio, type LikelihoodRatioTest } from "../cluster/bootstrap-ratio.js";
import { sortCanonically } from "../cluster/canonical-table.js";
import { checkClusterOptions, checkOneMore } from "../cluster/check-cluster-options.js";
import type { ClusterOptions } from "../cluster/cluster-fit.js";
import type { MixedTable } from "../cluster/mixed-table.js";
import { checkCount } from "../core/check.js";
import type { Matrix } from "../core/matrix.js";
import { createRandom } from "../core/random.js";
import { findPatterns } from "./answer-patterns.js";
import { toleranceFor } from "./climb.js";
import { fitNestedClasses } from "./nested-classes.js";
import { simulateClasses } from "./simulate-classes.js";
import { checkAnswers, toItems } from "./survey-items.js";

export type { LikelihoodRatioTest } from "../cluster/bootstrap-ratio.js";

export interface LatentClassTestOptions extends ClusterOptions {
  /** The count to test against one more. */
  readonly clusterCount: number;
  /** Samples to draw from the fitted classes; 199 if not given. */
  readonly resamples?: number;
  /** Random starts of either fit to a sample, of which the likeliest five climb to their end; 20 if not given. */
  readonly starts?: number;
  /** Random starts of either fit to the data; 200 if not given. */
  readonly dataStarts?: number;
  /** Limit for one start; 2,000 if not given. */
  readonly maxIterations?: number;
}

/** Starts on a sample that go on to their end. */
const finishers = 5;

/**
 * Tests a number of latent classes against one more: is what the additional class gains in likelihood more than it would
 * gain in answers that so many classes made (bootstrap likelihood-ratio test)? The usual chi-square distribution does
 * not hold here.
 *
 * Samples are drawn from the fitted classes, as many rows, with the same answers missing, and both counts are fitted to
 * each. LOW p-values speak for one more class; test 1, 2, 3 … until one is high. A fit of the tested count that misses
 * its best solution would make the statistic too high, one that misses the best with one more class too low: the data
 * get `dataStarts`, the samples begin at the classes that drew them too, and one more class begins at every split of
 * the best smaller solution as well. Independent of row order. Time: that of (2 · dataStarts + 2 · resamples · starts)
 * starts of `fitLatentClass`, some twenty seconds for 300 rows of six items; `onProgress` counts the data and the samples.
 *
 * @param table - As for `fitLatentClass`: shape (nRows, nItems), words or whole numbers, some missing.
 * @returns Statistic, p-value with its Monte Carlo error, and the statistics of the samples.
 * @throws InputError where `fitLatentClass` would, or if there are no more different rows than clusterCount.
 * @see McLachlan (1987), doi:10.2307/2347790; Nylund, Asparouhov & Muthén (2007), doi:10.1080/10705510701575396. Checked
 * against test/reference/latent-class-surveys.json.
 * @example
 * const answers = matrixOf({ p: [1, 1, 1, 2, 2, 2], q: [1, 1, 1, 2, 2, 2], r: [1, 1, 1, 2, 2, 2] });
 * latentClassTest(answers, { clusterCount: 1, seed: 1, resamples: 99 }).exceedances // => 0
 */
export function latentClassTest(
  table: Matrix | MixedTable,
  options: LatentClassTestOptions,
): LikelihoodRatioTest {
  const given = toItems("latentClassTest", table);
  const { clusterCount, resamples = 199, starts = 20, dataStarts = 200, maxIterations = 2000 } = options;
  checkClusterOptions("latentClassTest", given.rowCount, options);
  checkCount("latentClassTest", "resamples", resamples, 1, 1_000_000);
  checkCount("latentClassTest", "dataStarts", dataStarts, 1, 1_000_000);
  checkAnswers("latentClassTest", given);
  const rows = sortCanonically(given);
  checkOneMore("latentClassTest", clusterCount, rows.distinctRowCount);
  const patterns = findPatterns(rows.table.categories, given.rowCount);
  const random = createRandom(options.seed);
  const search = { clusterCount, maxIterations };
  return bootstrapRatio(
    { clusterCount, resamples, tolerance: 4 * toleranceFor(given.rowCount), onProgress: options.onProgress },
    (spend) => fitNestedClasses(patterns, { ...search, starts: dataStarts, random: random.fork(0), spend }),
    ({ classes }, sample, spend) => {
      const own = random.fork(1 + sample);
      const drawn = simulateClasses(rows.table, classes, own);
      return fitNestedClasses(drawn, { ...search, starts, finishers, random: own, spend, known: classes });
    },
  );
}
