import { isJoinedAround } from "./detour.js";
import type { LabelledPoints } from "./labelled-points.js";
import {
  type ClusterMoments,
  findPartDirection,
  measureMoments,
  shrunkCovariance,
} from "./part-direction.js";
import { findValley, type PairProjection } from "./valley.js";
import { valleyLimit } from "./valley-limits.js";
import type { ValleyPair } from "./whiten-pair.js";

/** Below this many rows a cluster has no valley to anything. */
const fewestRows = 3;

/** Two clusters and the valley between them. */
export interface PairValley {
  readonly a: number;
  readonly b: number;
  /** 0: empty between; 1: no valley. */
  readonly valley: number;
  /** A valley at most this deep counts as open. */
  readonly limit: number;
  /** Whether customers are as many on a way around the valley as in the middles; false where it is closed anyway. */
  readonly joinedAround: boolean;
}

/** The valley of every pair of clusters, in the order (0, 1), (0, 2) … O(nRows · clusterCount). */
export function findPairValleys(labelled: LabelledPoints): PairValley[] {
  const { columnCount, clusterCount } = labelled;
  const moments = measureMoments(labelled.points, labelled.labels, { columnCount, clusterCount });
  const members = rowsByCluster(labelled.labels, moments.sizes);
  return pairsOf(clusterCount).map(([a, b]) => {
    const limit = valleyLimit(moments.sizes[a]!, moments.sizes[b]!, columnCount);
    const projection = projectPair(labelled, moments, { a, b, members });
    if (projection === undefined) return { a, b, valley: 1, limit, joinedAround: false };
    const { depth, position } = findValley(projection);
    const valleyShare = (position - projection.lowMean) / (projection.highMean - projection.lowMean);
    const joinedAround =
      depth <= limit && isJoinedAround(pairOf(labelled, moments, { a, b, members, valleyShare }));
    return { a, b, valley: depth, limit, joinedAround };
  });
}

/** The shallowest valley of all pairs. Stops at the first pair without any, near pairs first. */
export function findWorstValley(labelled: LabelledPoints): number {
  const { columnCount, clusterCount } = labelled;
  const moments = measureMoments(labelled.points, labelled.labels, { columnCount, clusterCount });
  const members = rowsByCluster(labelled.labels, moments.sizes);
  const byDistance = pairsOf(clusterCount)
    .map(([a, b]) => ({ a, b, distance: squaredDistance(moments, a, b) }))
    .sort((one, other) => one.distance - other.distance);
  let worst = 0;
  for (const { a, b } of byDistance) {
    const projection = projectPair(labelled, moments, { a, b, members });
    worst = Math.max(worst, projection === undefined ? 1 : findValley(projection).depth);
    if (worst === 1) return 1;
  }
  return worst;
}

/** Every pair of cluster numbers, the lower first. */
function pairsOf(clusterCount: number): [number, number][] {
  return Array.from({ length: clusterCount }, (_, a) =>
    Array.from({ length: clusterCount - a - 1 }, (_, i): [number, number] => [a, a + 1 + i]),
  ).flat();
}

/** Two clusters, and the rows of every cluster. */
interface Pair {
  readonly a: number;
  readonly b: number;
  readonly members: readonly Int32Array[];
}

/** A pair along the direction that parts it best. */
interface ProjectedPair extends PairProjection {
  readonly direction: Float64Array;
}

/** Where the rows of two clusters lie along the direction that parts them; nothing where that is no direction. */
function projectPair(
  { points, columnCount }: LabelledPoints,
  moments: ClusterMoments,
  { a, b, members }: Pair,
): ProjectedPair | undefined {
  if (Math.min(moments.sizes[a]!, moments.sizes[b]!) < fewestRows) return undefined;
  const direction = findPartDirection(moments, a, b);
  const positions = new Float64Array(moments.sizes[a]! + moments.sizes[b]!);
  let at = 0;
  const [low, high] = [members[a]!, members[b]!].map((rows) => {
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < rows.length; i++) {
      const start = rows[i]! * columnCount;
      let position = 0;
      for (let j = 0; j < columnCount; j++) position += points[start + j]! * direction[j]!;
      positions[at++] = position;
      sum += position;
      squares += position * position;
    }
    const mean = sum / rows.length;
    return { mean, within: rows.length * Math.max(0, squares / rows.length - mean * mean) };
  });
  const spread = Math.sqrt((low!.within + high!.within) / positions.length);
  if (!(spread > 0 && high!.mean > low!.mean)) return undefined;
  return { direction, positions, lowMean: low!.mean, highMean: high!.mean, spread };
}

/** The rows of two clusters, for ways around their valley to be looked for. */
function pairOf(
  { points, columnCount }: LabelledPoints,
  moments: ClusterMoments,
  { a, b, members, valleyShare }: Pair & { readonly valleyShare: number },
): ValleyPair {
  const chosen = [...members[a]!, ...members[b]!];
  const rows = new Float64Array(chosen.length * columnCount);
  chosen.forEach((row, i) => {
    rows.set(points.subarray(row * columnCount, (row + 1) * columnCount), i * columnCount);
  });
  const meanOf = (cluster: number) => moments.means.slice(cluster * columnCount, (cluster + 1) * columnCount);
  return {
    rows,
    lowMean: meanOf(a),
    highMean: meanOf(b),
    covariance: shrunkCovariance(moments, a, b),
    valleyShare,
  };
}

/** Row numbers of each cluster. */
function rowsByCluster(labels: Int32Array, sizes: Int32Array): Int32Array[] {
  const members = Array.from(sizes, (size) => new Int32Array(size));
  const filled = new Int32Array(sizes.length);
  for (let i = 0; i < labels.length; i++) {
    const cluster = labels[i]!;
    if (cluster >= 0) members[cluster]![filled[cluster]!++] = i;
  }
  return members;
}

function squaredDistance({ means, columnCount }: ClusterMoments, a: number, b: number): number {
  let sum = 0;
  for (let j = 0; j < columnCount; j++)
    sum += (means[a * columnCount + j]! - means[b * columnCount + j]!) ** 2;
  return sum;
}
