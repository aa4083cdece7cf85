import { checkChoice } from "../core/check.js";
import type { Matrix } from "../core/matrix.js";
import { createRandom } from "../core/random.js";
import { restoreOrder } from "./canonical-order.js";
import { type CanonicalTable, sortCanonically } from "./canonical-table.js";
import { checkClusterOptions, checkDistinctCount } from "./check-cluster-options.js";
import { checkMagnitude } from "./check-table.js";
import { toleranceFor } from "./climb.js";
import { describeHits } from "./cluster-fit.js";
import { fillLogDensities, type GaussianComponents, reorderComponents } from "./gaussian-components.js";
import type { CovarianceName, GaussianMixtureFit, GaussianMixtureOptions } from "./gaussian-fit.js";
import { type GaussianStart, startGaussian } from "./gaussian-start.js";
import type { GaussianProblem } from "./gaussian-step.js";
import { toMixedTable } from "./mixed-table.js";
import { describeEmpty, hitMargins } from "./model-fit.js";
import { settleNumbers } from "./number-clusters.js";
import { type Placement, placeRows, restoreRows } from "./posterior.js";

export type { CovarianceName, GaussianMixtureFit, GaussianMixtureOptions } from "./gaussian-fit.js";

/**
 * Describes the rows as a mixture of normal distributions and gives each row its probability of belonging to each
 * (Gaussian mixture by EM). Pick it where groups overlap, are longer in one direction than in another or of unequal
 * spread, or where a count shall be chosen by BIC, which may say 1.
 *
 * Each start begins at a k-means solution and ends where at most a thousandth in log-likelihood, or a
 * millionth per row, seems left to gain. A
 * millionth of each column's variance is added to every variance; a component that shrinks onto fewer rows than
 * columns plus one, or onto a flat, is degenerate: such starts are kept only if all are. Independent of row order. Time
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
  const random = createRandom(options.seed);
  const maxIterations = options.maxIterations ?? 1000;
  const starts = Array.from({ length: clusterCount === 1 ? 1 : (options.starts ?? 10) }, (_, start) =>
    startGaussian(problem, { clusterCount, maxIterations, start, random }),
  );
  return finishGaussian(rows, problem, { starts, constants });
}

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
  }
  const typical = variances.reduce((sum, variance) => sum + variance, 0) / columnCount || 1;
  return {
    ridge: variances.map((variance) => 1e-6 * (variance || typical)),
    constants: columns.filter((_, j) => variances[j] === 0),
  };
}

function finishGaussian(
  rows: CanonicalTable,
  problem: GaussianProblem,
  search: { readonly starts: readonly GaussianStart[]; readonly constants: readonly string[] },
): GaussianMixtureFit {
  const { starts } = search;
  const sound = starts.filter(({ isDegenerate }) => !isDegenerate);
  let best = (sound.length > 0 ? sound : starts)[0]!;
  for (const start of sound.length > 0 ? sound : starts)
    if (start.logLikelihood > best.logLikelihood) best = start;
  const { matrix, covariance } = problem;
  const clusterCount = best.components.count;
  const { order, sizes } = settleNumbers(
    clusterCount,
    (places) => placeInMixture(matrix, reorderComponents(best.components, places)).labels,
  );
  const components = reorderComponents(best.components, order);
  const placed = placeInMixture(matrix, components);
  const parameterCount = countParameters(covariance, clusterCount, matrix.columnCount);
  const bic = parameterCount * Math.log(matrix.rowCount) - 2 * placed.logLikelihood;
  const hits = (sound.length > 0 ? sound : starts).filter(
    ({ logLikelihood }) => logLikelihood >= best.logLikelihood - hitMargins * toleranceFor(matrix.rowCount),
  ).length;
  return {
    method: "gaussian-mixture",
    covariance,
    clusterCount,
    labels: restoreOrder(placed.labels, rows.order),
    sizes,
    probabilities: restoreRows(placed.probabilities, rows.order),
    ...describeComponents(components),
    logLikelihood: placed.logLikelihood,
    objective: -placed.logLikelihood,
    parameterCount,
    bic,
    icl: bic + 2 * placed.entropy,
    iterations: best.iterations,
    converged: best.converged,
    starts: starts.length,
    hitRate: hits / starts.length,
    notes: [
      ...describeSearch(best, sound.length, search),
      ...describeEmpty(sizes),
      ...describeHits(hits, starts.length),
    ],
  };
}

/** Every row's probabilities under components. O(nRows · count · nColumns²). */
export function placeInMixture(matrix: Matrix, components: GaussianComponents): Placement {
  const { count, columnCount } = components;
  const scratch = { differences: new Float64Array(count * columnCount) };
  return placeRows(matrix.rowCount, count, (target, row) =>
    fillLogDensities(target, components, { values: matrix.values, row, scratch }),
  );
}

function countParameters(covariance: CovarianceName, clusterCount: number, columnCount: number): number {
  const ellipse = (columnCount * (columnCount + 1)) / 2;
  const shapes = {
    spherical: clusterCount,
    diagonal: clusterCount * columnCount,
    tied: ellipse,
    full: clusterCount * ellipse,
  };
  return clusterCount - 1 + clusterCount * columnCount + shapes[covariance];
}

/** Weights, means and whole covariances, as a reader wants them. */
function describeComponents(
  components: GaussianComponents,
): Pick<GaussianMixtureFit, "weights" | "means" | "covariances"> {
  const { count, columnCount, weights, means, covariances, isDiagonal } = components;
  const clusters = Array.from({ length: count }, (_, component) => component);
  const columns = Array.from({ length: columnCount }, (_, j) => j);
  const entry = (component: number, i: number, j: number) =>
    isDiagonal && i !== j
      ? 0
      : covariances[(component * columnCount + Math.max(i, j)) * columnCount + Math.min(i, j)]!;
  return {
    weights: [...weights],
    means: clusters.map((component) => columns.map((j) => means[component * columnCount + j]!)),
    covariances: clusters.map((component) => columns.map((i) => columns.map((j) => entry(component, i, j)))),
  };
}

function describeSearch(
  best: GaussianStart,
  sound: number,
  search: { readonly starts: readonly GaussianStart[]; readonly constants: readonly string[] },
): string[] {
  const notes: string[] = [];
  for (const name of search.constants)
    notes.push(`Column "${name}" is constant: it tells clusters nothing and only lifts the likelihood.`);
  if (sound === 0)
    notes.push(
      "Every start ended with a component on too few rows or on a flat: likelihood, BIC and ICL mean little; take fewer clusters or a simpler covariance.",
    );
  else if (sound < search.starts.length)
    notes.push(
      `${search.starts.length - sound} of ${search.starts.length} starts were left out: a component shrank onto too few rows or onto a flat.`,
    );
  if (!best.converged)
    notes.push(
      `The best start was stopped after ${best.iterations} iterations, while its likelihood still rose.`,
    );
  return notes;
}
