import { type Climber, joinParameters } from "./climb.js";
import {
  choleskyFactor,
  fillLogDensities,
  type GaussianComponents,
  prepareComponents,
} from "./gaussian-components.js";
import { addRow, emptyMoments, type GaussianProblem, updateComponents } from "./gaussian-moments.js";
import { toProbabilities } from "./posterior.js";

/** Components as EM climbs with them: weights, means, covariances. */
export function gaussianClimber(problem: GaussianProblem, components: GaussianComponents): Climber {
  const { weights, means, covariances } = components;
  return {
    step: openGaussianStep(problem, components),
    read: () => joinParameters([weights, means, covariances]),
    write(parameters) {
      const covariancesBegin = weights.length + means.length;
      if (parameters.subarray(0, weights.length).some((weight) => weight < 0)) return false;
      if (!areCovariances(parameters.subarray(covariancesBegin), problem.ridge)) return false;
      weights.set(parameters.subarray(0, weights.length));
      means.set(parameters.subarray(weights.length, covariancesBegin));
      covariances.set(parameters.subarray(covariancesBegin));
      prepareComponents(components);
      return true;
    },
  };
}

/** Whether every matrix is a covariance, with variance above the ridge in every direction that Cholesky looks at. */
function areCovariances(matrices: Float64Array, ridge: Float64Array): boolean {
  const size = ridge.length ** 2;
  for (let at = 0; at < matrices.length; at += size) {
    const factor = choleskyFactor(matrices.subarray(at, at + size), ridge.length);
    for (let j = 0; j < ridge.length; j++)
      if (!(factor[j * ridge.length + j]! ** 2 >= ridge[j]!)) return false;
  }
  return true;
}

/**
 * One iteration of EM in a single pass: probabilities of every row and the sums that the next components need, taken
 * around the present means, so that nothing is stored per row.
 *
 * @returns The log-likelihood before the step.
 */
function openGaussianStep(problem: GaussianProblem, components: GaussianComponents): () => number {
  const { matrix } = problem;
  const { count, columnCount } = components;
  const scratch = { differences: new Float64Array(count * columnCount) };
  const probabilities = new Float64Array(count);
  return () => {
    const moments = emptyMoments(components);
    let logLikelihood = 0;
    for (let row = 0; row < matrix.rowCount; row++) {
      fillLogDensities(probabilities, components, { values: matrix.values, row, scratch });
      logLikelihood += toProbabilities(probabilities);
      addRow(moments, components, { probabilities, scratch });
    }
    updateComponents(problem, components, moments);
    return logLikelihood;
  };
}

/** Makes components of a hard grouping. Their means must be those of the groups already. */
export function componentsFromLabels(
  problem: GaussianProblem,
  components: GaussianComponents,
  labels: Int32Array,
): void {
  const { count, columnCount, means } = components;
  const scratch = { differences: new Float64Array(count * columnCount) };
  const moments = emptyMoments(components);
  const probabilities = new Float64Array(count);
  labels.forEach((label, row) => {
    probabilities.fill(0);
    probabilities[label] = 1;
    for (let j = 0; j < columnCount; j++)
      scratch.differences[label * columnCount + j] =
        problem.matrix.values[row * columnCount + j]! - means[label * columnCount + j]!;
    addRow(moments, components, { probabilities, scratch });
  });
  updateComponents(problem, components, moments);
}
