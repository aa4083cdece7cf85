import { sum } from "../core/sum.js";
/** What ranks over all groups together say about each group. */
export interface MergedRanks {
  readonly rowCount: number;
  readonly sizes: readonly number[];
  /** Sum of each group's ranks, 1 for the smallest value of all; ties share the mean rank. */
  readonly rankSums: readonly number[];
  /** Σ (t³ − t) over groups of t tied values; 0 without ties. */
  readonly tieSum: number;
  readonly distinctCount: number;
}

/** Ranks over all groups from groups that are each sorted: one walk through them side by side. O(rows · groups). */
export function mergeRanks(sorted: readonly Float64Array[]): MergedRanks {
  const rowCount = sum(sorted.map(({ length }) => length));
  const next = new Uint32Array(sorted.length);
  const equal = new Uint32Array(sorted.length);
  const rankSums = new Array<number>(sorted.length).fill(0);
  let tieSum = 0;
  let distinctCount = 0;
  for (let before = 0; before < rowCount; distinctCount++) {
    const tied = takeSmallest(sorted, next, equal);
    const rank = before + (tied + 1) / 2;
    for (let j = 0; j < sorted.length; j++) rankSums[j]! += rank * equal[j]!;
    if (tied > 1) tieSum += tied ** 3 - tied;
    before += tied;
  }
  return { rowCount, sizes: sorted.map(({ length }) => length), rankSums, tieSum, distinctCount };
}

/** Moves every group past the smallest value that is left; `equal` receives how often each holds it. Returns how often all do. */
function takeSmallest(sorted: readonly Float64Array[], next: Uint32Array, equal: Uint32Array): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let j = 0; j < sorted.length; j++) {
    const group = sorted[j]!;
    const place = next[j]!;
    if (place < group.length && group[place]! < smallest) smallest = group[place]!;
  }
  let tied = 0;
  for (let j = 0; j < sorted.length; j++) {
    const group = sorted[j]!;
    const start = next[j]!;
    let place = start;
    while (place < group.length && group[place] === smallest) place++;
    next[j] = place;
    equal[j] = place - start;
    tied += place - start;
  }
  return tied;
}

/** A sorted copy of each group. O(n log n). */
export function sortGroups(groups: readonly ArrayLike<number>[]): readonly Float64Array[] {
  return groups.map((group) => Float64Array.from(group).sort());
}
