import { countText, percentText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import { type ChartSegment, segmentColumnLabel } from "./chart-segment.js";
import type { Figure } from "./figure.js";
import { heatMapAxis, heatMapTrace } from "./heat-map.js";
import { plotLabel } from "./plot-text.js";

/** What lies between two segments. */
export interface PairValleyView {
  /** Places among the segments. */
  readonly a: number;
  readonly b: number;
  /** Customers in the valley as a share of the lower peak, 0–1; 1: no valley. */
  readonly valley: number;
  /** A valley at most this deep counts as a gap. */
  readonly limit: number;
  readonly open: boolean;
}

export interface ValleyMapView {
  readonly segments: readonly ChartSegment[];
  /** Every pair once. */
  readonly pairs: readonly PairValleyView[];
}

/** Where are the gaps? Every two segments, and what lies between them: blue a gap, orange none. */
export function valleyMap({ segments, pairs }: ValleyMapView): Figure {
  const pairOf = (i: number, j: number): PairValleyView | undefined =>
    pairs.find(({ a, b }) => (a === i && b === j) || (a === j && b === i));
  const cells = segments.map((_, i) => segments.map((__, j) => (i === j ? undefined : pairOf(i, j))));
  return buildFigure({
    title: finding(segments, pairs),
    data: [
      heatMapTrace({
        places: cells.map((row) => row.map((pair) => (pair ? colourPlace(pair) : null))),
        limit: 1,
        texts: cells.map((row) => row.map((pair) => (pair ? pair.valley.toFixed(2) : "–"))),
        hovers: cells.map((row, i) =>
          row.map((pair, j) =>
            pair
              ? `${segments[i]!.name} and ${segments[j]!.name}: ${pair.valley.toFixed(2)}, a gap counts up to ${pair.limit.toFixed(2)}`
              : segments[i]!.name,
          ),
        ),
      }),
    ],
    layout: {
      xaxis: {
        title: axisTitle("Valley; blue: a gap, orange: none"),
        side: "bottom",
        ...heatMapAxis(segments.map(segmentColumnLabel)),
      },
      yaxis: { ...heatMapAxis(segments.map(({ name }) => plotLabel(name))), autorange: "reversed" },
    },
    height: 48 * segments.length + 140,
    table: {
      kind: "table",
      caption: "What lies between every two segments",
      columns: [
        { name: "Segment" },
        { name: "and" },
        { name: "Valley (0 empty, 1 no gap)", digits: 2 },
        { name: "Counts as a gap up to", digits: 2 },
        { name: "Gap" },
      ],
      rows: byValley(pairs).map(({ a, b, valley, limit, open }) => [
        segments[a]!.name,
        segments[b]!.name,
        valley,
        limit,
        open ? "yes" : "no",
      ]),
      note: "Valley: customers between two segments, along the line that parts them best, as a share of the lower of their two peaks.",
    },
  });
}

function byValley(pairs: readonly PairValleyView[]): readonly PairValleyView[] {
  return [...pairs].sort((one, other) => other.valley - one.valley);
}

/** Full blue at an empty valley, pale at the limit; orange from the limit on. */
function colourPlace({ valley, limit, open }: PairValleyView): number {
  return open ? Math.min(-0.15, valley / Math.max(limit, 0.01) - 1) : 0.35 + 0.65 * valley;
}

function finding(segments: readonly ChartSegment[], pairs: readonly PairValleyView[]): string {
  const [shallowest] = byValley(pairs);
  if (shallowest === undefined) return "One segment has no neighbour";
  const closed = pairs.filter(({ open }) => !open);
  const names = `“${segments[shallowest.a]!.name}” and “${segments[shallowest.b]!.name}”`;
  if (closed.length === 0)
    return `There is a gap between every two segments; the shallowest, between ${names}, holds ${percentText(shallowest.valley)} as many customers as the lower peak`;
  if (closed.length === pairs.length) return "No two segments have a gap between them";
  return closed.length === 1
    ? `${names} have no gap between them; every other two do`
    : `${countText(closed.length)} of ${countText(pairs.length)} pairs have no gap between them, least of all ${names}`;
}
