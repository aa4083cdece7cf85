import { choleskyFactor } from "../models/gaussian-components.js";

/** Least share by which covariances between columns are shrunk, and what is added to each variance. */
const leastShrinkage = 0.05;
const ridge = 0.01;

/** Means and sums of products within each cluster. */
export interface ClusterMoments {
  readonly columnCount: number;
  readonly sizes: Int32Array;
  /** Shape (clusterCount, columnCount), row-major. */
  readonly means: Float64Array;
  /** Shape (clusterCount, columnCount, columnCount): lower triangles of the sums of products of deviations. */
  readonly products: Float64Array;
}

/** Means and products within clusters; rows labelled −1 are left out. O(nRows · nColumns²). */
export function measureMoments(
  rows: Float64Array,
  labels: Int32Array,
  { columnCount, clusterCount }: { readonly columnCount: number; readonly clusterCount: number },
): ClusterMoments {
  const sizes = new Int32Array(clusterCount);
  const means = new Float64Array(clusterCount * columnCount);
  const products = new Float64Array(clusterCount * columnCount ** 2);
  for (let i = 0; i < labels.length; i++) {
    const cluster = labels[i]!;
    if (cluster < 0) continue;
    sizes[cluster]!++;
    for (let j = 0; j < columnCount; j++) means[cluster * columnCount + j]! += rows[i * columnCount + j]!;
  }
  for (let at = 0; at < means.length; at++) means[at]! /= Math.max(1, sizes[Math.floor(at / columnCount)]!);
  const deviation = new Float64Array(columnCount);
  for (let i = 0; i < labels.length; i++) {
    const cluster = labels[i]!;
    if (cluster < 0) continue;
    for (let j = 0; j < columnCount; j++)
      deviation[j] = rows[i * columnCount + j]! - means[cluster * columnCount + j]!;
    let at = cluster * columnCount ** 2;
    for (let j = 0; j < columnCount; j++, at += columnCount)
      for (let l = 0; l <= j; l++) products[at + l]! += deviation[j]! * deviation[l]!;
  }
  return { columnCount, sizes, means, products };
}

/**
 * The direction along which two clusters part best: Fisher's linear discriminant from a shrunk covariance.
 *
 * Covariances between columns are shrunk by the share columns / rows, at least 5 %, so that few rows in many columns do
 * not dig a valley of their own. With hardly more rows than columns it is the line between the means.
 *
 * @see Fisher (1936), doi:10.1111/j.1469-1809.1936.tb02137.x
 */
export function findPartDirection(moments: ClusterMoments, a: number, b: number): Float64Array {
  const { columnCount, sizes, means } = moments;
  const between = Float64Array.from(
    { length: columnCount },
    (_, j) => means[b * columnCount + j]! - means[a * columnCount + j]!,
  );
  const rowCount = sizes[a]! + sizes[b]!;
  if (rowCount <= columnCount + 2) return between;
  return solve(shrunkCovariance(moments, a, b), between);
}

/** Pooled covariance within two clusters, shrunk and with a ridge; lower triangle, row-major. */
export function shrunkCovariance(
  { columnCount, sizes, products }: ClusterMoments,
  a: number,
  b: number,
): Float64Array {
  const rowCount = sizes[a]! + sizes[b]!;
  const kept = 1 - Math.min(1, Math.max(leastShrinkage, columnCount / rowCount));
  const size = columnCount ** 2;
  const covariance = new Float64Array(size);
  for (let j = 0; j < columnCount; j++) {
    for (let l = 0; l <= j; l++) {
      const at = j * columnCount + l;
      const pooled = (products[a * size + at]! + products[b * size + at]!) / (rowCount - 2);
      covariance[at] = j === l ? pooled + ridge : pooled * kept;
    }
  }
  return covariance;
}

/** Solves covariance · x = right by Cholesky; the ridge keeps every pivot above 0. */
function solve(covariance: Float64Array, right: Float64Array): Float64Array {
  const factor = choleskyFactor(covariance, right.length);
  const solution = Float64Array.from(right);
  solveLower(factor, solution);
  solveUpper(factor, solution);
  return solution;
}

/** Solves L · x = right in place, L a lower triangle. */
export function solveLower(factor: Float64Array, right: Float64Array): void {
  const size = right.length;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) right[i]! -= factor[i * size + j]! * right[j]!;
    right[i]! /= factor[i * size + i]!;
  }
}

/** Solves Lᵀ · x = right in place. */
export function solveUpper(factor: Float64Array, right: Float64Array): void {
  const size = right.length;
  for (let i = size - 1; i >= 0; i--) {
    for (let j = i + 1; j < size; j++) right[i]! -= factor[j * size + i]! * right[j]!;
    right[i]! /= factor[i * size + i]!;
  }
}
