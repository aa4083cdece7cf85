import { checkSameLength } from "../core/check.js";
import { InputError } from "../core/errors.js";

/**
 * Agreement of two groupings of the same rows, corrected for what chance alone would give (adjusted Rand index).
 *
 * Range −0.5…1, higher is more alike, unit-free: 1 the same groups under any numbering, 0 what chance gives.
 * (pairs together in both − expected) / (mean of pairs together in each − expected). Two groupings that are both
 * one group, or both all singletons, agree: 1. Time O(nRows).
 *
 * @param labelsA - Shape (nRows,), whole numbers; rows labelled −1 in either are left out.
 * @param labelsB - Shape (nRows,).
 * @throws InputError if lengths differ or fewer than two rows are left.
 * @see Hubert & Arabie (1985), doi:10.1007/BF01908075. Checked against scikit-learn in test/reference/indices.json.
 * @example
 * adjustedRandIndex([0, 0, 1, 1], [1, 1, 0, 0]) // => 1
 */
export function adjustedRandIndex(labelsA: ArrayLike<number>, labelsB: ArrayLike<number>): number {
  checkSameLength("adjustedRandIndex", "labelsB", labelsB, labelsA.length, "one per value of labelsA");
  const cells = new Map<string, number>();
  const rows = new Map<number, number>();
  const columns = new Map<number, number>();
  let count = 0;
  for (let i = 0; i < labelsA.length; i++) {
    const a = labelsA[i]!;
    const b = labelsB[i]!;
    if (a < 0 || b < 0) continue;
    count++;
    add(cells, `${a},${b}`);
    add(rows, a);
    add(columns, b);
  }
  if (count < 2)
    throw new InputError(`adjustedRandIndex: labelsA must have at least 2 labelled rows, got ${count}`);
  const together = sumPairs(cells);
  const inA = sumPairs(rows);
  const inB = sumPairs(columns);
  const expected = (inA * inB) / pairs(count);
  const most = (inA + inB) / 2;
  return most === expected ? 1 : (together - expected) / (most - expected);
}

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function pairs(count: number): number {
  return (count * (count - 1)) / 2;
}

function sumPairs(counts: ReadonlyMap<unknown, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += pairs(count);
  return sum;
}
