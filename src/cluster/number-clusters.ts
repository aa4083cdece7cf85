/** Labels under their final numbers. */
export interface NumberedClusters {
  readonly labels: Int32Array;
  /** Rows per cluster, largest first. */
  readonly sizes: readonly number[];
  /** Former number of each cluster, in the new order. */
  readonly order: readonly number[];
}

/**
 * Numbers clusters by size, the largest first; of equal sizes the one whose first row comes first. With rows in
 * canonical order that is a matter of content alone.
 */
export function numberClusters(labels: Int32Array, clusterCount: number): NumberedClusters {
  const sizes = new Int32Array(clusterCount);
  const firstRows = new Int32Array(clusterCount).fill(labels.length);
  for (let i = labels.length - 1; i >= 0; i--) {
    sizes[labels[i]!]!++;
    firstRows[labels[i]!] = i;
  }
  const order = Array.from(sizes.keys()).sort(
    (a, b) => sizes[b]! - sizes[a]! || firstRows[a]! - firstRows[b]! || a - b,
  );
  const numberOf = new Int32Array(clusterCount);
  for (const [place, cluster] of order.entries()) numberOf[cluster] = place;
  return {
    labels: labels.map((label) => numberOf[label]!),
    sizes: order.map((cluster) => sizes[cluster]!),
    order,
  };
}
