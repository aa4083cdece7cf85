import type { ProgressTeller } from "../cluster/progress-teller.js";
import type { FoundMerges } from "./merge-order.js";

/** Clusters that merge: how far two are apart, and what joining them changes. Each has a place; a merge frees one. */
export interface MergingClusters {
  readonly count: number;
  /** Places that equal the next one: these are joined first, at height 0. */
  readonly twins: readonly number[];
  readonly progress: ProgressTeller;
  /** Writes the distances of cluster `place` from all `others`, in their order. */
  readonly fill: (target: Float64Array, place: number, others: Int32Array) => void;
  /** Joins `from` into `into`; `others` are the clusters that stay beside them. */
  readonly merge: (from: number, into: number, others: Int32Array) => void;
}

/**
 * Nearest-neighbour chain: follow nearest neighbours until two are each other's, and join them. For the linkages where
 * a merge never brings clusters closer it finds the same merges as always joining the closest pair, with at most
 * 3 · count rows of distances instead of all pairs again at every step.
 *
 * Among equally near neighbours the one before in the chain is taken, else the one in the lowest place.
 *
 * @see Murtagh (1983), doi:10.1093/comjnl/26.4.354; Müllner (2011), arXiv:1109.2378
 */
export function chainMerges(clusters: MergingClusters): FoundMerges {
  const { count } = clusters;
  const merges = {
    from: new Int32Array(count - 1),
    into: new Int32Array(count - 1),
    heights: new Float64Array(count - 1),
  };
  let active: Int32Array = Int32Array.from({ length: count }, (_, place) => place);
  let step = 0;
  const join = (from: number, into: number, height: number) => {
    merges.from[step] = from;
    merges.into[step] = into;
    merges.heights[step] = height;
    active = without(active, from);
    clusters.merge(from, into, active);
    clusters.progress.tell(++step);
  };
  for (const place of clusters.twins) join(place, place + 1, 0);
  const distances = new Float64Array(count);
  const chain: number[] = [];
  while (step < count - 1) {
    if (chain.length === 0) chain.push(active[0]!);
    const height = extendChain(chain, { clusters, active, distances });
    const [from, into] = [chain.pop()!, chain.pop()!].sort((a, b) => a - b);
    join(from!, into!, height);
  }
  return merges;
}

/** Lengthens the chain until its last two are nearest neighbours of each other; returns their distance. */
function extendChain(
  chain: number[],
  state: {
    readonly clusters: MergingClusters;
    readonly active: Int32Array;
    readonly distances: Float64Array;
  },
): number {
  const { clusters, active, distances } = state;
  for (;;) {
    const tip = chain.at(-1)!;
    clusters.progress.spend(active.length);
    const before = chain.at(-2) ?? -1;
    clusters.fill(distances, tip, active);
    let nearest = before;
    let height = before < 0 ? Infinity : distances[placeOf(active, before)]!;
    for (let i = 0; i < active.length; i++) {
      if (distances[i]! < height && active[i] !== tip) {
        height = distances[i]!;
        nearest = active[i]!;
      }
    }
    if (nearest === before) return height;
    chain.push(nearest);
  }
}

/** Index of a value in an ascending list, by halving. */
function placeOf(sorted: Int32Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The ascending list without one of its values, in the same memory. */
function without(sorted: Int32Array, value: number): Int32Array {
  const at = placeOf(sorted, value);
  sorted.copyWithin(at, at + 1);
  return sorted.subarray(0, sorted.length - 1);
}
