import { countText, percentText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import type { Figure } from "./figure.js";
import { plotText } from "./plot-text.js";
import { lightPalette } from "./theme.js";

/** How separate the clusters of one count are, beside the same in data without groups. */
export interface CountSeparationView {
  readonly count: number;
  readonly route: "plain" | "weighted";
  /** Customers in the shallowest valley as a share of the lower peak, 0–1; 1: no valley. */
  readonly worstValley: number;
  /** 5 % and 95 % quantiles in data without groups, and the share of those with a lower figure. */
  readonly null: { readonly low: number; readonly high: number; readonly percentile: number };
  readonly pValue: number;
  readonly everyPairOpen: boolean;
}

export interface CountSeparationsView {
  readonly separations: readonly CountSeparationView[];
  /** 1 where nothing separates the customers. */
  readonly recommendedCount: number;
  readonly route: "plain" | "weighted";
  /** A valley deeper than this never counts as a gap, however many customers there are. */
  readonly limit: number;
}

/** The two routes stand beside each other at every count. */
const aside = { plain: -0.14, weighted: 0.14 } as const;
const routeWords = { plain: "features as they are", weighted: "features weighing differently" } as const;

/** Are there groups at all? The shallowest valley of every count, on both ways to weigh features, beside data without groups. */
export function countSeparations(view: CountSeparationsView): Figure {
  const counts = view.separations.map(({ count }) => count);
  const ends = [Math.min(...counts) - 0.5, Math.max(...counts) + 0.5] as const;
  return buildFigure({
    title: finding(view),
    data: tracesOf(view),
    layout: {
      showlegend: true,
      legend: { orientation: "h", x: 0, xanchor: "left", y: 1, yanchor: "bottom" },
      xaxis: { title: axisTitle("Segments"), range: ends, dtick: 1, zeroline: false, showgrid: false },
      yaxis: { title: axisTitle("Shallowest valley (1: no gap)"), range: [0, 1.06], dtick: 0.2 },
      shapes: [...view.separations.map(bandShape), limitShape(view.limit, ends)],
      annotations: [
        note(`up to ${view.limit.toFixed(2)} a gap may count; grey: without groups`, ends[0], view.limit),
      ],
    },
    height: 380,
    table: {
      kind: "table",
      caption: "The shallowest valley of every count",
      columns: [
        { name: "Segments", digits: 0 },
        { name: "Features" },
        { name: "Shallowest valley (1: none)", digits: 2 },
        { name: "Without groups, 5–95 %", align: "right" },
        { name: "Percentile without groups", unit: "%", digits: 0 },
        { name: "p, corrected for all tried", digits: 3 },
        { name: "A gap between every two" },
      ],
      rows: view.separations.map(({ count, route, worstValley, null: band, pValue, everyPairOpen }) => [
        count,
        routeWords[route],
        worstValley,
        `${band.low.toFixed(2)}–${band.high.toFixed(2)}`,
        100 * band.percentile,
        pValue,
        everyPairOpen ? "yes" : "no",
      ]),
      note: "Customers in the valley between two segments as a share of the lower of their two peaks; of all pairs the one with the shallowest valley.",
    },
  });
}

function finding({ separations, recommendedCount, route }: CountSeparationsView): string {
  const chosen = separations.find((one) => one.count === recommendedCount && one.route === route);
  if (chosen === undefined) return noGapFinding(separations);
  const where = route === "weighted" ? " once features weigh differently" : "";
  return `${countText(recommendedCount)} segments stand apart${where}: the shallowest valley holds ${percentText(chosen.worstValley)} of the lower peak, where data without groups give ${percentText(chosen.null.low)} or more in 95 of 100 cases`;
}

function noGapFinding(separations: readonly CountSeparationView[]): string {
  const deepest = separations.reduce((best, one) => (one.pValue < best.pValue ? one : best));
  return `No groups: at every count some two segments have no gap between them that data without groups would not show (smallest p ${deepest.pValue.toFixed(2)}, at ${countText(deepest.count)})`;
}

/** The recommended count stands out as a trace of its own, so that the names of the routes keep their colours. */
function tracesOf({ separations, recommendedCount, route: chosenRoute }: CountSeparationsView) {
  const isChosen = ({ count, route }: CountSeparationView): boolean =>
    count === recommendedCount && route === chosenRoute;
  const others = (route: CountSeparationView["route"]) =>
    separations.filter((one) => one.route === route && !isChosen(one));
  return [
    dots("features as they are", others("plain"), { color: lightPalette.muted, size: 9, symbol: "circle" }),
    dots("features weighing differently", others("weighted"), {
      ...{ color: lightPalette.high, size: 9, symbol: "diamond" },
    }),
    dots("recommended", separations.filter(isChosen), {
      ...{ color: lightPalette.accent, size: 14 },
      symbol: chosenRoute === "plain" ? "circle" : "diamond",
    }),
  ].filter(({ x }) => x.length > 0);
}

function dots(
  name: string,
  own: readonly CountSeparationView[],
  marker: { readonly color: string; readonly size: number; readonly symbol: string },
) {
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: own.map(({ count, route }) => count + aside[route]),
    y: own.map(({ worstValley }) => worstValley),
    marker,
    hovertext: own.map((one) =>
      plotText(
        `${countText(one.count)} segments, ${routeWords[one.route]}: ${one.worstValley.toFixed(2)} (p ${one.pValue.toFixed(3)})`,
      ),
    ),
    hovertemplate: "%{hovertext}<extra></extra>",
  };
}

function bandShape({ count, route, null: band }: CountSeparationView): Readonly<Record<string, unknown>> {
  const middle = count + aside[route];
  return {
    type: "rect",
    x0: middle - 0.1,
    x1: middle + 0.1,
    // A band without height would not be seen.
    y0: Math.min(band.low, band.high - 0.008),
    y1: band.high,
    layer: "below",
    fillcolor: lightPalette.band,
    line: { width: 0 },
  };
}

function limitShape(
  limit: number,
  [left, right]: readonly [number, number],
): Readonly<Record<string, unknown>> {
  return {
    type: "line",
    x0: left,
    x1: right,
    y0: limit,
    y1: limit,
    line: { color: lightPalette.muted, width: 1, dash: "dot" },
  };
}

function note(text: string, x: number, y: number): Readonly<Record<string, unknown>> {
  return {
    text: plotText(text, 66),
    x,
    y,
    xanchor: "left",
    yanchor: "top",
    align: "left",
    showarrow: false,
    font: { color: lightPalette.muted, size: 12 },
  };
}
