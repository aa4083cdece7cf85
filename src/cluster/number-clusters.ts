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

/** Rounds after which a circle of ties is left as it is. */
const mostRounds = 20;

/**
 * Numbers clusters by size where rows that tie go to the lowest number, which the numbering itself may change.
 *
 * @param assign - Labels of all rows when the clusters stand in the order given; ties go to the first.
 */
export function settleNumbers(
  clusterCount: number,
  assign: (order: readonly number[]) => Int32Array,
): NumberedClusters {
  let order: readonly number[] = Array.from({ length: clusterCount }, (_, cluster) => cluster);
  let numbered = numberClusters(assign(order), clusterCount);
  for (let round = 0; round < mostRounds; round++) {
    const before = order;
    order = numbered.order.map((place) => before[place]!);
    if (order.every((cluster, place) => cluster === before[place])) break;
    numbered = numberClusters(assign(order), clusterCount);
  }
  return { ...numbered, order };
}
