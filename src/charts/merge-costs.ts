import { countText, percentText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import type { ChartSegment } from "./chart-segment.js";
import type { Figure } from "./figure.js";
import { plotText } from "./plot-text.js";
import { lightPalette } from "./theme.js";

/** What is lost if two segments become one. */
export interface MergeCostView {
  readonly a: number;
  readonly b: number;
  /** Share of what the segments explain, 0–1. */
  readonly loss: number;
  /** Whether there is a gap between the two; absent: not judged. */
  readonly open?: boolean;
}

export interface MergeCostsView {
  readonly segments: readonly ChartSegment[];
  readonly pairs: readonly MergeCostView[];
  /** Pairs shown at most, the cheapest first; 10 if not given. */
  readonly limit?: number;
}

/** What is lost if two are merged? One bar per pair, the cheapest first; blue where there is no gap to lose. */
export function mergeCosts({ segments, pairs, limit = 10 }: MergeCostsView): Figure {
  const shown = [...pairs].sort((one, other) => one.loss - other.loss).slice(0, limit);
  const nameOf = ({ a, b }: MergeCostView): string => `${segments[a]!.name} + ${segments[b]!.name}`;
  return buildFigure({
    title: finding(segments, pairs),
    data: [
      {
        type: "bar",
        orientation: "h",
        x: shown.map(({ loss }) => Math.round(10_000 * loss) / 100),
        y: shown.map((_, i) => i),
        text: shown.map(({ loss, open }) => `${percentText(loss)}${open === false ? ", no gap" : ""}`),
        textposition: "outside",
        cliponaxis: false,
        marker: {
          color: shown.map(({ open }) => (open === false ? lightPalette.accent : lightPalette.band)),
        },
        hovertemplate: "%{text}<extra></extra>",
      },
    ],
    layout: {
      // Room beside the longest bar for its words.
      xaxis: {
        range: [0, 140 * Math.max(...shown.map(({ loss }) => loss), 0.01)],
        title: axisTitle("Lost of what the segments explain, %"),
      },
      yaxis: {
        tickmode: "array",
        tickvals: shown.map((_, i) => i),
        ticktext: shown.map((pair) => plotText(nameOf(pair), 24)),
        range: [shown.length - 0.5, -0.5],
        showgrid: false,
        zeroline: false,
      },
    },
    height: 46 * shown.length + 80,
    table: {
      kind: "table",
      caption: "What is lost if two segments become one",
      columns: [
        { name: "Segments" },
        { name: "Customers together", digits: 0 },
        { name: "Lost of what the segments explain", unit: "%", digits: 1 },
        { name: "Gap between them" },
      ],
      rows: shown.map((pair) => [
        nameOf(pair),
        segments[pair.a]!.size + segments[pair.b]!.size,
        100 * pair.loss,
        pair.open === undefined ? null : pair.open ? "yes" : "no",
      ]),
      note: `Explained: the sum of squares between segments.${shown.length < pairs.length ? ` The ${countText(shown.length)} cheapest of ${countText(pairs.length)} pairs.` : ""}`,
    },
  });
}

function finding(segments: readonly ChartSegment[], pairs: readonly MergeCostView[]): string {
  const cheapest = pairs.reduce((best, pair) => (pair.loss < best.loss ? pair : best));
  const closed = pairs.filter(({ open }) => open === false);
  const advised =
    closed.length > 0 ? closed.reduce((best, pair) => (pair.loss < best.loss ? pair : best)) : cheapest;
  const names = `“${segments[advised.a]!.name}” and “${segments[advised.b]!.name}”`;
  const cost = `would lose ${percentText(advised.loss)} of what the segments explain`;
  if (advised.open === false) return `${names} have no gap between them: as one segment they ${cost}`;
  const gap = advised.open === true ? ", and the gap between them" : "";
  return `The cheapest merger is ${names}: it ${cost}${gap}`;
}
