import { countText, numberText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import type { DisplayTable, Figure } from "./figure.js";
import { plotLabel } from "./plot-text.js";
import { lightPalette } from "./theme.js";

/** How far features moved between two dates. */
export interface DriftView {
  readonly features: readonly DriftedFeature[];
}

export interface DriftedFeature {
  readonly label: string;
  /** Population stability index on bins frozen at the baseline; 0: the same mix. */
  readonly stabilityIndex: number;
  /** What the index stays below in 95 of 100 cases where nothing drifts. */
  readonly noDriftLimit: number;
  /** Whether it counts as drift, by all its tests together. */
  readonly isDrifting: boolean;
}

/** What fits on a screen; the others moved less. */
const most = 16;

/** What moved? One dot per feature, beside how far it moves where nothing drifts; the farthest first. */
export function drift({ features }: DriftView): Figure {
  const sorted = [...features].sort((a, b) => b.stabilityIndex - a.stabilityIndex);
  const rows = sorted.slice(0, most);
  const largest = Math.max(0.01, ...rows.flatMap((row) => [row.stabilityIndex, row.noDriftLimit]));
  return buildFigure({
    title: driftFinding(sorted),
    data: [
      {
        type: "bar",
        orientation: "h",
        x: rows.map(({ noDriftLimit }) => noDriftLimit),
        y: rows.map((_, i) => i),
        width: 0.5,
        marker: { color: lightPalette.band },
        hovertemplate: "without drift up to %{x:.3f}<extra></extra>",
      },
      {
        type: "scatter",
        mode: "markers",
        x: rows.map(({ stabilityIndex }) => stabilityIndex),
        y: rows.map((_, i) => i),
        marker: {
          size: 12,
          color: rows.map(({ isDrifting }) => (isDrifting ? lightPalette.accent : lightPalette.muted)),
          symbol: rows.map(({ isDrifting }) => (isDrifting ? "diamond" : "circle")),
        },
        hovertemplate: "%{x:.3f}<extra></extra>",
      },
    ],
    layout: {
      xaxis: {
        title: axisTitle("Population stability index (0: the same mix); grey: what chance gives"),
        range: [0, 1.08 * largest],
        nticks: 5,
      },
      yaxis: {
        tickmode: "array",
        tickvals: rows.map((_, i) => i),
        ticktext: rows.map(({ label }) => plotLabel(label)),
        range: [rows.length - 0.5, -0.5],
        showgrid: false,
        zeroline: false,
      },
    },
    height: 34 * rows.length + 90,
    table: driftTwin(sorted),
  });
}

function driftFinding(features: readonly DriftedFeature[]): string {
  const drifting = features.filter(({ isDrifting }) => isDrifting);
  const [farthest] = drifting;
  const all = `${countText(features.length)} ${features.length === 1 ? "number" : "numbers"}`;
  if (farthest === undefined) return `None of ${all} drifted`;
  return `${countText(drifting.length)} of ${all} drifted, the farthest ${farthest.label} (index ${numberText(farthest.stabilityIndex)}; chance gives up to ${numberText(farthest.noDriftLimit)})`;
}

function driftTwin(features: readonly DriftedFeature[]): DisplayTable {
  return {
    kind: "table",
    caption: "Drift of the numbers, the farthest first",
    columns: [
      { name: "Feature", align: "left" },
      { name: "Stability index", digits: 3 },
      { name: "Without drift up to", digits: 3 },
      { name: "Drifted", align: "left" },
    ],
    rows: features.map(({ label, stabilityIndex, noDriftLimit, isDrifting }) => [
      label,
      stabilityIndex,
      noDriftLimit,
      isDrifting ? "yes" : "no",
    ]),
  };
}
