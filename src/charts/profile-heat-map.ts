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
}

/** Who are they? Each segment's mean of each feature as an index, all customers = 100. */
export function profileHeatMap(profile: ProfileView): Figure {
  const cell = farthestCell(profile.index);
  const title =
    cell === undefined
      ? "No feature sets a segment apart"
      : `“${profile.segments[cell.column]!.name}” differ most: ${profile.features[cell.row]} is ${numberText(Math.round(cell.value))} where all customers are 100`;
  return indexHeatMap({
    title,
    caption: "Index of each feature by segment, all customers = 100",
    segments: profile.segments,
    rowName: "Feature",
    rowLabels: profile.features,
    index: profile.index,
    note: "Mean of the segment divided by the mean of all customers, times 100.",
  });
}
