/**
 * For each cluster of one grouping, its Jaccard overlap |A ∩ B| / |A ∪ B| with the most alike cluster of another
 * grouping of the same rows (0…1). A cluster without rows there counts 0.
 */
export function bestOverlaps(before: Int32Array, after: Int32Array, clusterCount: number): number[] {
  const shared = new Float64Array(clusterCount * clusterCount);
  const sizesBefore = new Float64Array(clusterCount);
  const sizesAfter = new Float64Array(clusterCount);
  for (let i = 0; i < before.length; i++) {
    shared[before[i]! * clusterCount + after[i]!]!++;
    sizesBefore[before[i]!]!++;
    sizesAfter[after[i]!]!++;
  }
  return Array.from(sizesBefore, (size, a) => {
    let best = 0;
    for (let b = 0; b < clusterCount; b++) {
      const both = shared[a * clusterCount + b]!;
      if (both > 0) best = Math.max(best, both / (size + sizesAfter[b]! - both));
    }
    return best;
  });
}
