import { numberText } from "../core/number-text.js";
import type { ChartSegment } from "./chart-segment.js";
import type { Figure } from "./figure.js";
import { farthestCell, indexHeatMap } from "./index-heat-map.js";

export interface ProfileView {
  readonly segments: readonly ChartSegment[];
  /** Feature labels with their unit if they have one. */
  readonly features: readonly string[];
  /** Shape (nFeatures, nSegments): mean of the segment / mean of all customers · 100; null where the total is 0. */
  readonly index: readonly (readonly (number | null)[])[];
  /** Numeric features that are not among them: those that can be below 0 have no index, and only so many are shown; default 0. */
  readonly leftOut?: number;
}

/** Who are they? Each segment's mean of each feature as an index, all customers = 100. */
export function profileHeatMap(profile: ProfileView): Figure {
  const cell = farthestCell(profile.index);
  const title =
    cell === undefined || Math.round(cell.value) === 100
      ? "No feature sets a segment apart"
      : `“${profile.segments[cell.column]!.name}” differ most: in ${profile.features[cell.row]} their index is ${indexText(cell.value)}, that of all customers 100`;
  return indexHeatMap({
    title,
    caption: "Index of each feature by segment, all customers = 100",
    segments: profile.segments,
    rowName: "Feature",
    rowLabels: profile.features,
    index: profile.index,
    note: `Mean of the segment divided by the mean of all customers, times 100.${leftOutText(profile.leftOut ?? 0)}`,
  });
}

function indexText(index: number): string {
  return index < 1 ? "under 1" : numberText(Math.round(index));
}

function leftOutText(count: number): string {
  if (count === 0) return "";
  return ` ${count} more ${count === 1 ? "feature is" : "features are"} not shown: no index where values lie below 0, or no room.`;
}
