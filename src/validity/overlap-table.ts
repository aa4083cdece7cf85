import { adjustedRandOfCounts } from "./adjusted-rand.js";

/** How many rows two groupings of the same rows put where. */
export interface OverlapTable {
  readonly rowCount: number;
  /** Shape (clusters before, clusters after): rows in both, row-major. */
  readonly shared: Float64Array;
  readonly sizesBefore: Float64Array;
  readonly sizesAfter: Float64Array;
}

/** Counts the rows of each pair of clusters; labels are 0…count − 1. O(nRows). */
export function tableOverlaps(
  before: Int32Array,
  after: Int32Array,
  counts: { readonly before: number; readonly after: number },
): OverlapTable {
  const shared = new Float64Array(counts.before * counts.after);
  for (let i = 0; i < before.length; i++) shared[before[i]! * counts.after + after[i]!]!++;
  const sizesBefore = new Float64Array(counts.before);
  const sizesAfter = new Float64Array(counts.after);
  shared.forEach((count, cell) => {
    sizesBefore[Math.floor(cell / counts.after)]! += count;
    sizesAfter[cell % counts.after]! += count;
  });
  return { rowCount: before.length, shared, sizesBefore, sizesAfter };
}

/** Jaccard overlap |A ∩ B| / |A ∪ B| of cluster a before and b after, 0…1; 0 of two without rows. */
export function jaccardOf(table: OverlapTable, a: number, b: number): number {
  const both = table.shared[a * table.sizesAfter.length + b]!;
  return both === 0 ? 0 : both / (table.sizesBefore[a]! + table.sizesAfter[b]! - both);
}

/** For each cluster before, its Jaccard overlap with the most alike one after (0…1). A cluster without rows there counts 0. */
export function bestJaccards(table: OverlapTable): number[] {
  return Array.from(table.sizesBefore, (_, a) => {
    let best = 0;
    for (let b = 0; b < table.sizesAfter.length; b++) best = Math.max(best, jaccardOf(table, a, b));
    return best;
  });
}

/** Adjusted Rand index of the two groupings; 1 of fewer than two rows. */
export function adjustedRandOfTable(table: OverlapTable): number {
  if (table.rowCount < 2) return 1;
  return adjustedRandOfCounts(table.rowCount, {
    cells: table.shared,
    inA: table.sizesBefore,
    inB: table.sizesAfter,
  });
}
