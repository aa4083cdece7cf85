import type { Matrix } from "../core/matrix.js";
import {
  type DensityScratch,
  fillLogDensities,
  type GaussianComponents,
  prepareComponents,
} from "./gaussian-components.js";
import type { CovarianceName } from "./gaussian-fit.js";
import { toProbabilities } from "./posterior.js";

/** What the components are fitted to. */
export interface GaussianProblem {
  readonly matrix: Matrix;
  readonly covariance: CovarianceName;
  /** Shape (nColumns,): what is added to every variance, a millionth of the column's own. */
  readonly ridge: Float64Array;
}

/** A component with less than this many rows, summed over probabilities, keeps its place. */
const leastRows = 1e-9;

/** Sums over rows of probabilities, and of differences from the means weighted by them. */
interface Moments {
  readonly rows: Float64Array;
  readonly shifts: Float64Array;
  /** Shape (count, columnCount²), lower triangles. */
  readonly scatters: Float64Array;
}

/**
 * One iteration of EM in a single pass: probabilities of every row and the sums that the next components need, taken
 * around the present means, so that nothing is stored per row.
 *
 * @returns The log-likelihood before the step.
 */
export function openGaussianStep(problem: GaussianProblem, components: GaussianComponents): () => number {
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

function emptyMoments({ count, columnCount }: GaussianComponents): Moments {
  return {
    rows: new Float64Array(count),
    shifts: new Float64Array(count * columnCount),
    scatters: new Float64Array(count * columnCount ** 2),
  };
}

function addRow(
  { rows, shifts, scatters }: Moments,
  { count, columnCount, isDiagonal }: GaussianComponents,
  { probabilities, scratch }: { readonly probabilities: Float64Array; readonly scratch: DensityScratch },
): void {
  const { differences } = scratch;
  for (let component = 0; component < count; component++) {
    const probability = probabilities[component]!;
    // Far components add nothing that would not be rounded away, and most components of most rows are far.
    if (probability < 1e-18) continue;
    rows[component]! += probability;
    const begin = component * columnCount;
    for (let i = 0; i < columnCount; i++) {
      const weighted = probability * differences[begin + i]!;
      shifts[begin + i]! += weighted;
      const line = (begin + i) * columnCount;
      for (let j = isDiagonal ? i : 0; j <= i; j++) scatters[line + j]! += weighted * differences[begin + j]!;
    }
  }
}

function updateComponents(problem: GaussianProblem, components: GaussianComponents, moments: Moments): void {
  const { count, columnCount, weights, means, covariances } = components;
  const { rows, shifts, scatters } = moments;
  const size = columnCount ** 2;
  const total = rows.reduce((sum, count) => sum + count, 0);
  for (let component = 0; component < count; component++) {
    weights[component] = rows[component]! / total;
    if (rows[component]! < leastRows) continue;
    const begin = component * columnCount;
    for (let i = 0; i < columnCount; i++) {
      const line = begin * columnCount + i * columnCount;
      for (let j = 0; j <= i; j++)
        scatters[line + j]! -= (shifts[begin + i]! * shifts[begin + j]!) / rows[component]!;
    }
    for (let j = 0; j < columnCount; j++) means[begin + j]! += shifts[begin + j]! / rows[component]!;
    if (problem.covariance === "tied") continue;
    const own = scatters.subarray(component * size, (component + 1) * size);
    writeCovariance(covariances.subarray(component * size, (component + 1) * size), problem, {
      scatter: own,
      rows: rows[component]!,
    });
  }
  if (problem.covariance === "tied") tieCovariances(problem, components, { ...moments, total });
  prepareComponents(components);
}

function tieCovariances(
  problem: GaussianProblem,
  { columnCount, covariances }: GaussianComponents,
  { scatters, total }: Moments & { readonly total: number },
): void {
  const size = columnCount ** 2;
  const shared = new Float64Array(size);
  for (let at = 0; at < scatters.length; at++) shared[at % size]! += scatters[at]!;
  writeCovariance(covariances.subarray(0, size), problem, { scatter: shared, rows: total });
  for (let at = size; at < covariances.length; at += size) covariances.copyWithin(at, 0, size);
}

/** Scatter by rows, with the ridge on the diagonal; for a ball the mean variance of all columns. */
function writeCovariance(
  target: Float64Array,
  { covariance, ridge }: GaussianProblem,
  { scatter, rows }: { readonly scatter: Float64Array; readonly rows: number },
): void {
  const columnCount = ridge.length;
  for (let at = 0; at < target.length; at++) target[at] = scatter[at]! / rows;
  let variance = 0;
  for (let j = 0; j < columnCount; j++) {
    const diagonal = j * columnCount + j;
    // Rounding may leave a variance of 0 a hair below it.
    target[diagonal] = Math.max(0, target[diagonal]!) + ridge[j]!;
    variance += target[diagonal]! / columnCount;
  }
  if (covariance !== "spherical") return;
  for (let j = 0; j < columnCount; j++) target[j * columnCount + j] = variance;
}
