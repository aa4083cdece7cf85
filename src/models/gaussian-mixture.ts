import { sortCanonically } from "../cluster/canonical-table.js";
import { checkClusterOptions, checkDistinctCount } from "../cluster/check-cluster-options.js";
import { checkMagnitude } from "../cluster/check-table.js";
import { toMixedTable } from "../cluster/mixed-table.js";
import { runStarts } from "../cluster/run-starts.js";
import { checkChoice } from "../core/check.js";
import type { Matrix } from "../core/matrix.js";
import { createRandom } from "../core/random.js";
import type { GaussianMixtureFit, GaussianMixtureOptions } from "./gaussian-fit.js";
import { finishGaussian } from "./gaussian-result.js";
import { partOfProblem, startGaussian } from "./gaussian-start.js";

export type { CovarianceName, GaussianMixtureFit, GaussianMixtureOptions } from "./gaussian-fit.js";

/**
 * Describes the rows as a mixture of normal distributions and gives each row its probability of belonging to each
 * (Gaussian mixture by EM). Pick it where groups overlap, are longer in one direction than in another or of unequal
 * spread, or where a count shall be chosen by BIC, which may say 1.
 *
 * Each start begins at a k-means solution and ends where at most a thousandth in log-likelihood, or a millionth per
 * row, seems left to gain. Above 20,000 rows it climbs on 10,000 of them first, evenly taken, and then on all: a group of
 * a few in ten thousand may need more starts. A millionth of each column's variance is added to every variance, so that
 * columns that repeat or add up to one another do no harm; a component that shrinks onto fewer rows than columns plus
 * one, or onto a flat, is degenerate: such starts are kept only if all are. Independent of row order. Time
 * O(starts · iterations · nRows · clusterCount · nColumns²), without the square for spherical and diagonal; memory
 * O(nRows · (nColumns + clusterCount)).
 *
 * @param matrix - Shape (nRows, nColumns). Scale columns first: starts are by k-means. No missing values.
 * @returns The likeliest start's solution.
 * @throws InputError if a value is not finite, clusterCount exceeds the number of different rows, or an option is out of
 * its range.
 * @see Dempster, Laird & Rubin (1977); Biernacki, Celeux & Govaert (2000), doi:10.1109/34.865189 for ICL. Checked against
 * scikit-learn in test/reference/gaussian.json.
 * @example
 * fitGaussianMixture(matrixOf({ x: [0, 1, 2, 50, 51, 52, 53] }), { clusterCount: 2, seed: 1 }).sizes // => [4, 3]
 */
export function fitGaussianMixture(matrix: Matrix, options: GaussianMixtureOptions): GaussianMixtureFit {
  const { clusterCount, covariance = "full" } = options;
  checkClusterOptions("fitGaussianMixture", matrix.rowCount, options);
  checkMagnitude("fitGaussianMixture", matrix);
  checkChoice("fitGaussianMixture", "covariance", covariance, ["spherical", "diagonal", "tied", "full"]);
  const rows = sortCanonically(toMixedTable(matrix));
  checkDistinctCount("fitGaussianMixture", clusterCount, rows.distinctRowCount);
  const { ridge, constants } = findRidge(rows.table.numbers);
  const problem = { matrix: rows.table.numbers, covariance, ridge };
  const part = partOfProblem(problem, clusterCount);
  const random = createRandom(options.seed);
  const maxIterations = options.maxIterations ?? 1000;
  const starts = runStarts(clusterCount === 1 ? 1 : (options.starts ?? 10), options, (start, spend) =>
    startGaussian(problem, part, { clusterCount, maxIterations, start, random, spend }),
  );
  return finishGaussian(rows, problem, { starts, constants });
}

/** Below it a variance has no inverse that a double can hold: the column counts as constant. */
const leastVariance = 1e-200;

/** A millionth of each column's variance; of the mean variance, or 1, for a constant column. */
function findRidge({ values, rowCount, columnCount, columns }: Matrix): {
  readonly ridge: Float64Array;
  readonly constants: readonly string[];
} {
  const variances = new Float64Array(columnCount);
  for (let j = 0; j < columnCount; j++) {
    let mean = 0;
    for (let i = 0; i < rowCount; i++) mean += values[i * columnCount + j]! / rowCount;
    for (let i = 0; i < rowCount; i++) variances[j]! += (values[i * columnCount + j]! - mean) ** 2 / rowCount;
    if (variances[j]! < leastVariance) variances[j] = 0;
  }
  const typical = variances.reduce((sum, variance) => sum + variance, 0) / columnCount || 1;
  return {
    ridge: variances.map((variance) => 1e-6 * (variance || typical)),
    constants: columns.filter((_, j) => variances[j] === 0),
  };
}
