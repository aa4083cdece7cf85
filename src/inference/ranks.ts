/** Values sorted into levels of equal ones, smallest first. */
export interface Levels {
  /** Level of each value, in the order of the values. */
  readonly level: Uint32Array;
  /** Number of smaller values than each level's, then the count of all. */
  readonly starts: Uint32Array;
}

/** Ranks of values: ties share the mean rank. */
export interface Ranking {
  /** 1…n, halves where values tie, in the order of the values. */
  readonly ranks: Float64Array;
  /** Σ (t³ − t) over groups of t tied values; 0 without ties. */
  readonly tieSum: number;
}

/** Ranks finite values, smallest 1; ties share the mean rank. O(n log n). */
export function rankValues(values: ArrayLike<number>): Ranking {
  const { level, starts } = levelsOf(values);
  const ranks = Float64Array.from(level, (own) => (starts[own]! + 1 + starts[own + 1]!) / 2);
  let tieSum = 0;
  for (let own = 0; own + 1 < starts.length; own++) {
    const tied = starts[own + 1]! - starts[own]!;
    tieSum += tied ** 3 - tied;
  }
  return { ranks, tieSum };
}

/** Levels of finite values. A plain numeric sort and searches in it: several times faster than sorting positions. */
function levelsOf(values: ArrayLike<number>): Levels {
  const sorted = Float64Array.from(values).sort();
  const distinct = new Float64Array(sorted.length);
  const starts = new Uint32Array(sorted.length + 1);
  let count = 0;
  for (let i = 0; i < sorted.length; i++)
    if (i === 0 || sorted[i] !== sorted[i - 1]) {
      starts[count] = i;
      distinct[count++] = sorted[i]!;
    }
  starts[count] = sorted.length;
  const level = new Uint32Array(values.length);
  for (let i = 0; i < level.length; i++) level[i] = searchSorted(distinct, count, values[i]!);
  return { level, starts: starts.slice(0, count + 1) };
}

function searchSorted(distinct: Float64Array, count: number, value: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (distinct[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
