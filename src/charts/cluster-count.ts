import { countText } from "../core/number-text.js";
import { buildFigure } from "./build-figure.js";
import {
  type ClusterCountView,
  type CountIndexView,
  countTable,
  gapCaption,
  indexHeading,
} from "./count-view.js";
import type { Figure } from "./figure.js";
import { plotText } from "./plot-text.js";
import { lightPalette } from "./theme.js";

/** Pixels of one panel with its heading, and of the caption below the last. */
const panelHeight = 180;
const captionHeight = 110;

/**
 * How many segments? Every index by count in small panels, each with its range and direction; the count that the
 * declared rule recommends is marked in all, and the rule reads the gap alone.
 */
export function clusterCount(choice: ClusterCountView): Figure {
  const { indices, gapMethod, recommendedCount } = choice;
  const lines = Math.ceil(indices.length / 2);
  const height = panelHeight * lines + captionHeight;
  const places = indices.map((_, i) => placeOf(i, lines, captionHeight / height));
  return buildFigure({
    title: finding(recommendedCount),
    data: indices.map((index, i) => panelTrace(index, i, choice)),
    layout: {
      ...Object.fromEntries(places.flatMap((place, i) => panelAxes(place, i))),
      annotations: [
        ...indices.map((index, i) =>
          textAt(plotText(indexHeading(index), 26), places[i]!.x[0], places[i]!.y[1]),
        ),
        { ...textAt(plotText(gapCaption(gapMethod), 54), 0, 0), yanchor: "bottom", align: "left" },
      ],
      shapes: indices.map((_, i) => markedCount(recommendedCount, i)),
    },
    height,
    table: countTable(choice),
  });
}

function finding(recommendedCount: number): string {
  return recommendedCount === 1
    ? "The declared rule finds no groups: the data look like one group"
    : `The declared rule picks ${countText(recommendedCount)} segments`;
}

interface Place {
  readonly x: readonly [left: number, right: number];
  readonly y: readonly [bottom: number, top: number];
}

/** Two panels side by side, lines from the top, above the caption. */
function placeOf(index: number, lines: number, captionShare: number): Place {
  const left = index % 2 === 0;
  const line = (1 - captionShare) / lines;
  const top = 1 - Math.floor(index / 2) * line;
  return { x: left ? [0, 0.45] : [0.55, 1], y: [top - 0.76 * line, top - 0.27 * line] };
}

function panelAxes({ x, y }: Place, index: number): [string, Record<string, unknown>][] {
  return [
    [
      axisName("xaxis", index),
      {
        domain: x,
        anchor: axisName("y", index),
        dtick: 1,
        zeroline: false,
        title: { text: "Segments", standoff: 4, font: { size: 11 } },
      },
    ],
    [axisName("yaxis", index), { domain: y, anchor: axisName("x", index), nticks: 4, zeroline: false }],
  ];
}

function panelTrace(
  { name, errorName }: CountIndexView,
  index: number,
  { rows, recommendedCount }: ClusterCountView,
): Record<string, unknown> {
  const errors = errorName && rows.map((row) => row[errorName] ?? 0);
  return {
    type: "scatter",
    mode: "lines+markers",
    x: rows.map((row) => row.count),
    y: rows.map((row) => row[name] ?? null),
    xaxis: axisName("x", index),
    yaxis: axisName("y", index),
    line: { color: lightPalette.muted, width: 1.5 },
    marker: {
      color: rows.map((row) => (row.count === recommendedCount ? lightPalette.accent : lightPalette.muted)),
      size: rows.map((row) => (row.count === recommendedCount ? 10 : 5)),
    },
    ...(errors && {
      error_y: { type: "data", array: errors, color: lightPalette.muted, thickness: 1 },
    }),
    hovertemplate: "%{x} segments: %{y:.4g}<extra></extra>",
  };
}

function axisName(prefix: string, index: number): string {
  return index === 0 ? prefix : `${prefix}${index + 1}`;
}

function textAt(text: string, x: number, y: number): Record<string, unknown> {
  return {
    text,
    x,
    y,
    xref: "paper",
    yref: "paper",
    xanchor: "left",
    yanchor: "bottom",
    align: "left",
    showarrow: false,
    font: { color: lightPalette.muted, size: 12 },
  };
}

function markedCount(count: number, index: number): Record<string, unknown> {
  return {
    type: "line",
    x0: count,
    x1: count,
    y0: 0,
    y1: 1,
    xref: axisName("x", index),
    yref: `${axisName("y", index)} domain`,
    layer: "below",
    line: { color: lightPalette.accent, width: 1, dash: "dot" },
  };
}
