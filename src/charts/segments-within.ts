import { stabilityText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import { type ChartSegment, segmentAxis } from "./chart-segment.js";
import type { Figure } from "./figure.js";
import { stripTraces } from "./strip-rows.js";
import { segmentColour } from "./theme.js";

/** A segment and how much of it pairs of refits found again. */
export interface SegmentWithinSpread extends ChartSegment {
  /** One overlap (Jaccard, 0–1) per pair of samples. */
  readonly values: readonly number[];
  readonly mean: number;
  /** 5 % quantile, median and 95 % quantile. */
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** Which segments of this solution can be counted on? A strip per segment: its overlap in every pair of refits. */
export function segmentsWithin(segments: readonly SegmentWithinSpread[]): Figure {
  const pairs = Math.max(0, ...segments.map(({ values }) => values.length));
  return buildFigure({
    title: finding(segments),
    data: stripTraces(segments.map((segment) => ({ ...segment, colour: segmentColour(segment.key) }))),
    layout: {
      xaxis: {
        title: axisTitle("Overlap with its counterpart (Jaccard, 0 to 1)"),
        range: [0, 1.02],
        dtick: 0.25,
        zeroline: false,
      },
      yaxis: segmentAxis(segments),
    },
    height: 58 * segments.length + 70,
    table: {
      kind: "table",
      caption: "Stability of each segment within the solution",
      columns: [
        { name: "Segment" },
        { name: "Customers" },
        { name: "Mean overlap", digits: 2 },
        { name: "5 % quantile", digits: 2 },
        { name: "Median", digits: 2 },
        { name: "95 % quantile", digits: 2 },
      ],
      rows: segments.map(({ name, size, mean, low, median, high }) => [name, size, mean, low, median, high]),
      note: `Overlap: customers in both, divided by customers in either, averaged over the two refits of each of ${pairs} pairs of bootstrap samples.`,
    },
  });
}

function finding(segments: readonly SegmentWithinSpread[]): string {
  const ordered = [...segments].sort((a, b) => b.median - a.median);
  const [best, worst] = [ordered[0]!, ordered.at(-1)!];
  if (best === worst)
    return `Half of the pairs find “${best.name}” again by ${stabilityText(best.median)} of 1 or more`;
  return `“${best.name}” can be counted on most (median overlap ${stabilityText(best.median)} of 1), “${worst.name}” least (${stabilityText(worst.median)})`;
}
