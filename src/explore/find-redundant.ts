import { checkNumber } from "../core/check.js";
import type { Matrix } from "../core/matrix.js";
import { type CorrelationTable, correlate } from "./correlate.js";

export interface RedundancyOptions {
  /** Absolute Spearman correlation above which two columns say the same, 0 to 1; default 0.9. */
  readonly threshold?: number;
}

/** Two columns that say nearly the same. */
export interface RedundantPair {
  readonly keep: string;
  readonly drop: string;
  /** Spearman's rank correlation, −1…1. */
  readonly correlation: number;
}

export interface Redundancy {
  /** Columns whose known values are all equal, or that have none. */
  readonly constant: readonly string[];
  /** Strongest first; pairs with a column that a stronger pair already drops are not listed. */
  readonly pairs: readonly RedundantPair[];
  /** What to leave out of a basis: the constant columns and the dropped one of each pair, each once. */
  readonly drop: readonly string[];
}

/**
 * Columns that a basis does not need: constant ones, and those that nearly repeat another.
 *
 * One idea counted twice weighs twice in every distance. Of a pair, the column that is closer to all others on average (mean
 * absolute correlation) is dropped, of equal ones the later.
 *
 * @param matrix - Shape (nRows, nColumns), NaN where missing.
 * @throws InputError if the threshold is not from 0 to 1.
 * @see The rule for pairs is that of findCorrelation in Kuhn (2008), doi:10.18637/jss.v028.i05.
 */
export function findRedundant(matrix: Matrix, options: RedundancyOptions = {}): Redundancy {
  const { threshold = 0.9 } = options;
  checkNumber("findRedundant", "threshold", threshold, 0, 1);
  const table = correlate(matrix, { method: "spearman" });
  const constant = matrix.columns.filter((_, j) => isConstant(matrix, j));
  const closeness = table.values.map(meanAbsolute);
  const dropped = new Set<number>();
  const pairs: RedundantPair[] = [];
  for (const [a, b, correlation] of strongPairs(table, threshold)) {
    if (dropped.has(a) || dropped.has(b)) continue;
    const [keep, drop] = closeness[a]! > closeness[b]! ? [b, a] : [a, b];
    dropped.add(drop);
    pairs.push({ keep: table.columns[keep]!, drop: table.columns[drop]!, correlation });
  }
  const drop = table.columns.filter((name, j) => dropped.has(j) || constant.includes(name));
  return { constant, pairs, drop };
}

function isConstant({ values, columnCount }: Matrix, column: number): boolean {
  const known = values.filter((value, at) => at % columnCount === column && !Number.isNaN(value));
  return known.every((value) => value === known[0]);
}

function strongPairs({ values }: CorrelationTable, threshold: number): [number, number, number][] {
  return values
    .flatMap((row, b) =>
      row.slice(0, b).map((correlation, a): [number, number, number] => [a, b, correlation]),
    )
    .filter(([, , correlation]) => Math.abs(correlation) > threshold)
    .sort(([a, b, x], [c, d, y]) => Math.abs(y) - Math.abs(x) || a - c || b - d);
}

function meanAbsolute(correlations: readonly number[], column: number): number {
  const others = correlations.filter((value, j) => j !== column && !Number.isNaN(value));
  return others.reduce((sum, value) => sum + Math.abs(value), 0) / others.length;
}
