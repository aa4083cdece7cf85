import type { Spend } from "../cluster/run-starts.js";
import { type Climber, joinParameters } from "./climb.js";
import { choleskyFactor, type GaussianComponents, prepareComponents } from "./gaussian-components.js";
import { addTile, emptyMoments, type GaussianProblem, updateComponents } from "./gaussian-moments.js";
import {
  fillDifferences,
  fillLogDensities,
  openTile,
  tileRows,
  toTileProbabilities,
} from "./gaussian-tile.js";

/** Components as EM climbs with them: weights, means, covariances. */
export function gaussianClimber(
  problem: GaussianProblem,
  components: GaussianComponents,
  spend: Spend,
): Climber {
  const { weights, means, covariances } = components;
  return {
    step: openGaussianStep(problem, components, spend),
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
function openGaussianStep(
  problem: GaussianProblem,
  components: GaussianComponents,
  spend: Spend,
): () => number {
  const { matrix } = problem;
  const tile = openTile(components);
  return () => {
    const moments = emptyMoments(components);
    let logLikelihood = 0;
    for (let row = 0; row < matrix.rowCount; row += tileRows) {
      fillDifferences(tile, components, { matrix, row });
      fillLogDensities(tile, components);
      logLikelihood += toTileProbabilities(tile, matrix.rowCount - row);
      addTile(moments, components, tile);
      spend(tileRows * components.count);
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
  const { matrix } = problem;
  const tile = openTile(components);
  const moments = emptyMoments(components);
  for (let row = 0; row < matrix.rowCount; row += tileRows) {
    fillDifferences(tile, components, { matrix, row });
    tile.chances.fill(0);
    for (let lane = 0; lane < tileRows && row + lane < matrix.rowCount; lane++)
      tile.chances[labels[row + lane]! * tileRows + lane] = 1;
    addTile(moments, components, tile);
  }
  updateComponents(problem, components, moments);
}
