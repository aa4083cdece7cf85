import { checkSameLength } from "../core/check.js";
import type { Matrix } from "../core/matrix.js";
import { countText, percentText } from "../core/number-text.js";
import { sampleRows } from "../core/sample-rows.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import type { ChartSegment } from "./chart-segment.js";
import type { Figure } from "./figure.js";
import { plotLabel } from "./plot-text.js";
import { principalPlane } from "./principal-plane.js";
import type { SampleOptions } from "./silhouette-plot.js";
import { lightPalette, segmentColour, segmentSymbol } from "./theme.js";

export interface SegmentMapView {
  /** In label order: label 0 is the first. */
  readonly segments: readonly ChartSegment[];
  /** Scaled basis features, shape (nRows, nColumns). */
  readonly matrix: Matrix;
  /** Shape (nRows,); −1 for none. */
  readonly labels: ArrayLike<number>;
}

interface Cloud {
  readonly segment: ChartSegment;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly centre: readonly [number, number];
}

/**
 * Where do the segments lie? A sample of customers on the first two principal components, names at the centres.
 *
 * @throws InputError if labels and rows differ in number, the matrix is empty, or a value is not finite.
 */
export function segmentMap(view: SegmentMapView, options: SampleOptions): Figure {
  const { matrix, labels, segments } = view;
  checkSameLength("segmentMap", "labels", labels, matrix.rowCount, "one per row of the matrix");
  const plane = principalPlane(matrix);
  const rows = sampleRows(matrix.rowCount, options.sample ?? 2000, options.seed);
  const clouds = segments.map((segment, label) =>
    cloudOf(
      segment,
      [...rows].filter((row) => labels[row] === label),
      plane,
    ),
  );
  const [first, second] = plane.varianceShares;
  return buildFigure({
    title:
      matrix.columnCount > 2
        ? `Two directions hold ${percentText(first + second)} of the differences between customers; the rest is not on this map`
        : "Every difference between customers that formed the segments is on this map",
    data: clouds.map(cloudTrace),
    layout: {
      xaxis: {
        title: axisTitle(`First principal component (${percentText(first)} of variance)`),
        zeroline: false,
      },
      yaxis: { title: axisTitle(`Second (${percentText(second)})`), zeroline: false, scaleanchor: "x" },
      annotations: clouds.filter((cloud) => cloud.x.length > 0).map(nameAt),
    },
    height: 460,
    table: {
      kind: "table",
      caption: "Centre of each segment on the map",
      columns: [
        { name: "Segment" },
        { name: "Customers drawn" },
        { name: "First", digits: 2 },
        { name: "Second", digits: 2 },
      ],
      rows: clouds.map(({ segment, x, centre }) => [segment.name, x.length, ...centre]),
      ...(rows.length < matrix.rowCount && {
        note: `A random sample of ${countText(rows.length)} of ${countText(matrix.rowCount)} customers (seed ${options.seed}).`,
      }),
    },
  });
}

function cloudOf(
  segment: ChartSegment,
  rows: readonly number[],
  plane: { readonly x: Float64Array; readonly y: Float64Array },
): Cloud {
  const x = rows.map((row) => toHundredths(plane.x[row]!));
  const y = rows.map((row) => toHundredths(plane.y[row]!));
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return { segment, x, y, centre: [mean(x), mean(y)] };
}

/** Enough for a dot, and a map no larger than it needs to be; + 0 turns −0 into 0. */
function toHundredths(value: number): number {
  return Math.round(value * 100) / 100 + 0;
}

function cloudTrace({ segment, x, y }: Cloud): Readonly<Record<string, unknown>> {
  return {
    type: "scatter",
    mode: "markers",
    x,
    y,
    marker: { color: segmentColour(segment.key), symbol: segmentSymbol(segment.key), size: 5, opacity: 0.55 },
    hoverinfo: "skip",
  };
}

function nameAt({ segment, centre }: Cloud): Readonly<Record<string, unknown>> {
  return {
    text: plotLabel(segment.name),
    x: centre[0],
    y: centre[1],
    showarrow: false,
    bgcolor: lightPalette.middle,
    bordercolor: segmentColour(segment.key),
    borderwidth: 2,
    borderpad: 3,
    font: { size: 12 },
  };
}
