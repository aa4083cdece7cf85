import type { CovarianceName } from "./gaussian-fit.js";

/** Normal distributions laid out for speed. */
export interface GaussianComponents {
  readonly count: number;
  readonly columnCount: number;
  /** Covariances without mixed terms: only diagonals are kept and used. */
  readonly isDiagonal: boolean;
  readonly weights: Float64Array;
  readonly means: Float64Array;
  /** Shape (count, columnCount²), lower triangles. */
  readonly covariances: Float64Array;
  /** Inverse of each covariance's Cholesky factor, lower triangles: it turns the component into a unit ball. */
  readonly whiteners: Float64Array;
  /** ln(weight) − ½ · ln det(2π · covariance). */
  readonly logScales: Float64Array;
}

export function emptyComponents(
  count: number,
  columnCount: number,
  covariance: CovarianceName,
): GaussianComponents {
  return {
    count,
    columnCount,
    isDiagonal: covariance === "diagonal" || covariance === "spherical",
    weights: new Float64Array(count),
    means: new Float64Array(count * columnCount),
    covariances: new Float64Array(count * columnCount ** 2),
    whiteners: new Float64Array(count * columnCount ** 2),
    logScales: new Float64Array(count),
  };
}

/** Brings the whiteners and scales of all components up to date with their weights and covariances. */
export function prepareComponents(components: GaussianComponents): void {
  const { count, columnCount, weights, covariances, whiteners, logScales } = components;
  const size = columnCount ** 2;
  for (let component = 0; component < count; component++) {
    const whitener = whiteners.subarray(component * size, (component + 1) * size);
    const logRoot = invertFactor(
      covariances.subarray(component * size, (component + 1) * size),
      whitener,
      columnCount,
    );
    logScales[component] =
      Math.log(weights[component]!) - logRoot - (columnCount / 2) * Math.log(2 * Math.PI);
  }
}

/**
 * Writes the inverse of the Cholesky factor of a covariance, lower triangles.
 *
 * @returns Half the logarithm of the determinant.
 */
function invertFactor(covariance: Float64Array, whitener: Float64Array, columnCount: number): number {
  const factor = choleskyFactor(covariance, columnCount);
  let logRoot = 0;
  for (let i = 0; i < columnCount; i++) {
    logRoot += Math.log(factor[i * columnCount + i]!);
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? 1 : 0;
      for (let l = j; l < i; l++) sum -= factor[i * columnCount + l]! * whitener[l * columnCount + j]!;
      whitener[i * columnCount + j] = sum / factor[i * columnCount + i]!;
    }
  }
  return logRoot;
}

/**
 * Lower triangle L with L · Lᵀ = covariance. A pivot that rounding made 0 or less becomes a billionth of a billionth
 * of its variance: the ridge on covariances keeps true ones far above.
 */
export function choleskyFactor(covariance: Float64Array, columnCount: number): Float64Array {
  const factor = new Float64Array(columnCount ** 2);
  for (let i = 0; i < columnCount; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = covariance[i * columnCount + j]!;
      for (let l = 0; l < j; l++) sum -= factor[i * columnCount + l]! * factor[j * columnCount + l]!;
      if (i === j)
        factor[i * columnCount + i] = Math.sqrt(Math.max(sum, 1e-18 * covariance[i * columnCount + i]!));
      else factor[i * columnCount + j] = sum / factor[j * columnCount + j]!;
    }
  }
  return factor;
}

/** The components in another order. */
export function reorderComponents(
  components: GaussianComponents,
  order: readonly number[],
): GaussianComponents {
  const pick = (values: Float64Array) => {
    const width = values.length / components.count;
    return values.map((_, at) => values[order[Math.floor(at / width)]! * width + (at % width)]!);
  };
  return {
    ...components,
    weights: pick(components.weights),
    means: pick(components.means),
    covariances: pick(components.covariances),
    whiteners: pick(components.whiteners),
    logScales: pick(components.logScales),
  };
}
