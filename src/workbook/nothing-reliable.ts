import { countText, numberText } from "../core/number-text.js";
import { verdictText } from "../core/verdict.js";
import type { NothingReliable } from "../segments/segment-card.js";
import type { FoundSegments } from "./find-segments.js";

/** Why there are no reliable segments and what is shown in their place; undefined where something separates the customers. */
export function nothingReliableOf(found: FoundSegments): NothingReliable | undefined {
  const { judgement, recommendedCount, clusterCount, verdict } = found;
  if (recommendedCount > 1 || judgement === null) return undefined;
  return {
    reason: `${judgement.reason} That is a finding, not a failure: most customers differ by degrees.`,
    shown:
      clusterCount === 1
        ? "All customers stand as one segment."
        : `In the place of segments stands a cut into ${countText(clusterCount)} (${verdictText(verdict)}). ${found.countReason}`,
    advice: adviceOf(found),
    figures: [...judgement.separations]
      .sort((one, other) => one.count - other.count || (one.route < other.route ? -1 : 1))
      .map(({ count, route, worstValley, null: band }) => ({
        label: `${countText(count)} segments${route === "weighted" ? ", features weighing differently" : ""}`,
        valley: worstValley,
        withoutGroups: [band.low, band.high],
        percentile: band.percentile,
      })),
  };
}

function adviceOf({ clusterCount, solution, judgement }: FoundSegments): readonly string[] {
  const smallest = Math.min(...judgement!.separations.map(({ pValue }) => pValue));
  const lines = [
    "Target by the features themselves: a threshold on spend or recency says more than a border through a continuum.",
    "If slices are needed for planning, take these, and expect customers near a border to change sides.",
    "Look at other features, or at a longer window, before cutting finer.",
  ];
  const steady = solution !== null && clusterCount > 1;
  return [
    ...(judgement!.separations.length > 0
      ? [
          `Of all counts and both ways to weigh features, the smallest p-value is ${numberText(smallest)}, corrected for all that was tried.`,
        ]
      : []),
    ...(steady ? lines : lines.slice(0, 1)),
  ];
}
