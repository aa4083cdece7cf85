/** Ranks of values: ties share the mean rank. */
export interface Ranking {
  /** 1…n, halves where values tie, in the order of the values. */
  readonly ranks: Float64Array;
  /** Σ (t³ − t) over groups of t tied values; 0 without ties. */
  readonly tieSum: number;
}

/** Ranks finite values, smallest 1; ties share the mean rank. O(n log n). */
export function rankValues(values: ArrayLike<number>): Ranking {
  const order = sortedOrder(values);
  const ranks = new Float64Array(values.length);
  let tieSum = 0;
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + 1 + end) / 2;
    tieSum += (end - start) ** 3 - (end - start);
    start = end;
  }
  return { ranks, tieSum };
}

/** Positions of the values from smallest to largest; equal values in their own order. */
export function sortedOrder(values: ArrayLike<number>): Uint32Array {
  return Uint32Array.from({ length: values.length }, (_, i) => i).sort(
    (a, b) => values[a]! - values[b]! || a - b,
  );
}
