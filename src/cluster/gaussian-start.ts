import type { Random } from "../core/random.js";
import { type Climb, climb, toleranceFor } from "./climb.js";
import { emptyComponents, type GaussianComponents } from "./gaussian-components.js";
import type { GaussianProblem } from "./gaussian-moments.js";
import { componentsFromLabels, gaussianClimber } from "./gaussian-step.js";
import { toMixedTable } from "./mixed-table.js";
import { type PrototypeProblem, prototypeProblem } from "./prototype-loss.js";
import { alternate, seedPrototypes } from "./run-prototypes.js";

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

/** One start: k-means, then EM to its end. */
export function startGaussian(
  problem: GaussianProblem,
  options: {
    readonly clusterCount: number;
    readonly maxIterations: number;
    readonly start: number;
    readonly random: Random;
  },
): GaussianStart {
  const { matrix, covariance } = problem;
  const { clusterCount } = options;
  const rows: PrototypeProblem = prototypeProblem(toMixedTable(matrix), 1);
  const seeds = seedPrototypes(rows, clusterCount, options.random.fork(options.start));
  const iterations = kMeansIterations[options.start % kMeansIterations.length]!;
  const { labels, prototypes } = alternate(rows, seeds, iterations);
  const components = emptyComponents(clusterCount, matrix.columnCount, covariance);
  components.means.set(prototypes.means);
  componentsFromLabels(problem, components, labels);
  const end = climb(gaussianClimber(problem, components), {
    ...options,
    tolerance: toleranceFor(matrix.rowCount),
  });
  return { ...end, components, isDegenerate: isDegenerate(problem, components) };
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
