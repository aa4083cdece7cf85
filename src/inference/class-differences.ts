import { sum } from "../core/sum.js";
import { invert } from "./invert.js";
import { chiSquareUpperTail } from "./tail-probability.js";

/** Whether classes differ in what lies outside their model. */
export interface DifferenceTest {
  /** Wald's, in χ². */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/** Wald's test of no difference between the classes. */
export function testDifferences(
  columns: readonly (readonly number[])[],
  means: readonly (readonly number[])[],
  weights: readonly Float64Array[],
): DifferenceTest {
  // One category follows from the others.
  const first = columns.length === 1 ? 0 : 1;
  const free = columns.slice(first);
  const influence = free.flatMap((column, c) =>
    weights.slice(1).map((own, t) => contrast(column, means[c + first]!, [weights[0]!, own], t + 1)),
  );
  const differences = free.flatMap((_, c) => {
    const own = means[c + first]!;
    return own.slice(1).map((mean) => mean - own[0]!);
  });
  const isSame = columns.every((column) => column.every((value) => value === column[0]));
  const statistic = isSame ? 0 : waldOf(differences, influence);
  const degreesOfFreedom = differences.length;
  return {
    statistic,
    degreesOfFreedom,
    pValue: degreesOfFreedom === 0 ? 1 : chiSquareUpperTail(statistic, degreesOfFreedom),
  };
}

/** What each row moves a class's mean by. */
export function influenceOf(column: readonly number[], mean: number, weights: Float64Array): Float64Array {
  const total = sum(weights);
  return weights.map((weight, i) => (weight * (column[i]! - mean)) / total);
}

/** What each row moves the difference of a class from the first by. */
function contrast(
  column: readonly number[],
  means: readonly number[],
  [first, own]: readonly [Float64Array, Float64Array],
  cluster: number,
): Float64Array {
  const base = influenceOf(column, means[0]!, first);
  return influenceOf(column, means[cluster]!, own).map((value, i) => value - base[i]!);
}

function waldOf(differences: readonly number[], influence: readonly Float64Array[]): number {
  const covariance = influence.map((a) =>
    Float64Array.from(influence, (b) => a.reduce((sum, value, i) => sum + value * b[i]!, 0)),
  );
  const inverse = invert(covariance);
  if (inverse === undefined) return 0;
  return differences.reduce(
    (sum, a, i) => sum + differences.reduce((own, b, j) => own + a * inverse[i]![j]! * b, 0),
    0,
  );
}

export function sumOfSquares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
