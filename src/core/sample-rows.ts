import { createRandom } from "./random.js";

/**
 * A seeded sample of row numbers without repetition, in ascending order; all rows when there are no more than `size`.
 *
 * Selection sampling: every row has the same chance. O(rowCount).
 *
 * @returns Shape (min(size, rowCount),).
 * @see Knuth, The Art of Computer Programming 2, algorithm 3.4.2 S.
 */
export function sampleRows(rowCount: number, size: number, seed: number): Int32Array {
  if (rowCount <= size) return Int32Array.from({ length: rowCount }, (_, i) => i);
  const random = createRandom(seed);
  const rows = new Int32Array(size);
  let taken = 0;
  for (let i = 0; taken < size; i++) {
    if ((rowCount - i) * random.next() < size - taken) rows[taken++] = i;
  }
  return rows;
}
