import { crossLabels } from "./cross-labels.js";

/**
 * Agreement of two groupings of the same rows, corrected for what chance alone would give (adjusted Rand index).
 *
 * Range −0.5…1, higher is more alike, unit-free: 1 the same groups under any numbering, 0 what chance gives.
 * (pairs together in both − expected) / (mean of pairs together in each − expected). Two groupings that are both
 * one group, or both all singletons, agree: 1. Time O(nRows).
 *
 * @param labelsA - Shape (nRows,), whole numbers; rows labelled −1 in either are left out.
 * @param labelsB - Shape (nRows,).
 * @throws InputError if lengths differ, a label is not a whole number, or fewer than two rows are left.
 * @see Hubert & Arabie (1985), doi:10.1007/BF01908075. Checked against scikit-learn in test/reference/indices.json.
 * @example
 * adjustedRandIndex([0, 0, 1, 1], [1, 1, 0, 0]) // => 1
 */
export function adjustedRandIndex(labelsA: ArrayLike<number>, labelsB: ArrayLike<number>): number {
  const { count, cells, inA, inB } = crossLabels("adjustedRandIndex", labelsA, labelsB);
  return adjustedRandOfCounts(count, {
    cells: cells.map((cell) => cell.count),
    inA: inA.values(),
    inB: inB.values(),
  });
}

/** The index from how many of `count` rows lie in each pair of groups, in each group of the one and in each of the other. */
export function adjustedRandOfCounts(
  count: number,
  sizes: {
    readonly cells: Iterable<number>;
    readonly inA: Iterable<number>;
    readonly inB: Iterable<number>;
  },
): number {
  const together = sumPairs(sizes.cells);
  const togetherInA = sumPairs(sizes.inA);
  const togetherInB = sumPairs(sizes.inB);
  const expected = (togetherInA * togetherInB) / pairs(count);
  const most = (togetherInA + togetherInB) / 2;
  return most === expected ? 1 : (together - expected) / (most - expected);
}

function pairs(count: number): number {
  return (count * (count - 1)) / 2;
}

function sumPairs(counts: Iterable<number>): number {
  let sum = 0;
  for (const count of counts) sum += pairs(count);
  return sum;
}
