import { exchangeGroups, isWithin, type RowGroup } from "./exchange-groups.js";
import { type LimitProblem, squaredDistance } from "./limit-problem.js";

/**
 * Puts the rows of every group into one cluster, given labels within the limits that may part some groups. Returns
 * false where it found no way: which groups fit is a packing problem that no fast method solves for certain.
 *
 * The groups that are parted, largest first, go whole to the nearest cluster with room. Where that leaves a cluster
 * outside its limits, groups move, or change places with groups of other clusters, the cheapest per row of violation
 * first. Should that not do, all groups are placed anew, largest first, and repaired in the same way.
 */
export function keepGroupsWhole(
  problem: LimitProblem,
  labels: Int32Array,
  groupStarts: Uint32Array,
): boolean {
  if (groupStarts.length > problem.rowCount) return true;
  const groups = groupsOf(labels, groupStarts);
  const parted = groups.filter(({ label }) => label < 0);
  if (parted.length === 0) return true;
  if (!placeGroups(problem, groups, parted) && !placeGroups(problem, groups, groups)) return false;
  for (const { begin, size, label } of groups) labels.fill(label, begin, begin + size);
  return true;
}

function groupsOf(labels: Int32Array, groupStarts: Uint32Array): RowGroup[] {
  return Array.from(groupStarts.subarray(1), (end, i) => {
    const begin = groupStarts[i]!;
    const label = labels[begin]!;
    let isWhole = true;
    for (let row = begin + 1; row < end; row++) isWhole &&= labels[row] === label;
    return { begin, size: end - begin, label: isWhole ? label : -1 };
  });
}

/** Places the chosen groups, then repairs; false where some cluster stays outside its limits. */
function placeGroups(
  problem: LimitProblem,
  groups: readonly RowGroup[],
  chosen: readonly RowGroup[],
): boolean {
  for (const group of chosen) group.label = -1;
  const sizes = new Int32Array(problem.clusterCount);
  for (const { size, label } of groups) if (label >= 0) sizes[label]! += size;
  for (const group of [...chosen].sort((a, b) => b.size - a.size || a.begin - b.begin)) {
    group.label = nearestWithRoom(problem, group, sizes);
    sizes[group.label]! += group.size;
  }
  while (!sizes.every((size) => isWithin(problem, size)))
    if (!exchangeGroups(problem, groups, sizes)) return false;
  return true;
}

/** The nearest cluster that can take the group; where there is none, the nearest. */
function nearestWithRoom(problem: LimitProblem, group: RowGroup, sizes: Int32Array): number {
  let nearest = 0;
  let least = Infinity;
  for (const hasRoom of [true, false]) {
    for (let cluster = 0; cluster < sizes.length; cluster++) {
      if (hasRoom && sizes[cluster]! + group.size > problem.most) continue;
      const squared = squaredDistance(problem, group.begin, cluster);
      if (squared >= least) continue;
      least = squared;
      nearest = cluster;
    }
    if (least < Infinity) break;
  }
  return nearest;
}
