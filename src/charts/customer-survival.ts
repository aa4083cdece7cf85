import { percentText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import type { ChartSegment } from "./chart-segment.js";
import type { Figure } from "./figure.js";
import { plotLabel } from "./plot-text.js";
import { segmentColour } from "./theme.js";

/** Share of one segment that still buys, by days since the first purchase. */
export interface SurvivalCurve {
  readonly key: string;
  readonly name: string;
  /** Customers who could be watched. */
  readonly customers: number;
  /** In order of time; empty where nobody could be watched. */
  readonly points: readonly {
    readonly time: number;
    readonly survival: number;
    readonly low: number | null;
    readonly high: number | null;
  }[];
}

/** What the figure is drawn from. */
export interface SurvivalView {
  /** What counts as having left, in a sentence. */
  readonly definition: string;
  readonly segments: readonly SurvivalCurve[];
}

/** Days after which segments are compared in the title. */
const aYear = 365;

/**
 * How long do customers stay? The share that still buys by days since the first purchase, with 95 % bands.
 *
 * @param sizes - Segments that may be shown; others are left out.
 */
export function customerSurvivalFigure(survival: SurvivalView, sizes: readonly ChartSegment[]): Figure {
  const shown = survival.segments.filter(
    ({ key, points }) => points.length > 0 && sizes.some((segment) => segment.key === key),
  );
  const end = Math.max(1, ...shown.map(({ points }) => points.at(-1)!.time));
  return buildFigure({
    title: finding(shown),
    data: shown.flatMap((segment) => [band(segment), curve(segment)]),
    layout: {
      xaxis: { title: axisTitle("Days since the first purchase"), range: [0, end * 1.02], nticks: 6 },
      yaxis: {
        title: axisTitle("Still buy (%), with 95 % band"),
        tickformat: ".0%",
        range: [0, 1.02],
        nticks: 5,
      },
      showlegend: true,
      legend: { orientation: "h", y: -0.25, x: 0 },
    },
    height: 340,
    table: {
      kind: "table",
      caption: "Share that still buys, by days since the first purchase",
      columns: [
        { name: "Segment" },
        { name: "Watched", digits: 0 },
        ...[90, 180, aYear].flatMap((days) => [
          { name: `After ${days} days`, unit: "%", digits: 1 },
          { name: "Band", align: "right" as const },
        ]),
      ],
      rows: shown.map((segment) => [
        segment.name,
        segment.customers,
        ...[90, 180, aYear].flatMap((days) => {
          const at = survivalAfter(segment, days);
          if (at === null) return [null, null];
          const { survival: share, low, high } = at;
          return [
            100 * share,
            low === null || high === null ? null : `${percentText(low)} to ${percentText(high)}`,
          ];
        }),
      ]),
      note: `${survival.definition} The first purchase is the first that the orders show. Segments drawn on purchases of the same time part here for that alone.`,
    },
  });
}

/** The last point up to a day; null beyond what could be watched. */
function survivalAfter({ points }: SurvivalCurve, days: number): SurvivalCurve["points"][number] | null {
  const before = points.filter(({ time }) => time <= days).at(-1) ?? null;
  return points.length > 0 && days <= points.at(-1)!.time ? before : null;
}

function curve({ key, name, points }: SurvivalCurve): Readonly<Record<string, unknown>> {
  return {
    type: "scatter",
    mode: "lines",
    name: plotLabel(name).replaceAll("<br>", " "),
    x: [0, ...points.map(({ time }) => time)],
    y: [1, ...points.map(({ survival }) => survival)],
    line: { shape: "hv", color: segmentColour(key), width: 2 },
    hovertemplate: "after %{x} days: %{y:.1%}<extra></extra>",
  };
}

function band({ key, points }: SurvivalCurve): Readonly<Record<string, unknown>> {
  const times = points.map(({ time }) => time);
  return {
    type: "scatter",
    mode: "lines",
    showlegend: false,
    x: [...times, ...[...times].reverse()],
    y: [
      ...points.map(({ high, survival }) => high ?? survival),
      ...points.map(({ low, survival }) => low ?? survival).reverse(),
    ],
    fill: "toself",
    fillcolor: `${segmentColour(key)}26`,
    line: { width: 0 },
    hoverinfo: "skip",
  };
}

function finding(shown: readonly SurvivalCurve[]): string {
  const after = shown.flatMap((segment) => {
    const at = survivalAfter(segment, aYear);
    return at === null ? [] : [{ name: segment.name, share: at.survival }];
  });
  if (after.length < 2) return "How long customers go on buying";
  const sorted = after.sort((a, b) => b.share - a.share);
  const [most, least] = [sorted[0]!, sorted.at(-1)!];
  return `A year after the first purchase ${percentText(most.share)} of “${most.name}” still buy, and ${percentText(least.share)} of “${least.name}”`;
}
