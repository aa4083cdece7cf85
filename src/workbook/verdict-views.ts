import type { CountSeparationsView } from "../charts/count-separations.js";
import type { FenceView } from "../charts/fence-sitters.js";
import type { MergeCostsView } from "../charts/merge-costs.js";
import type { PairDensityView } from "../charts/pair-density.js";
import type { ValleyMapView } from "../charts/valley-map.js";
import { mergeLosses } from "../validity/merge-losses.js";
import { placeAlongPair } from "../verdict/place-along-pair.js";
import { effectFloor } from "../verdict/valley-limits.js";
import type { Segmentation } from "./segmentation.js";

/** Every count on both routes, ready for `charts.countSeparations`; null where no count above 1 could be judged. */
export function separationView({ judgement, recommendedCount }: Segmentation): CountSeparationsView | null {
  if (judgement === null || judgement.separations.length === 0) return null;
  const { separations, route } = judgement;
  return { separations, recommendedCount, route, limit: effectFloor };
}

/** What lies between every two segments, ready for `charts.valleyMap`; null for one segment. */
export function valleyView({ solution, segments }: Segmentation): ValleyMapView | null {
  return solution && { segments, pairs: solution.pairs };
}

/** What is lost if two segments become one, ready for `charts.mergeCosts`; null for one segment. */
export function mergeView({ solution, segments, fit }: Segmentation): MergeCostsView | null {
  if (solution === null) return null;
  const pairs = mergeLosses(fit).map(({ a, b, loss }) => {
    const open = solution.pairs.find((pair) => pair.a === a && pair.b === b)?.open;
    return { a, b, loss, ...(open !== undefined && { open }) };
  });
  return { segments, pairs };
}

/** Who lands elsewhere when customers are drawn anew, ready for `charts.fenceSitters`; null for one segment. */
export function fenceView({ fence, segments }: Segmentation): FenceView | null {
  if (fence === null) return null;
  const named = fence.segments.map((one) => ({ ...one, name: segments[one.segment]!.name }));
  return { ...fence, fenceSitters: fence.list.length, segments: named };
}

/**
 * Customers along the line from one segment to another, ready for `charts.pairDensity`.
 *
 * @param pair - Keys of the two segments; if not given the two with the shallowest valley between them.
 * @returns null for one segment.
 */
export function densityView(
  { solution, segments, matrix, fit, judgement }: Segmentation,
  pair?: readonly [string, string],
): PairDensityView | null {
  if (solution === null || judgement === null) return null;
  const places = pair
    ?.map((key) => segments.findIndex((segment) => segment.key === key))
    .sort((a, b) => a - b);
  const shown = places
    ? solution.pairs.find(({ a, b }) => a === places[0] && b === places[1])
    : solution.pairs.reduce((worst, one) => (one.valley > worst.valley ? one : worst));
  if (shown === undefined) return null;
  const { a, b, valley, limit, open } = shown;
  const curve = placeAlongPair(matrix, fit.labels, { a, b, seed: judgement.seed });
  return { ...curve, segments: [segments[a]!, segments[b]!], valley, limit, open };
}
