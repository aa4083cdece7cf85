import { didYouMean, listForMessage } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Feature } from "../core/feature.js";
import { columnOf, type Matrix } from "../core/matrix.js";
import { blockOf } from "../features/weigh-columns.js";
import { type LabelledRows, takeLabelledRows } from "./labelled-rows.js";

/** How much of the variance, and of the solution, a feature or a block of features makes up. */
export interface VarianceShare {
  /** Feature or block. */
  readonly name: string;
  /** How a reader sees it. */
  readonly label: string;
  /** Share of the total variance of the scaled basis, 0–1. */
  readonly ofVariance: number;
  /** Share of the sum of squares between the clusters, 0–1: how much of the solution it makes. Null without labels. */
  readonly ofSolution: number | null;
  /** Share of its own variance that lies between the clusters, 0–1 (η²). Null without labels. */
  readonly between: number | null;
}

export interface FeatureVariance extends VarianceShare {
  readonly block: string;
}

export interface BlockVariance extends VarianceShare {
  readonly featureCount: number;
}

/** Who dominates: shares by feature, in the order of the columns, and by block, largest share of the variance first. */
export interface VarianceShares {
  readonly features: readonly FeatureVariance[];
  /** One block named "basis" where nothing is known of the features. */
  readonly blocks: readonly BlockVariance[];
  /** Of all variance, the share between the clusters, 0–1. Null without labels. */
  readonly between: number | null;
}

export interface VarianceSharesOptions {
  /** Shape (nRows,), 0…clusterCount − 1; rows labelled −1 are left out of every sum. Absent: only shares of the variance. */
  readonly labels?: ArrayLike<number>;
  /** The features that the columns are named after, for labels and blocks; absent: the columns' names, all in one block. */
  readonly features?: readonly Feature[];
}

interface SumsOfSquares {
  readonly total: number;
  readonly between: number;
}

/**
 * Each feature's and block's share of the total variance and of the solution, to see whether one silently dominates.
 *
 * Shares of the variance add up to 1, and so do those of the solution; 0 throughout where nothing varies, or where there is
 * one cluster. For a column: total = Σ (x − mean)², between = Σ size · (cluster mean − mean)². Sums run over sorted values,
 * so the order of rows cannot change a bit. Time O(nRows · log nRows · nColumns).
 *
 * @param matrix - Shape (nRows, nColumns), the scaled basis that was clustered, from `applyRecipe`. No missing values.
 * @throws InputError if there is no row, a value is not finite, labels are not such numbers, leave one out or differ in
 * length, or `features` lacks a column.
 * @see Checked against NumPy in test/reference/variance-shares.json.
 * @example
 * varianceShares(matrixOf({ x: [0, 2], y: [0, 6] })).features[1].ofVariance // => 0.9
 */
export function varianceShares(matrix: Matrix, options: VarianceSharesOptions = {}): VarianceShares {
  const labels = options.labels ?? new Int32Array(matrix.rowCount);
  const rows = takeLabelledRows("varianceShares", matrix, labels, 1);
  const squares = matrix.columns.map((_, j) => sumsOfSquares(rows, j));
  const all = addUp(squares);
  const described = describeColumns(matrix.columns, options.features);
  const shareOf = ({ total, between }: SumsOfSquares) => ({
    ofVariance: ratio(total, all.total),
    ofSolution: options.labels ? ratio(between, all.between) : null,
    between: options.labels ? ratio(between, total) : null,
  });
  const blocks = [...new Set(described.map(({ block }) => block))].map((block) => {
    const own = squares.filter((_, j) => described[j]!.block === block);
    return { name: block, label: block, featureCount: own.length, ...shareOf(addUp(own)) };
  });
  return {
    features: described.map((feature, j) => ({ ...feature, ...shareOf(squares[j]!) })),
    blocks: blocks.sort((a, b) => b.ofVariance - a.ofVariance),
    between: shareOf(all).between,
  };
}

function describeColumns(
  columns: readonly string[],
  features: readonly Feature[] | undefined,
): readonly { readonly name: string; readonly label: string; readonly block: string }[] {
  if (features === undefined) return columns.map((name) => ({ name, label: name, block: "basis" }));
  const byName = new Map(features.map((feature) => [feature.name, feature]));
  return columns.map((name) => {
    const feature = byName.get(name);
    if (feature !== undefined) return { name, label: feature.label, block: blockOf(feature) };
    const names = [...byName.keys()];
    throw new InputError(
      `varianceShares: features must have one for each column, got none for "${name}" among ${listForMessage(names)}${didYouMean(name, names)}`,
    );
  });
}

function sumsOfSquares({ matrix, labels, sizes }: LabelledRows, column: number): SumsOfSquares {
  const values = columnOf(matrix, column);
  // From the smallest value up, a column that does not vary is 0 throughout, whatever its value rounds to.
  const smallest = values.reduce((least, value) => Math.min(least, value), Infinity);
  const groups = sizes.map((size) => new Float64Array(size));
  const filled = sizes.map(() => 0);
  labels.forEach((label, i) => {
    groups[label]![filled[label]!++] = values[i]! - smallest;
  });
  const sums = groups.map((group) => group.sort().reduce((sum, value) => sum + value, 0));
  const mean = sums.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = (group: Float64Array): number => group.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    total: groups.reduce((sum, group) => sum + spread(group), 0),
    between: sums.reduce((sum, groupSum, g) => sum + sizes[g]! * (groupSum / sizes[g]! - mean) ** 2, 0),
  };
}

function addUp(squares: readonly SumsOfSquares[]): SumsOfSquares {
  return {
    total: squares.reduce((sum, { total }) => sum + total, 0),
    between: squares.reduce((sum, { between }) => sum + between, 0),
  };
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
