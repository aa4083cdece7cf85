import { bestJaccards, tableOverlaps } from "./overlap-table.js";

/**
 * For each cluster of one grouping, its Jaccard overlap |A ∩ B| / |A ∪ B| with the most alike cluster of another
 * grouping of the same rows (0…1). A cluster without rows there counts 0.
 */
export function bestOverlaps(before: Int32Array, after: Int32Array, clusterCount: number): number[] {
  return bestJaccards(tableOverlaps(before, after, { before: clusterCount, after: clusterCount }));
}
