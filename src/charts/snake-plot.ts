import { decimalText } from "../core/number-text.js";
import { axisTitle, buildFigure, verticalLine } from "./build-figure.js";
import type { ChartSegment } from "./chart-segment.js";
import type { Figure } from "./figure.js";
import { plotLabel, plotText } from "./plot-text.js";
import { lightPalette, segmentColour, segmentSymbol } from "./theme.js";

export interface SnakePlotView {
  readonly segments: readonly ChartSegment[];
  /** Feature labels, in order. */
  readonly features: readonly string[];
  /** Shape (nFeatures, nSegments): (mean − mean of all) in standard deviations of all customers; null where nothing varies. */
  readonly distances: readonly (readonly (number | null)[])[];
}

/**
 * How do the segments differ across features? A line per segment through its means, in standard deviations from all customers.
 *
 * Unlike an index it also holds features that can be negative, and makes features of different spread comparable.
 */
export function snakePlot(view: SnakePlotView): Figure {
  const { segments, features, distances } = view;
  return buildFigure({
    title: finding(view),
    data: segments.map((segment, j) => snakeTrace(segment, { view, j })),
    layout: {
      xaxis: {
        title: axisTitle("Distance in standard deviations"),
        zeroline: false,
        nticks: 8,
      },
      yaxis: {
        tickvals: features.map((_, i) => i),
        ticktext: features.map(plotLabel),
        range: [Math.max(1, features.length) - 0.5, -0.5],
        zeroline: false,
      },
      shapes: [verticalLine(0, lightPalette.muted)],
      showlegend: true,
      legend: { orientation: "h", x: 0, xanchor: "left", y: 1.02, yanchor: "bottom" },
    },
    height: 42 * features.length + 120 + 22 * Math.ceil(segments.length / 3),
    table: {
      kind: "table",
      caption: "Means of the segments, in standard deviations from all customers",
      columns: [{ name: "Feature" }, ...segments.map(({ name }) => ({ name, digits: 2 }))],
      rows: features.map((feature, i) => [feature, ...distances[i]!]),
      note: "0: the mean of all customers. Standard deviation of all customers in segments.",
    },
  });
}

function finding({ segments, features, distances }: SnakePlotView): string {
  const cells = distances.flatMap((row, i) =>
    row.flatMap((value, j) =>
      value === null ? [] : [{ value, feature: features[i]!, name: segments[j]!.name }],
    ),
  );
  const farthest = cells.sort((a, b) => Math.abs(b.value) - Math.abs(a.value))[0];
  if (farthest === undefined || Math.abs(farthest.value) < 0.05)
    return "No feature sets a segment apart from all customers";
  const side = farthest.value > 0 ? "above" : "below";
  return `Farthest from all customers: “${farthest.name}”, ${decimalText(Math.abs(farthest.value), 1)} standard deviations ${side} in ${farthest.feature}`;
}

function snakeTrace(
  segment: ChartSegment,
  { view, j }: { readonly view: SnakePlotView; readonly j: number },
): Readonly<Record<string, unknown>> {
  const places = view.distances.flatMap((row, i) => (row[j] === null ? [] : [{ x: row[j]!, y: i }]));
  return {
    type: "scatter",
    mode: "lines+markers",
    name: plotText(segment.name),
    x: places.map(({ x }) => Math.round(x * 1000) / 1000),
    y: places.map(({ y }) => y),
    line: { color: segmentColour(segment.key), width: 2 },
    marker: { color: segmentColour(segment.key), symbol: segmentSymbol(segment.key), size: 8 },
    hovertemplate: `${plotText(segment.name)}: %{x:.2f}<extra></extra>`,
  };
}
