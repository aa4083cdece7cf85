import { percentText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import { type ChartSegment, segmentAxis } from "./chart-segment.js";
import type { Figure } from "./figure.js";
import { segmentColour } from "./theme.js";

export interface SegmentShare extends ChartSegment {
  /** 0–1 of all customers. */
  readonly share: number;
  /** 0–1 of revenue; null without money. */
  readonly revenueShare: number | null;
}

/** How big, and worth what? Share of customers (pale) and of revenue (full) for each segment, on one scale. */
export function segmentSizes(segments: readonly SegmentShare[]): Figure {
  const hasRevenue = segments.some((segment) => segment.revenueShare !== null);
  const bars = [barTrace(segments, "customers", hasRevenue ? -0.19 : 0)];
  if (hasRevenue) bars.push(barTrace(segments, "revenue", 0.19));
  const largest = Math.max(...segments.flatMap((segment) => [segment.share, segment.revenueShare ?? 0]));
  return buildFigure({
    title: finding(segments, hasRevenue),
    data: bars,
    layout: {
      xaxis: {
        title: axisTitle(hasRevenue ? "Share of customers and of revenue (%)" : "Share of customers (%)"),
        tickformat: ".0%",
        range: [0, Math.min(1.3, largest * 1.25)],
        nticks: 5,
      },
      yaxis: segmentAxis(segments),
      bargap: 0.3,
      barmode: "overlay",
    },
    height: 62 * segments.length + 60,
    table: {
      kind: "table",
      caption: "Customers and revenue by segment",
      columns: [
        { name: "Segment" },
        { name: "Customers" },
        { name: "Share of customers", unit: "%", digits: 1 },
        { name: "Share of revenue", unit: "%", digits: 1 },
      ],
      rows: segments.map((segment) => [
        segment.name,
        segment.size,
        100 * segment.share,
        segment.revenueShare === null ? null : 100 * segment.revenueShare,
      ]),
    },
  });
}

function finding(segments: readonly SegmentShare[], hasRevenue: boolean): string {
  const worth = (segment: SegmentShare): number => (hasRevenue ? (segment.revenueShare ?? 0) : segment.share);
  const first = segments.reduce((best, segment) => (worth(segment) > worth(best) ? segment : best));
  return hasRevenue
    ? `“${first.name}” are ${percentText(first.share)} of customers and bring ${percentText(worth(first))} of revenue`
    : `“${first.name}” are the largest segment, ${percentText(first.share)} of customers`;
}

function barTrace(
  segments: readonly SegmentShare[],
  of: "customers" | "revenue",
  offset: number,
): Readonly<Record<string, unknown>> {
  const shares = segments.map((segment) => (of === "customers" ? segment.share : segment.revenueShare));
  return {
    type: "bar",
    orientation: "h",
    x: shares,
    y: segments.map((_, i) => i + offset),
    width: 0.34,
    name: of,
    marker: {
      color: segments.map((segment) => segmentColour(segment.key)),
      opacity: of === "customers" ? 0.45 : 1,
    },
    text: shares.map((share, i) => barText(share, i === shortestRow(segments) ? ` of ${of}` : "")),
    textposition: "outside",
    cliponaxis: false,
    hovertemplate: `%{x:.1%} of ${of}<extra></extra>`,
  };
}

function barText(share: number | null, words: string): string {
  return share === null ? "" : `${percentText(share)}${words}`;
}

/** The pair of bars with most room beside it carries the words; a legend is not needed then. */
function shortestRow(segments: readonly SegmentShare[]): number {
  const lengths = segments.map((segment) => Math.max(segment.share, segment.revenueShare ?? 0));
  return lengths.indexOf(Math.min(...lengths));
}
