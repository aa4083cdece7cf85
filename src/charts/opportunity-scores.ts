import { percentText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import type { Figure } from "./figure.js";
import { plotLabel } from "./plot-text.js";
import { segmentColour } from "./theme.js";

/** What an opportunity is made of. */
export type OpportunityPart = "size" | "growth" | "value" | "untapped" | "dissatisfied";

/** How one segment scores. */
export interface OpportunityScore {
  readonly key: string;
  readonly name: string;
  /** Each part from 0 for the lowest segment to 1 for the highest. */
  readonly scaled: Readonly<Record<OpportunityPart, number>>;
  readonly score: number;
  readonly rank: number;
  /** Share of all weightings under which it comes first, 0–1. */
  readonly shareOnTop: number;
}

/** What the figure is drawn from. */
export interface OpportunityView {
  /** Best first. */
  readonly ranked: readonly OpportunityScore[] | null;
  readonly weights: Readonly<Record<OpportunityPart, number>>;
  readonly notes: readonly string[];
}

const partLabels: Readonly<Record<OpportunityPart, string>> = {
  size: "size",
  growth: "growth",
  value: "value per customer",
  untapped: "untapped",
  dissatisfied: "dissatisfied",
};

/** Where is room to grow? Each segment's score under the declared weights, and under how many weightings it would come first. */
export function opportunityScores({ ranked, weights, notes }: OpportunityView): Figure {
  const rows = ranked ?? [];
  const names = Object.keys(partLabels) as OpportunityPart[];
  const used = names.filter((part) => weights[part] > 0);
  return buildFigure({
    title: finding(rows),
    data: [
      {
        type: "bar",
        orientation: "h",
        x: rows.map(({ score }) => score),
        y: rows.map((_, i) => i),
        width: 0.5,
        marker: { color: rows.map(({ key }) => segmentColour(key)) },
        text: rows.map(({ shareOnTop }) => `first in ${percentText(shareOnTop)}`),
        textposition: "outside",
        cliponaxis: false,
        hovertemplate: "score %{x:.2f}<extra></extra>",
      },
    ],
    layout: {
      xaxis: {
        title: axisTitle("Score, 0 to 1; share of weightings"),
        range: [0, 1.5],
        tickvals: [0, 0.25, 0.5, 0.75, 1],
      },
      yaxis: {
        tickvals: rows.map((_, i) => i),
        ticktext: rows.map(({ name }) => plotLabel(name)),
        range: [Math.max(1, rows.length) - 0.5, -0.5],
        showgrid: false,
        zeroline: false,
      },
    },
    height: 46 * Math.max(1, rows.length) + 70,
    table: {
      kind: "table",
      caption: "Opportunities, with every part on a scale of 0 (lowest segment) to 1 (highest)",
      columns: [
        { name: "Rank", digits: 0 },
        { name: "Segment" },
        ...used.map((part) => ({ name: `${partLabels[part]} (weight ${weights[part]})`, digits: 2 })),
        { name: "Score", digits: 2 },
        { name: "First under", unit: "% of weightings", digits: 0 },
      ],
      rows: rows.map(({ rank, name, scaled, score, shareOnTop }) => [
        rank,
        name,
        ...used.map((part) => scaled[part]),
        score,
        100 * shareOnTop,
      ]),
      note: `First in: share of random weightings under which the segment has the highest score. ${notes.join(" ")}`,
    },
  });
}

function finding(rows: readonly OpportunityScore[]): string {
  const [first, second] = rows;
  if (first === undefined || second === undefined) return "Opportunities by segment";
  if (first.score === second.score) return `“${first.name}” and “${second.name}” share the first place`;
  return `“${first.name}” score highest under the declared weights, and under ${percentText(first.shareOnTop)} of all weightings`;
}
