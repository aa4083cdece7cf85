import { type LimitProblem, squaredDistance } from "./limit-problem.js";

/** Rows side by side that stay together. */
export interface RowGroup {
  /** Its first row, and how many it has. */
  readonly begin: number;
  readonly size: number;
  /** Its cluster; −1 where it has none yet. */
  label: number;
}

/** Whether a cluster of this size keeps to the limits. */
export function isWithin(problem: LimitProblem, size: number): boolean {
  return violation(problem, size) === 0;
}

function violation({ least, most }: LimitProblem, size: number): number {
  return Math.max(0, least - size, size - most);
}

/**
 * One step towards the limits: a group leaves a cluster that violates them, or comes to it, or two groups change places
 * with it; of all that lessen the violation the one that costs least per row of it. Returns false where nothing does.
 * O(groups · stride) and O(clusterCount · the square of the number of different group sizes).
 */
export function exchangeGroups(
  problem: LimitProblem,
  groups: readonly RowGroup[],
  sizes: Int32Array,
): boolean {
  for (let cluster = 0; cluster < sizes.length; cluster++) {
    if (isWithin(problem, sizes[cluster]!)) continue;
    const best = bestExchange(problem, sizes, { cluster, ...offersTo(problem, groups, cluster) });
    if (best === undefined) continue;
    const { leaving, coming, other } = best;
    if (leaving !== undefined) leaving.label = other;
    if (coming !== undefined) coming.label = cluster;
    const change = (coming?.size ?? 0) - (leaving?.size ?? 0);
    sizes[cluster]! += change;
    sizes[other]! -= change;
    return true;
  }
  return false;
}

/** A group that would move, and what that adds to the cost; without a group: nothing moves. */
interface Offer {
  readonly group: RowGroup | undefined;
  readonly size: number;
  readonly cost: number;
}

interface Offers {
  /** For every other cluster, the cheapest group of each size that could leave to it. */
  readonly leaving: readonly (readonly Offer[])[];
  /** For every other cluster, the cheapest group of each size that could come from it. */
  readonly coming: readonly (readonly Offer[])[];
}

function offersTo(problem: LimitProblem, groups: readonly RowGroup[], cluster: number): Offers {
  const { clusterCount } = problem;
  const leaving = Array.from({ length: clusterCount }, () => new Map<number, Offer>());
  const coming = Array.from({ length: clusterCount }, () => new Map<number, Offer>());
  const offer = (offers: Map<number, Offer>, group: RowGroup, cost: number) => {
    if (cost < (offers.get(group.size)?.cost ?? Infinity))
      offers.set(group.size, { group, size: group.size, cost });
  };
  for (const group of groups) {
    const here = squaredDistance(problem, group.begin, cluster);
    if (group.label !== cluster) {
      const there = squaredDistance(problem, group.begin, group.label);
      offer(coming[group.label]!, group, group.size * (here - there));
      continue;
    }
    for (let other = 0; other < clusterCount; other++) {
      const there = squaredDistance(problem, group.begin, other);
      if (other !== cluster) offer(leaving[other]!, group, group.size * (there - here));
    }
  }
  const none: Offer = { group: undefined, size: 0, cost: 0 };
  const list = (offers: Map<number, Offer>) => [none, ...offers.values()];
  return { leaving: leaving.map(list), coming: coming.map(list) };
}

function bestExchange(
  problem: LimitProblem,
  sizes: Int32Array,
  { cluster, leaving, coming }: Offers & { readonly cluster: number },
): { readonly leaving: Offer["group"]; readonly coming: Offer["group"]; readonly other: number } | undefined {
  let best: ReturnType<typeof bestExchange>;
  let least = Infinity;
  for (let other = 0; other < sizes.length; other++) {
    if (other === cluster) continue;
    const before = violation(problem, sizes[cluster]!) + violation(problem, sizes[other]!);
    for (const go of leaving[other]!) {
      for (const come of coming[other]!) {
        const change = come.size - go.size;
        const after =
          violation(problem, sizes[cluster]! + change) + violation(problem, sizes[other]! - change);
        const price = (go.cost + come.cost) / (before - after);
        if (after >= before || price >= least) continue;
        least = price;
        best = { leaving: go.group, coming: come.group, other };
      }
    }
  }
  return best;
}
