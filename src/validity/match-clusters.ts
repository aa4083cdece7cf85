import { jaccardOf, type OverlapTable } from "./overlap-table.js";

/** Clusters of one grouping and their counterparts in another. */
export interface ClusterMatch {
  /** For each cluster before, its counterpart after; −1 where there are too few. */
  readonly counterparts: Int32Array;
  /** For each cluster after, the one before; −1 for one that is nobody's counterpart. */
  readonly origins: Int32Array;
}

/**
 * The one-to-one match of clusters with the largest sum of Jaccard overlaps. O(n³) in the number of clusters.
 *
 * @see Kuhn (1955), doi:10.1002/nav.3800020109, by shortest augmenting paths.
 */
export function matchClusters(table: OverlapTable): ClusterMatch {
  const before = table.sizesBefore.length;
  const after = table.sizesAfter.length;
  const size = Math.max(before, after);
  const origins = assignLeast(size, (a, b) => (a < before && b < after ? -jaccardOf(table, a, b) : 0));
  const counterparts = new Int32Array(before).fill(-1);
  origins.forEach((a, b) => {
    if (a < before && b < after) counterparts[a] = b;
  });
  return { counterparts, origins: Int32Array.from({ length: after }, (_, b) => limit(origins[b]!, before)) };
}

function limit(cluster: number, count: number): number {
  return cluster < count ? cluster : -1;
}

/** For each column of a square table, the row that a cheapest one-to-one assignment gives it. */
export function assignLeast(size: number, cost: (row: number, column: number) => number): Int32Array {
  // Row and column 0 stand for none; prices keep every reduced cost at 0 or above.
  const rowPrices = new Float64Array(size + 1);
  const columnPrices = new Float64Array(size + 1);
  const rowOf = new Int32Array(size + 1);
  for (let row = 1; row <= size; row++) {
    rowOf[0] = row;
    const previous = findPath(size, { cost, rowPrices, columnPrices, rowOf });
    for (let column = previous.end; column !== 0; column = previous.from[column]!)
      rowOf[column] = rowOf[previous.from[column]!]!;
  }
  return rowOf.subarray(1).map((row) => row - 1);
}

interface Assignment {
  readonly cost: (row: number, column: number) => number;
  readonly rowPrices: Float64Array;
  readonly columnPrices: Float64Array;
  readonly rowOf: Int32Array;
}

/** The cheapest path from the row that stands at column 0 to a column without one. */
function findPath(
  size: number,
  { cost, rowPrices, columnPrices, rowOf }: Assignment,
): { readonly end: number; readonly from: Int32Array } {
  const from = new Int32Array(size + 1);
  const least = new Float64Array(size + 1).fill(Infinity);
  const isDone = new Uint8Array(size + 1);
  let column = 0;
  while (rowOf[column] !== 0) {
    isDone[column] = 1;
    const row = rowOf[column]!;
    let step = Infinity;
    let next = 0;
    for (let other = 1; other <= size; other++) {
      if (isDone[other]) continue;
      const reduced = cost(row - 1, other - 1) - rowPrices[row]! - columnPrices[other]!;
      if (reduced < least[other]!) {
        least[other] = reduced;
        from[other] = column;
      }
      if (least[other]! < step) [step, next] = [least[other]!, other];
    }
    for (let other = 0; other <= size; other++) {
      if (isDone[other]) {
        rowPrices[rowOf[other]!]! += step;
        columnPrices[other]! -= step;
      } else least[other]! -= step;
    }
    column = next;
  }
  return { end: column, from };
}
