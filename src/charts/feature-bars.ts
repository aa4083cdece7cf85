import { numberText } from "../core/number-text.js";
import { axisTitle, buildFigure, verticalLine } from "./build-figure.js";
import { type ChartSegment, segmentAxis } from "./chart-segment.js";
import type { Figure } from "./figure.js";
import { lightPalette, segmentColour } from "./theme.js";
import { valueText, withUnit } from "./value-text.js";

export interface SegmentMean extends ChartSegment {
  readonly mean: number;
  /** Limits of the 95 % interval. */
  readonly low: number;
  readonly high: number;
}

export interface FeatureBarsView {
  readonly label: string;
  readonly unit?: string;
  readonly segments: readonly SegmentMean[];
  /** Mean of all customers, drawn as a line. */
  readonly total?: number;
}

/** How does one feature differ? Its mean by segment with a 95 % interval, and the mean of all customers as a line. */
export function featureBars(view: FeatureBarsView): Figure {
  const { label, unit, segments, total } = view;
  const unitColumn = unit ? { unit } : {};
  return buildFigure({
    title: finding(view),
    data: [barTrace(segments)],
    layout: {
      xaxis: { title: axisTitle(withUnit(`${label}, mean`, unit)), rangemode: "tozero", nticks: 6 },
      yaxis: segmentAxis(segments),
      bargap: 0.35,
      shapes: total === undefined ? [] : [verticalLine(total, lightPalette.muted)],
      annotations: total === undefined ? [] : [totalName(total)],
    },
    height: 50 * segments.length + 80,
    table: {
      kind: "table",
      caption: `${label} by segment`,
      columns: [
        { name: "Segment" },
        { name: "Customers" },
        { name: "Mean", ...unitColumn },
        { name: "From", ...unitColumn },
        { name: "To", ...unitColumn },
      ],
      rows: segments.map((segment) => [segment.name, segment.size, segment.mean, segment.low, segment.high]),
      note: `From and to: 95 % interval of the mean.${total === undefined ? "" : ` All customers: ${valueText(total, unit)}.`}`,
    },
  });
}

function finding({ label, unit, segments }: FeatureBarsView): string {
  const ordered = [...segments].sort((a, b) => b.mean - a.mean);
  const highest = ordered[0]!;
  const lowest = ordered.at(-1)!;
  return `${label}: highest for “${highest.name}” (${valueText(highest.mean, unit)}), lowest for “${lowest.name}” (${valueText(lowest.mean, unit)})`;
}

function barTrace(segments: readonly SegmentMean[]): Readonly<Record<string, unknown>> {
  return {
    type: "bar",
    orientation: "h",
    x: segments.map((segment) => segment.mean),
    y: segments.map((_, i) => i),
    marker: { color: segments.map((segment) => segmentColour(segment.key)), opacity: 0.85 },
    error_x: {
      type: "data",
      symmetric: false,
      array: segments.map((segment) => segment.high - segment.mean),
      arrayminus: segments.map((segment) => segment.mean - segment.low),
      color: lightPalette.ink,
      thickness: 1.5,
      width: 4,
    },
    hovertemplate: "%{x:.3s}<extra></extra>",
  };
}

function totalName(total: number): Readonly<Record<string, unknown>> {
  return {
    text: `all ${numberText(total)}`,
    x: total,
    y: 1,
    yref: "paper",
    yanchor: "bottom",
    showarrow: false,
    font: { color: lightPalette.muted, size: 12 },
  };
}
