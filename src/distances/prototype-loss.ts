import type { MixedTable } from "../cluster/mixed-table.js";

/** Rows of numbers and words laid out for k-prototypes: both row after row. */
export interface PrototypeProblem {
  readonly rowCount: number;
  readonly numberCount: number;
  readonly wordCount: number;
  readonly numbers: Float64Array;
  readonly codes: Int32Array;
  /** Where each word column's levels begin in a list of all levels, and the length of that list. */
  readonly levelBegins: readonly number[];
  readonly levelCount: number;
  readonly gamma: number;
}

/** Prototypes in the same layout: means and codes. */
export interface Prototypes {
  readonly means: Float64Array;
  readonly modes: Int32Array;
}

export function prototypeProblem(table: MixedTable, gamma: number): PrototypeProblem {
  const { rowCount, numbers, categories } = table;
  const codes = new Int32Array(rowCount * categories.length);
  categories.forEach((column, j) => {
    for (let i = 0; i < rowCount; i++) codes[i * categories.length + j] = column.codes[i]!;
  });
  const levelBegins = categories.map((_, j) =>
    categories.slice(0, j).reduce((sum, { levels }) => sum + levels.length, 0),
  );
  const levelCount = categories.reduce((sum, { levels }) => sum + levels.length, 0);
  return {
    rowCount,
    numberCount: numbers.columnCount,
    wordCount: categories.length,
    numbers: numbers.values,
    codes,
    levelBegins,
    levelCount,
    gamma,
  };
}

/** What rows cost with prototypes, which may change in place. */
export interface PrototypeLosses {
  /** Squared differences from the cluster's means. */
  readonly numeric: (row: number, cluster: number) => number;
  /** Words that are not the cluster's. */
  readonly words: (row: number, cluster: number) => number;
  /** What another word costs. */
  readonly gamma: number;
  /** Squared differences plus gamma per other word. */
  readonly total: (row: number, cluster: number) => number;
}

export function lossesOf(problem: PrototypeProblem, { means, modes }: Prototypes): PrototypeLosses {
  const { numbers, numberCount, codes, wordCount, gamma } = problem;
  const numeric = (row: number, cluster: number): number => {
    let sum = 0;
    for (let j = 0; j < numberCount; j++) {
      const difference = numbers[row * numberCount + j]! - means[cluster * numberCount + j]!;
      sum += difference * difference;
    }
    return sum;
  };
  const words = (row: number, cluster: number): number => {
    let count = 0;
    for (let j = 0; j < wordCount; j++)
      if (codes[row * wordCount + j] !== modes[cluster * wordCount + j]) count++;
    return count;
  };
  return {
    numeric,
    words,
    gamma,
    total: (row, cluster) => numeric(row, cluster) + gamma * words(row, cluster),
  };
}

/** How many prototypes there are. */
export function countPrototypes(
  { numberCount, wordCount }: PrototypeProblem,
  { means, modes }: Prototypes,
): number {
  return numberCount > 0 ? means.length / numberCount : modes.length / wordCount;
}
