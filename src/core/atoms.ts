/** Share of the rows that one value must hold to be an atom, such as the zeros of "bought nothing". */
const atomShare = 0.05;

/** In a handful of rows two equal values are chance. */
const fewestAtomRows = 3;

/** The different values of a column, ascending, and how many rows hold each. */
export interface ValueCounts {
  readonly values: Float64Array;
  readonly counts: Int32Array;
}

/** Counts the different values of a column that is sorted already. O(nRows). */
export function countSorted(sorted: Float64Array): ValueCounts {
  const values = new Float64Array(sorted.length);
  const counts = new Int32Array(sorted.length);
  let different = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) values[different++] = sorted[i]!;
    counts[different - 1]!++;
  }
  return { values: values.subarray(0, different), counts: counts.subarray(0, different) };
}

/** Whether a value that so many of the rows hold is an atom: 5 % of the rows, and 3 of them. */
export function isAtom(count: number, rowCount: number): boolean {
  return count >= Math.max(atomShare * rowCount, fewestAtomRows);
}

/** Whether a column that is sorted already has an atom. O(nRows). */
export function hasAtom(sorted: Float64Array): boolean {
  return countSorted(sorted).counts.some((count) => isAtom(count, sorted.length));
}

/** Place of a value among ascending values that hold it. O(log values). */
export function placeOf(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
