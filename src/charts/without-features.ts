import { correlationText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import type { Figure } from "./figure.js";
import { plotLabel } from "./plot-text.js";
import { lightPalette } from "./theme.js";

/** What becomes of the segments without one feature. */
export interface FeatureLeftOut {
  readonly label: string;
  /** Adjusted Rand index between the segments and those found without the feature. */
  readonly adjustedRand: number;
  /** Least Jaccard overlap (0–1) of any segment, and that segment's name. */
  readonly leastOverlap: number;
  readonly leastSegment: string;
}

/** Below this, half of what two solutions could share beyond chance is gone. */
const restsOn = 0.5;

/** On which features do the segments rest? A bar per feature: how alike they stay when it is left out. */
export function withoutFeatures(features: readonly FeatureLeftOut[]): Figure {
  const ordered = [...features].sort((a, b) => a.adjustedRand - b.adjustedRand);
  return buildFigure({
    title: finding(ordered),
    data: [
      {
        type: "bar",
        orientation: "h",
        x: ordered.map(({ adjustedRand }) => adjustedRand),
        y: ordered.map((_, i) => i),
        marker: {
          color: ordered.map(({ adjustedRand }) =>
            adjustedRand < restsOn ? lightPalette.accent : lightPalette.low,
          ),
        },
        text: ordered.map(({ adjustedRand }) => correlationText(adjustedRand)),
        textposition: "outside",
        cliponaxis: false,
        hovertemplate: "%{x:.2f}<extra></extra>",
      },
    ],
    layout: {
      xaxis: {
        title: axisTitle("Agreement without the feature (adjusted Rand index, 1: nothing changes)"),
        range: [Math.min(0, ...ordered.map(({ adjustedRand }) => adjustedRand)), 1.1],
        dtick: 0.25,
      },
      yaxis: {
        tickmode: "array",
        tickvals: ordered.map((_, i) => i),
        ticktext: ordered.map(({ label }) => plotLabel(label)),
        range: [ordered.length - 0.5, -0.5],
        showgrid: false,
        zeroline: false,
      },
      bargap: 0.35,
    },
    height: 34 * ordered.length + 70,
    table: {
      kind: "table",
      caption: "The segments without one feature",
      columns: [
        { name: "Feature left out" },
        { name: "Adjusted Rand index", digits: 2 },
        { name: "Least overlap of a segment", digits: 2 },
        { name: "Which segment", align: "left" },
      ],
      rows: ordered.map(({ label, adjustedRand, leastOverlap, leastSegment }) => [
        label,
        adjustedRand,
        leastOverlap,
        leastSegment,
      ]),
      note: "Each feature is left out in turn and the rest fitted anew. Overlap: customers in both, divided by customers in either.",
    },
  });
}

function finding(ordered: readonly FeatureLeftOut[]): string {
  const [first, last] = [ordered[0]!, ordered.at(-1)!];
  if (first.adjustedRand >= 0.9)
    return `Any one feature can be left out: the segments stay (adjusted Rand index ${correlationText(first.adjustedRand)} or more)`;
  const most = `The segments rest most on “${first.label}”: without it the agreement falls to ${correlationText(first.adjustedRand)}`;
  return first === last ? most : `${most}, without “${last.label}” to ${correlationText(last.adjustedRand)}`;
}
