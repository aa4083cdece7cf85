import { checkCount } from "../core/check.js";

/** Which cells of a table of counts may be seen. */
export interface SuppressedTable {
  /** True where a cell may be seen; the shape of the counts. */
  readonly isShown: readonly (readonly boolean[])[];
  /** Cells hidden because they are below the minimum. */
  readonly small: number;
  /** Cells hidden because they would give away a small one. */
  readonly complementary: number;
}

/**
 * Hides small cells of a table of counts, and as many others as keep each of them from being worked out.
 *
 * Assumes that every total of a row and of a column is known to the reader. Each hidden cell can then still take at least two values:
 * with it, cells on a closed path through the table are hidden, along which one customer can be moved without any total changing or
 * any count falling below zero. The path taken is the one that hides the fewest customers; where there is none (one row or column
 * only), every cell is hidden. Zeros are shown unless a path needs them. O(small cells · (rows + columns)²).
 *
 * @param counts - Whole numbers of 0 or more, a row per row of the table, all equally long.
 * @param minimum - Smallest count that may be seen, 1 or more; 1 hides nothing.
 * @throws InputError if the minimum is not a whole number of at least 1.
 * @see Hundepool et al. (2012), Statistical Disclosure Control, doi:10.1002/9781118348239, §4.
 */
export function suppressCells(counts: readonly (readonly number[])[], minimum: number): SuppressedTable {
  checkCount("suppressCells", "minimum", minimum, 1);
  const isShown = counts.map((row) => row.map((count) => count === 0 || count >= minimum));
  const small = placesOf(isShown, (shown) => !shown);
  for (const place of small) {
    const path = cheapestPath(counts, isShown, place);
    if (path === undefined) return { ...hiddenAltogether(counts), small: small.length };
    for (const [row, column] of path) isShown[row]![column] = false;
  }
  const hidden = placesOf(isShown, (shown) => !shown).length;
  return { isShown, small: small.length, complementary: hidden - small.length };
}

/**
 * Hides small groups of one line with a known total, and the next smallest until at least two groups are hidden that together
 * reach the minimum: what the hidden ones have in common says nothing about one of them.
 *
 * @param sizes - Customers of each group, 0 or more; an empty group hides nothing and is shown.
 * @param minimum - Smallest group that may be seen, 1 or more.
 * @returns True where a group may be seen.
 */
export function suppressGroups(sizes: readonly number[], minimum: number): readonly boolean[] {
  checkCount("suppressGroups", "minimum", minimum, 1);
  const isShown = sizes.map((size) => size === 0 || size >= minimum);
  const bySize = sizes.map((size, i) => ({ size, i })).sort((a, b) => a.size - b.size || a.i - b.i);
  const hidden = bySize.filter(({ i }) => !isShown[i]);
  if (hidden.length === 0) return isShown;
  for (const group of bySize) {
    const together = hidden.reduce((sum, { size }) => sum + size, 0);
    if (hidden.length >= 2 && together >= minimum) break;
    if (group.size === 0 || !isShown[group.i]) continue;
    isShown[group.i] = false;
    hidden.push(group);
  }
  return isShown;
}

type Place = readonly [row: number, column: number];

function placesOf(isShown: readonly (readonly boolean[])[], wants: (shown: boolean) => boolean): Place[] {
  return isShown.flatMap((row, i) => row.flatMap((shown, j): Place[] => (wants(shown) ? [[i, j]] : [])));
}

function hiddenAltogether(counts: readonly (readonly number[])[]): Omit<SuppressedTable, "small"> {
  const isShown = counts.map((row) => row.map(() => false));
  return { isShown, complementary: isShown.flat().length };
}

/**
 * The cells that let a count be one more or one less. Rows and columns are the stations: from a row to a column by a cell that
 * takes one more (any), from a column to a row by one that gives one up (not an empty one).
 */
function cheapestPath(
  counts: readonly (readonly number[])[],
  isShown: readonly (readonly boolean[])[],
  [row, column]: Place,
): readonly Place[] | undefined {
  const rowCount = counts.length;
  const columnCount = counts[0]?.length ?? 0;
  const cost = (i: number, j: number): number => (isShown[i]![j] ? counts[i]![j]! + 1 : 0);
  const step = (from: number, to: number): number => {
    const gives = from >= rowCount;
    const [i, j] = gives ? [to, from - rowCount] : [from, to - rowCount];
    if (i < 0 || i >= rowCount || j < 0 || (i === row && j === column)) return Infinity;
    return gives && counts[i]![j] === 0 ? Infinity : cost(i, j);
  };
  const [here, there] = [row, rowCount + column];
  const ways = [
    cheapestWay({ from: there, to: here, rowCount, stations: rowCount + columnCount, step }),
    cheapestWay({ from: here, to: there, rowCount, stations: rowCount + columnCount, step }),
  ].filter((way) => way !== undefined);
  const best = ways.sort((a, b) => a.cost - b.cost)[0];
  return best?.stations.slice(1).map((to, i): Place => {
    const from = best.stations[i]!;
    return from < rowCount ? [from, to - rowCount] : [to, from - rowCount];
  });
}

interface Way {
  readonly from: number;
  readonly to: number;
  readonly rowCount: number;
  readonly stations: number;
  /** What it costs to go from one station to another; Infinity: no way. */
  readonly step: (from: number, to: number) => number;
}

/** Dijkstra's shortest path between stations; ties go to the lower station. */
function cheapestWay({ from, to, rowCount, stations, step }: Way) {
  const costs = new Float64Array(stations).fill(Infinity);
  const previous = new Int32Array(stations).fill(-1);
  const isDone = new Uint8Array(stations);
  costs[from] = 0;
  for (;;) {
    let at = -1;
    for (let i = 0; i < stations; i++)
      if (!isDone[i] && costs[i]! < Infinity && (at < 0 || costs[i]! < costs[at]!)) at = i;
    if (at < 0) return undefined;
    if (at === to) break;
    isDone[at] = 1;
    const [first, end] = at < rowCount ? [rowCount, stations] : [0, rowCount];
    for (let next = first; next < end; next++) {
      const cost = costs[at]! + step(at, next);
      if (cost >= costs[next]!) continue;
      costs[next] = cost;
      previous[next] = at;
    }
  }
  const path = [to];
  while (path[0] !== from) path.unshift(previous[path[0]!]!);
  return { cost: costs[to]!, stations: path };
}
