import type { LabelledPoints, ProjectedPair } from "./pair-valleys.js";
import type { ClusterMoments } from "./part-direction.js";

/** Placeholder until the way around is looked for. */
export function findDetour(
  _labelled: LabelledPoints,
  _moments: ClusterMoments,
  _pair: {
    readonly a: number;
    readonly b: number;
    readonly members: readonly Int32Array[];
    readonly projection: ProjectedPair;
    readonly position: number;
  },
): boolean {
  return false;
}
