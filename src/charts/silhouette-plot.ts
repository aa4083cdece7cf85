import { checkSameLength } from "../core/check.js";
import { countText, numberText, percentText } from "../core/number-text.js";
import { sampleRows } from "../core/sample-rows.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import { type ChartSegment, segmentAxis } from "./chart-segment.js";
import type { Figure } from "./figure.js";
import { segmentColour } from "./theme.js";

export interface SilhouetteView {
  /** In label order: label 0 is the first. */
  readonly segments: readonly ChartSegment[];
  /** Shape (nRows,); −1 for none. */
  readonly labels: ArrayLike<number>;
  /** Silhouette of each row, shape (nRows,), −1…1. */
  readonly silhouettes: ArrayLike<number>;
}

export interface SampleOptions {
  readonly seed: number;
  /** Customers drawn at most; default 2,000. */
  readonly sample?: number;
}

interface Blade {
  readonly segment: ChartSegment;
  /** Largest first. */
  readonly widths: readonly number[];
}

/** How well does each customer sit? One blade per segment, customers sorted by silhouette; left of zero is nearer to another segment. */
export function silhouettePlot(view: SilhouetteView, options: SampleOptions): Figure {
  checkSameLength("silhouettePlot", "labels", view.labels, view.silhouettes.length, "one per silhouette");
  const rows = sampleRows(view.labels.length, options.sample ?? 2000, options.seed);
  const blades = bladesOf(view, rows);
  const all = Array.from(view.silhouettes).filter((_, row) => view.labels[row]! >= 0);
  const segments = blades.map((blade) => blade.segment);
  return buildFigure({
    title: `${percentText(shareBelowZero(all))} of customers sit nearer to another segment; the mean silhouette is ${numberText(mean(all))}`,
    data: blades.map(bladeTrace),
    layout: {
      xaxis: { title: axisTitle("Silhouette (−1 to 1, higher is better)"), zeroline: true },
      yaxis: segmentAxis(segments),
    },
    height: 70 * blades.length + 60,
    table: {
      kind: "table",
      caption: "Silhouette by segment",
      columns: [
        { name: "Segment" },
        { name: "Customers drawn" },
        { name: "Mean", digits: 2 },
        { name: "Below zero", unit: "%", digits: 1 },
      ],
      rows: blades.map(({ segment, widths }) => [
        segment.name,
        widths.length,
        mean(widths),
        100 * shareBelowZero(widths),
      ]),
      ...(rows.length < view.labels.length && {
        note: `A random sample of ${countText(rows.length)} of ${countText(view.labels.length)} customers (seed ${options.seed}).`,
      }),
    },
  });
}

function bladesOf({ segments, labels, silhouettes }: SilhouetteView, rows: Int32Array): readonly Blade[] {
  return segments.map((segment, label) => ({
    segment,
    widths: [...rows]
      .filter((row) => labels[row] === label)
      .map((row) => Math.round(silhouettes[row]! * 1000) / 1000)
      .sort((a, b) => b - a),
  }));
}

/** Every blade is equally high, however many customers it stands for: the small segments can be read too. */
function bladeTrace({ segment, widths }: Blade, row: number): Readonly<Record<string, unknown>> {
  return {
    type: "scatter",
    mode: "lines",
    x: widths,
    y: widths.map((_, i) => Math.round(1000 * (row - 0.4 + (0.8 * (i + 0.5)) / widths.length)) / 1000),
    line: { width: 0.5, color: segmentColour(segment.key) },
    fill: "tozerox",
    fillcolor: segmentColour(segment.key),
    hoverinfo: "x",
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function shareBelowZero(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.filter((value) => value < 0).length / values.length;
}
