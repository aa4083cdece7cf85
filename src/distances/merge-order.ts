/** Merges as they were found: which two places, at what height. The second place carries on. */
export interface FoundMerges {
  readonly from: Int32Array;
  readonly into: Int32Array;
  readonly heights: Float64Array;
}

/** Merges from the lowest to the highest, clusters numbered as SciPy numbers them. */
export interface OrderedMerges {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly heights: Float64Array;
  readonly sizes: Int32Array;
}

/** Sorts merges by height, equal ones as found, and numbers the clusters that they make from `rowCount` up. */
export function orderMerges(found: FoundMerges, rowCount: number): OrderedMerges {
  const steps = found.heights.length;
  const order = Array.from({ length: steps }, (_, step) => step).sort(
    (a, b) => found.heights[a]! - found.heights[b]! || a - b,
  );
  const parent = Int32Array.from({ length: rowCount + steps }, (_, cluster) => cluster);
  const counts = new Int32Array(rowCount + steps).fill(1);
  const first = new Int32Array(steps);
  const second = new Int32Array(steps);
  order.forEach((step, place) => {
    const a = rootOf(parent, found.from[step]!);
    const b = rootOf(parent, found.into[step]!);
    const made = rowCount + place;
    parent[a] = made;
    parent[b] = made;
    counts[made] = counts[a]! + counts[b]!;
    first[place] = Math.min(a, b);
    second[place] = Math.max(a, b);
  });
  return {
    first,
    second,
    heights: Float64Array.from(order, (step) => found.heights[step]!),
    sizes: counts.slice(rowCount),
  };
}

/** The cluster that a cluster has become part of; shortens the way there for the next time. */
export function rootOf(parent: Int32Array, cluster: number): number {
  let root = cluster;
  while (parent[root] !== root) root = parent[root]!;
  for (let at = cluster; parent[at] !== root; ) {
    const next = parent[at]!;
    parent[at] = root;
    at = next;
  }
  return root;
}
