import { createRandom } from "../core/random.js";
import { dot } from "./orthonormal.js";

/** Copies at least as far from no difference as the data, after which more copies would tell nothing new. */
const enoughExceedances = 100;

/** A share of permuted copies as a p-value. */
export interface PermutationP {
  /** 1 / (permutations + 1) … 1. */
  readonly pValue: number;
  /** Copies that were made. */
  readonly permutations: number;
}

/** Residuals of one test, and the directions in which the segments could show in them. */
export interface ResidualProblem {
  /** What the bases leave of each outcome column, shape (columns, rows). */
  readonly residuals: readonly Float64Array[];
  /** The same with each row at equal variance: these can be exchanged. */
  readonly exchangeable: readonly Float64Array[];
  /** Orthonormal, shape (directions, rows): what tells the segments apart beyond the bases. */
  readonly directions: readonly Float64Array[];
  readonly permutations: number;
  readonly seed: number;
}

/**
 * How often residuals in random order lie along the segments as much as they do in their own order.
 *
 * The statistic is Wald's with a variance that each row adds to by its own square (White 1980), so that rows of unequal variance
 * do no harm (DiCiccio & Romano 2017, doi:10.1080/01621459.2016.1202117), summed over outcome columns. Ends early
 * at 100 exceedances (Besag & Clifford 1991, doi:10.1093/biomet/78.2.301). O(permutations · rows · columns · directions²).
 */
export function permuteResiduals(problem: ResidualProblem): PermutationP {
  const { residuals, exchangeable, permutations } = problem;
  const measure = waldMeasure(problem.directions);
  const observed = residuals.reduce((sum, column, j) => sum + measure(column, exchangeable[j]!), 0);
  // What rounding alone can move is a tie, and a tie counts against the difference.
  const least = observed * (1 - 1e-10);
  const random = createRandom(problem.seed);
  const order = Uint32Array.from(exchangeable[0]!.keys());
  const copy = new Float64Array(order.length);
  let exceedances = 0;
  for (let made = 1; made <= permutations; made++) {
    random.shuffle(order);
    let total = 0;
    for (const column of exchangeable) {
      for (let i = 0; i < copy.length; i++) copy[i] = column[order[i]!]!;
      total += measure(copy, copy);
    }
    if (total >= least) exceedances++;
    if (exceedances === enoughExceedances) return { pValue: exceedances / made, permutations: made };
  }
  return { pValue: (exceedances + 1) / (permutations + 1), permutations };
}

/** Wald's statistic along the directions: u′ V⁻¹ u with u = Σ d·residual, V = Σ d d′·spread². */
function waldMeasure(
  directions: readonly Float64Array[],
): (residual: Float64Array, spread: Float64Array) => number {
  const count = directions.length;
  const products = directions.map((a, i) =>
    directions.slice(0, i + 1).map((b) => a.map((value, row) => value * b[row]!)),
  );
  const variance = new Float64Array(count * count);
  const squares = new Float64Array(directions[0]!.length);
  const sums = new Float64Array(count);
  return (residual, spread) => {
    for (let i = 0; i < squares.length; i++) squares[i] = spread[i]! * spread[i]!;
    writeDots(sums, 0, { columns: directions, values: residual });
    for (let i = 0; i < count; i++)
      writeDots(variance, i * count, { columns: products[i]!, values: squares });
    return quadraticForm(variance, sums);
  };
}

/** Writes Σ column·values for each column, two columns at a time: the values are read half as often. */
function writeDots(
  target: Float64Array,
  start: number,
  { columns, values }: { readonly columns: readonly Float64Array[]; readonly values: Float64Array },
): void {
  const paired = columns.length - (columns.length % 2);
  for (let at = 0; at < paired; at += 2) writeTwoDots(target, start + at, { columns, at, values });
  if (paired < columns.length) target[start + paired] = dot(columns[paired]!, values);
}

function writeTwoDots(
  target: Float64Array,
  start: number,
  {
    columns,
    at,
    values,
  }: { readonly columns: readonly Float64Array[]; readonly at: number; readonly values: Float64Array },
): void {
  const a = columns[at]!;
  const b = columns[at + 1]!;
  const whole = values.length - (values.length % 2);
  let [a0, a1, b0, b1] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 2) {
    const even = values[i]!;
    const odd = values[i + 1]!;
    a0 += a[i]! * even;
    b0 += b[i]! * even;
    a1 += a[i + 1]! * odd;
    b1 += b[i + 1]! * odd;
  }
  if (whole < values.length) {
    a0 += a[whole]! * values[whole]!;
    b0 += b[whole]! * values[whole]!;
  }
  target[start] = a0 + a1;
  target[start + 1] = b0 + b1;
}

/** u′ V⁻¹ u by Cholesky's factor, made in place in the lower triangle; a direction without variance adds nothing. */
function quadraticForm(variance: Float64Array, sums: Float64Array): number {
  const count = sums.length;
  let total = 0;
  for (let i = 0; i < count; i++) {
    const before = variance[i * count + i]!;
    for (let j = 0; j <= i; j++) {
      let rest = variance[i * count + j]!;
      for (let k = 0; k < j; k++) rest -= variance[i * count + k]! * variance[j * count + k]!;
      if (j < i)
        variance[i * count + j] = variance[j * count + j]! === 0 ? 0 : rest / variance[j * count + j]!;
      else variance[i * count + i] = rest > 1e-12 * before ? Math.sqrt(rest) : 0;
    }
    const pivot = variance[i * count + i]!;
    if (pivot === 0) continue;
    for (let k = 0; k < i; k++) sums[i]! -= variance[i * count + k]! * sums[k]!;
    sums[i]! /= pivot;
    total += sums[i]! ** 2;
  }
  return total;
}
