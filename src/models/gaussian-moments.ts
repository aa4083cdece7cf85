import type { Matrix } from "../core/matrix.js";
import { type GaussianComponents, prepareComponents } from "./gaussian-components.js";
import type { CovarianceName } from "./gaussian-fit.js";
import { type GaussianTile, tileRows } from "./gaussian-tile.js";

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
export interface Moments {
  readonly rows: Float64Array;
  readonly shifts: Float64Array;
  /** Shape (count, columnCount²), lower triangles. */
  readonly scatters: Float64Array;
}

export function emptyMoments({ count, columnCount }: GaussianComponents): Moments {
  return {
    rows: new Float64Array(count),
    shifts: new Float64Array(count * columnCount),
    scatters: new Float64Array(count * columnCount ** 2),
  };
}

/** Adds the rows of a tile by their probabilities and their differences from the means. */
export function addTile(
  { rows, shifts, scatters }: Moments,
  { count, columnCount, isDiagonal }: GaussianComponents,
  { differences, chances }: GaussianTile,
): void {
  for (let component = 0; component < count; component++) {
    const first = chances[component * tileRows]!;
    const second = chances[component * tileRows + 1]!;
    const third = chances[component * tileRows + 2]!;
    const fourth = chances[component * tileRows + 3]!;
    const sum = first + second + third + fourth;
    // Most components are far from most rows.
    if (sum === 0) continue;
    rows[component]! += sum;
    const begin = component * columnCount;
    for (let i = 0; i < columnCount; i++) {
      const own = (begin + i) * tileRows;
      const one = first * differences[own]!;
      const two = second * differences[own + 1]!;
      const three = third * differences[own + 2]!;
      const four = fourth * differences[own + 3]!;
      shifts[begin + i]! += one + two + three + four;
      const line = (begin + i) * columnCount;
      for (let j = isDiagonal ? i : 0; j <= i; j++) {
        const at = (begin + j) * tileRows;
        scatters[line + j]! +=
          one * differences[at]! +
          two * differences[at + 1]! +
          three * differences[at + 2]! +
          four * differences[at + 3]!;
      }
    }
  }
}

/** Makes the components that the moments call for. */
export function updateComponents(
  problem: GaussianProblem,
  components: GaussianComponents,
  moments: Moments,
): void {
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
