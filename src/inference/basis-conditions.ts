import type { Matrix } from "../core/matrix.js";
import { columnOf } from "../core/matrix.js";
import { correlationText, numberText } from "../core/number-text.js";
import { groupMoments } from "./group-moments.js";

/** Something that a conditional p-value rests on, and what was found. */
export interface ConditionCheck {
  readonly condition: string;
  readonly isMet: boolean;
  /** What was found, in words. */
  readonly found: string;
}

/** Marks of what is near enough to normal, round noise for the distributions that the p-values come from. */
const mostSkewness = 0.75;
const mostCorrelation = 0.3;
const mostSpreadRatio = 2;

/** What is known before any clustering. */
export interface KnownBefore {
  readonly sigma: number | undefined;
  readonly caseWeights: ArrayLike<number> | undefined;
}

/** Rows count equally, and their number suffices. */
export function checkRows(
  matrix: Matrix,
  clusterCount: number,
  { caseWeights }: KnownBefore,
): ConditionCheck[] {
  const least = 10 * clusterCount;
  const first = caseWeights?.[0];
  const isEven = caseWeights === undefined || Array.from(caseWeights).every((weight) => weight === first);
  return [
    {
      condition: "every row counts the same",
      isMet: isEven,
      found: isEven ? "no row has a weight of its own" : "rows are weighted",
    },
    {
      condition: `at least ${least} rows, 10 per cluster`,
      isMet: matrix.rowCount >= least,
      found: `${matrix.rowCount} rows`,
    },
  ];
}

/**
 * Columns are symmetric, uncorrelated and equally spread around the centres of their clusters. Cutting a round cloud makes pieces that are
 * neither, and groups make a whole that is neither: one of the two, the whole or its pieces, has to be.
 */
export function checkNoise(matrix: Matrix, labels: Int32Array): ConditionCheck[] {
  const columns = matrix.columns.map((_, j) => columnOf(matrix, j));
  const rest = columns.map((column) => residualsOf(column, labels));
  const whole = columns.map((column) => residualsOf(column, new Int32Array(column.length)));
  const skewness = smallerOf(largestSkewness(whole), largestSkewness(rest));
  const correlation = smallerOf(largestCorrelation(whole), largestCorrelation(rest));
  const spreads = rest.map((column) => Math.sqrt(groupMoments(column).variance));
  const ratio = Math.max(...spreads) / Math.min(...spreads);
  return [
    {
      condition: "columns are normal around their centres",
      isMet: Math.abs(skewness) <= mostSkewness,
      found: `largest skewness, over all rows and within clusters, ${correlationText(skewness)}, at most ±${mostSkewness}`,
    },
    {
      condition: "columns are uncorrelated",
      isMet: Math.abs(correlation) <= mostCorrelation,
      found: `largest correlation, over all rows and within clusters, ${correlationText(correlation)}, at most ±${mostCorrelation}`,
    },
    {
      condition: "columns spread equally within clusters",
      isMet: ratio <= mostSpreadRatio,
      found: `largest standard deviation within clusters ${numberText(ratio)} times the smallest, at most ${mostSpreadRatio}`,
    },
  ];
}

function residualsOf(column: Float64Array, labels: Int32Array): Float64Array {
  const sums = new Map<number, [sum: number, count: number]>();
  column.forEach((value, row) => {
    const [sum, count] = sums.get(labels[row]!) ?? [0, 0];
    sums.set(labels[row]!, [sum + value, count + 1]);
  });
  return column.map((value, row) => {
    const [sum, count] = sums.get(labels[row]!)!;
    return value - sum / count;
  });
}

function skewnessOf(centred: Float64Array): number {
  const squares = centred.reduce((sum, value) => sum + value ** 2, 0) / centred.length;
  const cubes = centred.reduce((sum, value) => sum + value ** 3, 0) / centred.length;
  return squares === 0 ? 0 : cubes / squares ** 1.5;
}

function correlationOf(a: Float64Array, b: Float64Array): number {
  const products = (x: Float64Array, y: Float64Array) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  const size = Math.sqrt(products(a, a) * products(b, b));
  return size === 0 ? 0 : products(a, b) / size;
}

function largestSkewness(columns: readonly Float64Array[]): number {
  return largestBy(columns.map(skewnessOf));
}

function largestCorrelation(columns: readonly Float64Array[]): number {
  return largestBy(columns.flatMap((a, i) => columns.slice(0, i).map((b) => correlationOf(a, b))));
}

function smallerOf(a: number, b: number): number {
  return Math.abs(a) <= Math.abs(b) ? a : b;
}

function largestBy(values: readonly number[]): number {
  return values.reduce((largest, value) => (Math.abs(value) > Math.abs(largest) ? value : largest), 0);
}
