import { countText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import type { Figure } from "./figure.js";
import { plotText } from "./plot-text.js";
import { lightPalette } from "./theme.js";

/** What was measured for one number of clusters; null where a figure is not defined (a silhouette of one cluster). */
export interface ClusterCountCandidate {
  readonly count: number;
  /** Sum of squared distances to the nearest centre. */
  readonly inertia: number;
  /** Mean silhouette, −1…1. */
  readonly silhouette: number | null;
  readonly gap: number | null;
  readonly gapStandardError: number | null;
}

export interface ClusterCountView {
  readonly rows: readonly ClusterCountCandidate[];
  /** 1 where no grouping can be relied on. */
  readonly recommendedCount: number;
}

interface Panel {
  readonly heading: string;
  readonly values: readonly (number | null)[];
  readonly errors?: readonly (number | null)[];
}

/** How many segments? Gap, silhouette and inertia by count, one above the other, with the recommended count marked. */
export function clusterCount(choice: ClusterCountView): Figure {
  const { rows, recommendedCount } = choice;
  const panels: readonly Panel[] = [
    {
      heading: "Gap to data without groups, ± standard error (higher is better)",
      values: rows.map((row) => row.gap),
      errors: rows.map((row) => row.gapStandardError),
    },
    { heading: "Mean silhouette, −1 to 1 (higher is better)", values: rows.map((row) => row.silhouette) },
    {
      heading: "Inertia, squared distances within (lower is tighter)",
      values: rows.map((row) => row.inertia),
    },
  ];
  const drawn = panels.filter((panel) => panel.values.some((value) => value !== null));
  return buildFigure({
    title: finding(recommendedCount),
    data: drawn.map((panel, i) => panelTrace(panel, i, choice)),
    layout: {
      xaxis: {
        title: axisTitle("Number of segments"),
        dtick: 1,
        anchor: axisName("y", drawn.length - 1),
        zeroline: false,
      },
      ...Object.fromEntries(
        drawn.map((_, i) => [axisName("yaxis", i), { domain: domainOf(i, drawn.length), nticks: 4 }]),
      ),
      annotations: drawn.map((panel, i) => headingAt(panel.heading, domainOf(i, drawn.length)[1])),
      shapes: [markedCount(recommendedCount)],
    },
    height: 150 * drawn.length + 60,
    table: {
      kind: "table",
      caption: "Measures by number of segments",
      columns: [
        { name: "Segments" },
        { name: "Gap" },
        { name: "Standard error of the gap" },
        { name: "Mean silhouette" },
        { name: "Inertia" },
      ],
      rows: rows.map((row) => [row.count, row.gap, row.gapStandardError, row.silhouette, row.inertia]),
    },
  });
}

function finding(recommendedCount: number): string {
  return recommendedCount === 1
    ? "The declared rule finds no groups: the data look like one group"
    : `The declared rule picks ${countText(recommendedCount)} segments`;
}

function panelTrace(
  panel: Panel,
  index: number,
  { rows, recommendedCount }: ClusterCountView,
): Record<string, unknown> {
  return {
    type: "scatter",
    mode: "lines+markers",
    x: rows.map((row) => row.count),
    y: panel.values,
    xaxis: "x",
    yaxis: axisName("y", index),
    line: { color: lightPalette.muted, width: 1.5 },
    marker: {
      color: rows.map((row) => (row.count === recommendedCount ? lightPalette.accent : lightPalette.muted)),
      size: rows.map((row) => (row.count === recommendedCount ? 11 : 6)),
    },
    ...(panel.errors && {
      error_y: {
        type: "data",
        array: panel.errors.map((error) => error ?? 0),
        color: lightPalette.muted,
        thickness: 1,
      },
    }),
    hovertemplate: "%{x} segments: %{y:.3g}<extra></extra>",
  };
}

function axisName(prefix: string, index: number): string {
  return index === 0 ? prefix : `${prefix}${index + 1}`;
}

function domainOf(index: number, count: number): readonly [number, number] {
  const step = 1 / count;
  const top = 1 - index * step - 0.05;
  return [Math.max(0, top - step + 0.1), top];
}

function headingAt(heading: string, y: number): Record<string, unknown> {
  return {
    text: plotText(heading),
    x: 0,
    y,
    xref: "paper",
    yref: "paper",
    xanchor: "left",
    yanchor: "bottom",
    showarrow: false,
    font: { color: lightPalette.muted, size: 12 },
  };
}

function markedCount(count: number): Record<string, unknown> {
  return {
    type: "line",
    x0: count,
    x1: count,
    y0: 0,
    y1: 1,
    xref: "x",
    yref: "paper",
    layer: "below",
    line: { color: lightPalette.accent, width: 1, dash: "dot" },
  };
}
