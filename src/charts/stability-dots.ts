import { numberText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import { type ChartSegment, segmentAxis } from "./chart-segment.js";
import type { Figure } from "./figure.js";
import { lightPalette, segmentColour, segmentSymbol } from "./theme.js";

export interface SegmentStability extends ChartSegment {
  /** Mean Jaccard overlap with its counterpart over the resamples, 0–1. */
  readonly jaccard: number;
  /** 5 % and 95 % quantiles over the resamples. */
  readonly low: number;
  readonly high: number;
  /** 5 % and 95 % quantiles in data of the same shape without groups; absent: not computed. */
  readonly withoutGroups?: readonly [number, number];
}

/** How sure are we? One dot per segment: how much of it comes back when customers are drawn anew, with its 5–95 % bar. */
export function stabilityDots(segments: readonly SegmentStability[]): Figure {
  const hasBand = segments.some((segment) => segment.withoutGroups);
  return buildFigure({
    title: finding(segments),
    data: segments.map(dotTrace),
    layout: {
      xaxis: {
        title: axisTitle("Mean overlap (Jaccard, 0 to 1)"),
        range: [0, 1.02],
        zeroline: false,
        dtick: 0.25,
      },
      yaxis: segmentAxis(segments),
      shapes: segments.flatMap((segment, i) =>
        segment.withoutGroups ? [bandAt(segment.withoutGroups, i)] : [],
      ),
    },
    height: 52 * segments.length + 70,
    table: {
      kind: "table",
      caption: "Stability by segment",
      columns: [
        { name: "Segment" },
        { name: "Customers" },
        { name: "Mean overlap", digits: 2 },
        { name: "5 % quantile", digits: 2 },
        { name: "95 % quantile", digits: 2 },
        ...(hasBand ? [{ name: "Without groups, 5–95 %", align: "right" as const }] : []),
      ],
      rows: segments.map((segment) => [
        segment.name,
        segment.size,
        segment.jaccard,
        segment.low,
        segment.high,
        ...(hasBand ? [segment.withoutGroups?.map((value) => value.toFixed(2)).join("–") ?? null] : []),
      ]),
      note: hasBand
        ? "Grey band in the figure: what data of the same shape without groups would give."
        : "Jaccard: customers in both, divided by customers in either.",
    },
  });
}

function finding(segments: readonly SegmentStability[]): string {
  const ordered = [...segments].sort((a, b) => b.jaccard - a.jaccard);
  const surest = ordered[0]!;
  const least = ordered.at(-1)!;
  if (surest === least)
    return `“${surest.name}” comes back with an overlap of ${numberText(surest.jaccard)} of 1`;
  return `“${surest.name}” comes back most surely (${numberText(surest.jaccard)} of 1), “${least.name}” least (${numberText(least.jaccard)})`;
}

function dotTrace(segment: SegmentStability, row: number): Readonly<Record<string, unknown>> {
  return {
    type: "scatter",
    mode: "markers",
    x: [segment.jaccard],
    y: [row],
    error_x: {
      type: "data",
      symmetric: false,
      array: [Math.max(0, segment.high - segment.jaccard)],
      arrayminus: [Math.max(0, segment.jaccard - segment.low)],
      color: segmentColour(segment.key),
      thickness: 2,
      width: 0,
    },
    marker: { color: segmentColour(segment.key), symbol: segmentSymbol(segment.key), size: 13 },
    hovertemplate: `%{x:.2f} (5–95 %: ${segment.low.toFixed(2)}–${segment.high.toFixed(2)})<extra></extra>`,
  };
}

function bandAt([low, high]: readonly [number, number], row: number): Readonly<Record<string, unknown>> {
  return {
    type: "rect",
    x0: low,
    x1: high,
    y0: row - 0.3,
    y1: row + 0.3,
    layer: "below",
    fillcolor: lightPalette.band,
    line: { width: 0 },
  };
}
