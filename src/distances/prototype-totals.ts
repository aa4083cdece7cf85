import type { PrototypeProblem, Prototypes } from "./prototype-loss.js";

/** Sizes, sums and word counts of clusters, kept up to date as rows come and go. */
export interface PrototypeTotals {
  readonly sizes: Int32Array;
  readonly add: (row: number, cluster: number) => void;
  readonly remove: (row: number, cluster: number) => void;
  /** Sums up all rows anew, in their order, so that no rounding of earlier moves is left. */
  readonly recount: (labels: Int32Array) => void;
  /** Words of the row that the cluster would lose with their cost: those that are not its only most frequent. */
  readonly wordsSaved: (row: number, cluster: number) => number;
  /** Words of the row that would cost the cluster: those less frequent there than the most frequent. */
  readonly wordsAdded: (row: number, cluster: number) => number;
  /**
   * Writes the means and most frequent words of a cluster that has rows; `wordsSaved` and `wordsAdded` hold for the
   * words written last. Returns the squared way that the prototype went: squared differences plus gamma per other word.
   */
  readonly writePrototype: (prototypes: Prototypes, cluster: number) => number;
}

export function openTotals(problem: PrototypeProblem, clusterCount: number): PrototypeTotals {
  const { numberCount, wordCount, numbers } = problem;
  const sizes = new Int32Array(clusterCount);
  const sums = new Float64Array(clusterCount * numberCount);
  const { counts, most, isOnly, placeOf, findMode } = openWordCounts(problem, clusterCount);

  function shift(row: number, cluster: number, sign: 1 | -1): void {
    sizes[cluster]! += sign;
    for (let j = 0; j < numberCount; j++)
      sums[cluster * numberCount + j]! += sign * numbers[row * numberCount + j]!;
    for (let j = 0; j < wordCount; j++) counts[placeOf(row, cluster, j)]! += sign;
  }

  return {
    sizes,
    add: (row, cluster) => shift(row, cluster, 1),
    remove: (row, cluster) => shift(row, cluster, -1),
    recount(labels) {
      sizes.fill(0);
      sums.fill(0);
      counts.fill(0);
      for (let i = 0; i < labels.length; i++) shift(i, labels[i]!, 1);
    },
    wordsSaved(row, cluster) {
      let saved = 0;
      for (let j = 0; j < wordCount; j++) {
        const at = cluster * wordCount + j;
        if (isOnly[at] === 0 || counts[placeOf(row, cluster, j)]! < most[at]!) saved++;
      }
      return saved;
    },
    wordsAdded(row, cluster) {
      let added = 0;
      for (let j = 0; j < wordCount; j++)
        if (counts[placeOf(row, cluster, j)]! < most[cluster * wordCount + j]!) added++;
      return added;
    },
    writePrototype({ means, modes }, cluster) {
      let squared = 0;
      for (let at = cluster * numberCount; at < (cluster + 1) * numberCount; at++) {
        const mean = sums[at]! / sizes[cluster]!;
        squared += (mean - means[at]!) ** 2;
        means[at] = mean;
      }
      for (let j = 0; j < wordCount; j++) {
        const mode = findMode(cluster, j);
        if (mode !== modes[cluster * wordCount + j]) squared += problem.gamma;
        modes[cluster * wordCount + j] = mode;
      }
      return squared;
    },
  };
}

/** How often each cluster has each level, and what its most frequent ones are. */
function openWordCounts(
  { wordCount, codes, levelBegins, levelCount }: PrototypeProblem,
  clusterCount: number,
) {
  const counts = new Int32Array(clusterCount * levelCount);
  const most = new Int32Array(clusterCount * wordCount);
  const isOnly = new Uint8Array(clusterCount * wordCount);
  const levelEnds = levelBegins.map((_, j) => levelBegins[j + 1] ?? levelCount);
  return {
    counts,
    /** How often the most frequent word of a cluster's column occurs. */
    most,
    /** Whether no other word is as frequent. */
    isOnly,
    placeOf: (row: number, cluster: number, column: number): number =>
      cluster * levelCount + levelBegins[column]! + codes[row * wordCount + column]!,
    /** The most frequent level of a cluster's column, the first of equals. */
    findMode(cluster: number, column: number): number {
      const begin = cluster * levelCount + levelBegins[column]!;
      const end = cluster * levelCount + levelEnds[column]!;
      let mode = begin;
      let equals = 1;
      for (let at = begin + 1; at < end; at++) {
        if (counts[at]! > counts[mode]!) {
          mode = at;
          equals = 1;
        } else if (counts[at] === counts[mode]) equals++;
      }
      most[cluster * wordCount + column] = counts[mode]!;
      isOnly[cluster * wordCount + column] = Number(equals === 1);
      return mode - begin;
    },
  };
}
