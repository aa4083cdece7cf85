import { firstDistinctRows } from "../cluster/canonical-table.js";
import { toMixedTable } from "../cluster/mixed-table.js";
import type { Spend } from "../cluster/run-starts.js";
import { rowsOf } from "../core/matrix.js";
import type { Random } from "../core/random.js";
import { prototypeProblem } from "../distances/prototype-loss.js";
import { alternate, seedPrototypes } from "../distances/run-prototypes.js";
import { type Climb, climb, toleranceFor } from "./climb.js";
import { emptyComponents, type GaussianComponents } from "./gaussian-components.js";
import type { GaussianProblem } from "./gaussian-moments.js";
import { componentsFromLabels, gaussianClimber } from "./gaussian-step.js";

/** Where one start of a Gaussian mixture ended. */
export interface GaussianStart extends Climb {
  readonly components: GaussianComponents;
  /** Whether a component shrank onto too few rows or a flat, where likelihood has no limit. */
  readonly isDegenerate: boolean;
}

/** Iterations of k-means that a start begins with: to its end, or one only, by turns, so that starts differ. */
const kMeansIterations = [100, 1];

/** A variance below this many ridges was held up by the ridge alone. */
const flatRidges = 10;

/** Above this many rows, starts climb on a part of them first. */
const mostRowsAtOnce = 20_000;

/** Rows of that part. */
const partRows = 10_000;

/** What one start takes. */
export interface GaussianStartOptions {
  readonly clusterCount: number;
  readonly maxIterations: number;
  readonly start: number;
  readonly random: Random;
  readonly spend: Spend;
}

/**
 * One start: k-means, then EM to its end.
 *
 * @param part - The problem on the rows of {@link partOfProblem}, or the same problem.
 */
export function startGaussian(
  problem: GaussianProblem,
  part: GaussianProblem,
  options: GaussianStartOptions,
): GaussianStart {
  const components = startComponents(part, options);
  const { maxIterations, spend } = options;
  const climbOn = (rows: GaussianProblem) =>
    climb(gaussianClimber(rows, components, spend), {
      maxIterations,
      tolerance: toleranceFor(rows.matrix.rowCount),
    });
  if (part !== problem) climbOn(part);
  return { ...climbOn(problem), components, isDegenerate: isDegenerate(problem, components) };
}

/**
 * The problem on every so many-th row, where there are many rows: what is found there is near the end for all of them,
 * at a part of the cost. Rows must be in canonical order.
 */
export function partOfProblem(problem: GaussianProblem, clusterCount: number): GaussianProblem {
  const { rowCount } = problem.matrix;
  if (rowCount <= mostRowsAtOnce) return problem;
  const rows = Array.from({ length: partRows }, (_, i) => Math.floor((i * rowCount) / partRows));
  const matrix = rowsOf(problem.matrix, rows);
  const distinct = firstDistinctRows(toMixedTable(matrix), clusterCount).length;
  return distinct < clusterCount ? problem : { ...problem, matrix };
}

/** Components of the groups that k-means finds. */
function startComponents(
  problem: GaussianProblem,
  { clusterCount, start, random }: GaussianStartOptions,
): GaussianComponents {
  const { matrix, covariance } = problem;
  const rows = prototypeProblem(toMixedTable(matrix), 1);
  const seeds = seedPrototypes(rows, clusterCount, random.fork(start));
  const iterations = kMeansIterations[start % kMeansIterations.length]!;
  const { labels, prototypes } = alternate(rows, seeds, iterations);
  const components = emptyComponents(clusterCount, matrix.columnCount, covariance);
  components.means.set(prototypes.means);
  componentsFromLabels(problem, components, labels);
  return components;
}

/** With a shape of their own for few rows, components climb without limit; one that all share does not. */
function isDegenerate(
  { matrix, ridge, covariance }: GaussianProblem,
  components: GaussianComponents,
): boolean {
  const { count, columnCount, weights, whiteners } = components;
  const leastRows = covariance === "tied" ? 0 : columnCount + 1;
  for (let component = 0; component < count; component++) {
    if (weights[component]! * matrix.rowCount < leastRows) return true;
    for (let j = 0; j < columnCount; j++) {
      const pivot = whiteners[(component * columnCount + j) * columnCount + j]!;
      if (1 / pivot ** 2 < flatRidges * ridge[j]!) return true;
    }
  }
  return false;
}
