import { checkCount } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Matrix } from "../core/matrix.js";
import { sampleRows } from "../core/sample-rows.js";
import { squaredDistances, takeLabelledRows } from "./labelled-rows.js";

/** A mean silhouette, and how far it may be off where it was estimated from a sample. */
export interface SilhouetteEstimate {
  /** −1…1. */
  readonly value: number;
  /** Standard error of `value`; 0 where every row was used. */
  readonly standardError: number;
  /** Whether every row was used. */
  readonly exact: boolean;
  /** Rows whose silhouette was computed, each against all rows. */
  readonly rowsUsed: number;
}

/** Up to here every row is used. */
export const exactRows = 10_000;
/** Pairs of rows that an estimate may compare, unless `sample` says how many rows to draw. */
const pairBudget = 1e8;
const smallestSample = 200;

/**
 * Silhouette of each row: how much closer it is to its own cluster than to the next.
 *
 * Range −1…1, higher is better, unit-free; near 0 on a border, below 0 likely misplaced.
 * (b − a) / max(a, b), a = mean distance to the others of its cluster, b = smallest mean distance to another cluster.
 * A row alone in its cluster, or at distance 0 from both, counts 0; a row labelled −1 gets NaN and is left out of all others'.
 * Time O(nRows² · nColumns), memory O(nRows).
 *
 * @param matrix - Shape (nRows, nColumns); scale columns first. No missing values.
 * @param labels - Shape (nRows,), 0…clusterCount − 1, −1 for none.
 * @returns Shape (nRows,).
 * @throws InputError if there are fewer than 2 clusters, a number is unused, lengths differ, or a value is not finite.
 * @see Rousseeuw (1987), doi:10.1016/0377-0427(87)90125-7. Checked against scikit-learn in test/reference/indices.json.
 */
export function silhouetteSamples(matrix: Matrix, labels: ArrayLike<number>): Float64Array {
  const labelled = takeLabelledRows("silhouetteSamples", matrix, labels);
  const rows = Array.from({ length: labelled.matrix.rowCount }, (_, i) => i);
  const [values] = silhouettesOf(labelled.matrix, [labelled.labels], rows);
  if (labelled.matrix === matrix) return values!;
  let next = 0;
  return Float64Array.from(labels, (label) => (label < 0 ? Number.NaN : values![next++]!));
}

/**
 * Mean silhouette of a grouping: how much closer rows are to their own cluster than to the next.
 *
 * Range −1…1, higher is better. Exact up to 10,000 rows; above that the mean over rows drawn with the seed, each
 * compared with all rows, so unbiased, with its standard error. Time O(rows used · nRows · nColumns).
 *
 * @param matrix - Shape (nRows, nColumns); scale columns first. No missing values.
 * @param labels - Shape (nRows,), 0…clusterCount − 1; rows labelled −1 are left out.
 * @param options - `seed` of the sample; `sample`: rows to draw, if not given as many as 10^8 comparisons allow, at least 200.
 * @throws InputError as {@link silhouetteSamples}.
 * @see Rousseeuw (1987), doi:10.1016/0377-0427(87)90125-7. Checked against scikit-learn in test/reference/indices.json.
 * @example
 * meanSilhouette(matrixOf({ x: [0, 1, 10, 11] }), [0, 0, 1, 1], { seed: 1 }).value // => 0.89975 (to 5 decimals)
 */
export function meanSilhouette(
  matrix: Matrix,
  labels: ArrayLike<number>,
  options: { readonly seed: number; readonly sample?: number },
): SilhouetteEstimate {
  const labelled = takeLabelledRows("meanSilhouette", matrix, labels);
  return meanSilhouettes(labelled.matrix, [labelled.labels], options)[0]!;
}

/** {@link meanSilhouette} of several groupings of the same rows, on the same sample; distances are computed once. */
export function meanSilhouettes(
  matrix: Matrix,
  labelings: readonly Int32Array[],
  options: { readonly seed: number; readonly sample?: number },
): readonly SilhouetteEstimate[] {
  const { rowCount } = matrix;
  const affordable = Math.max(smallestSample, Math.floor(pairBudget / rowCount));
  const wanted = options.sample ?? (rowCount <= exactRows ? rowCount : affordable);
  checkCount("meanSilhouette", "sample", wanted, 2);
  const rows = sampleRows(rowCount, Math.min(wanted, rowCount), options.seed);
  return silhouettesOf(matrix, labelings, rows).map((values) => estimateMean(values, rowCount));
}

function estimateMean(values: Float64Array, rowCount: number): SilhouetteEstimate {
  const rowsUsed = values.length;
  const value = values.reduce((sum, s) => sum + s, 0) / rowsUsed;
  if (rowsUsed === rowCount) return { value, standardError: 0, exact: true, rowsUsed };
  const variance = values.reduce((sum, s) => sum + (s - value) ** 2, 0) / (rowsUsed - 1);
  const unseen = 1 - rowsUsed / rowCount;
  return { value, standardError: Math.sqrt((variance / rowsUsed) * unseen), exact: false, rowsUsed };
}

/** Silhouettes of the given rows under each labelling: one array per labelling. */
function silhouettesOf(
  matrix: Matrix,
  labelings: readonly Int32Array[],
  rows: ArrayLike<number>,
): Float64Array[] {
  const { rowCount } = matrix;
  const squared = squaredDistances(matrix, matrix);
  const distances = new Float64Array(rowCount);
  const sizes = labelings.map(countLabels);
  const results = labelings.map(() => new Float64Array(rows.length));
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    for (let i = 0; i < rowCount; i++) distances[i] = Math.sqrt(squared(row, i));
    labelings.forEach((labels, which) => {
      const sums = sumByLabel(distances, labels, sizes[which]!.length);
      results[which]![at] = silhouetteFrom(sums, sizes[which]!, labels[row]!);
    });
  }
  return results;
}

function silhouetteFrom(sums: Float64Array, sizes: readonly number[], own: number): number {
  if (sizes[own] === 1) return 0;
  const within = sums[own]! / (sizes[own]! - 1);
  let between = Infinity;
  for (let cluster = 0; cluster < sums.length; cluster++)
    if (cluster !== own) between = Math.min(between, sums[cluster]! / sizes[cluster]!);
  const larger = Math.max(within, between);
  return larger === 0 ? 0 : (between - within) / larger;
}

function sumByLabel(distances: Float64Array, labels: Int32Array, clusterCount: number): Float64Array {
  const sums = new Float64Array(clusterCount);
  for (let i = 0; i < distances.length; i++) sums[labels[i]!]! += distances[i]!;
  return sums;
}

function countLabels(labels: Int32Array): number[] {
  const sizes: number[] = [];
  for (const label of labels) {
    while (sizes.length <= label) sizes.push(0);
    sizes[label]!++;
  }
  if (sizes.length < 2) throw new InputError("meanSilhouette: labels must name at least 2 clusters, got 1");
  return sizes;
}
