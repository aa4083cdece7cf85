import type { PrototypeProblem, Prototypes } from "./prototype-loss.js";

/** Sizes, sums and word counts of clusters, kept up to date as rows come and go. */
export interface PrototypeTotals {
  readonly sizes: Int32Array;
  readonly clear: () => void;
  readonly add: (row: number, cluster: number) => void;
  readonly remove: (row: number, cluster: number) => void;
  /** Words of the row that the cluster would lose with their cost: those that are not its only most frequent. */
  readonly wordsSaved: (row: number, cluster: number) => number;
  /** Words of the row that would cost the cluster: those less frequent there than the most frequent. */
  readonly wordsAdded: (row: number, cluster: number) => number;
  /** Writes the means and most frequent words of a cluster that has rows. */
  readonly writePrototype: (prototypes: Prototypes, cluster: number) => void;
}

export function openTotals(problem: PrototypeProblem, clusterCount: number): PrototypeTotals {
  const { numberCount, wordCount, numbers, codes, levelBegins, levelCount } = problem;
  const sizes = new Int32Array(clusterCount);
  const sums = new Float64Array(clusterCount * numberCount);
  const counts = new Int32Array(clusterCount * levelCount);
  const levelEnds = levelBegins.map((_, j) => levelBegins[j + 1] ?? levelCount);

  function shift(row: number, cluster: number, sign: 1 | -1): void {
    sizes[cluster]! += sign;
    for (let j = 0; j < numberCount; j++)
      sums[cluster * numberCount + j]! += sign * numbers[row * numberCount + j]!;
    for (let j = 0; j < wordCount; j++)
      counts[cluster * levelCount + levelBegins[j]! + codes[row * wordCount + j]!]! += sign;
  }

  /** Place of the most frequent level of a word column, the first of equals. */
  function modeOf(cluster: number, column: number): number {
    let mode = cluster * levelCount + levelBegins[column]!;
    for (let at = mode + 1; at < cluster * levelCount + levelEnds[column]!; at++)
      if (counts[at]! > counts[mode]!) mode = at;
    return mode;
  }

  function isOnlyMode(at: number, cluster: number, column: number): boolean {
    const begin = cluster * levelCount;
    for (let other = begin + levelBegins[column]!; other < begin + levelEnds[column]!; other++)
      if (other !== at && counts[other]! >= counts[at]!) return false;
    return true;
  }

  const placeOf = (row: number, cluster: number, column: number): number =>
    cluster * levelCount + levelBegins[column]! + codes[row * wordCount + column]!;

  return {
    sizes,
    clear() {
      sizes.fill(0);
      sums.fill(0);
      counts.fill(0);
    },
    add: (row, cluster) => shift(row, cluster, 1),
    remove: (row, cluster) => shift(row, cluster, -1),
    wordsSaved(row, cluster) {
      let saved = 0;
      for (let j = 0; j < wordCount; j++) if (!isOnlyMode(placeOf(row, cluster, j), cluster, j)) saved++;
      return saved;
    },
    wordsAdded(row, cluster) {
      let added = 0;
      for (let j = 0; j < wordCount; j++)
        if (counts[placeOf(row, cluster, j)]! < counts[modeOf(cluster, j)]!) added++;
      return added;
    },
    writePrototype({ means, modes }, cluster) {
      for (let j = 0; j < numberCount; j++)
        means[cluster * numberCount + j] = sums[cluster * numberCount + j]! / sizes[cluster]!;
      for (let j = 0; j < wordCount; j++)
        modes[cluster * wordCount + j] = modeOf(cluster, j) - cluster * levelCount - levelBegins[j]!;
    },
  };
}
