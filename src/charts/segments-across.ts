import { countText, percentText, stabilityText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import type { DisplayTable, Figure } from "./figure.js";
import { boxOutline, filledArea, type Outline } from "./filled-area.js";
import {
  nodeWidth,
  type PlacedNode,
  placeSolutions,
  ribbonAround,
  type SegmentsAcrossView,
} from "./place-solutions.js";
import { lightPalette } from "./theme.js";

/** Flows of a smaller share of all customers only blur the picture; the table's sources have them. */
const leastFlow = 0.01;

/** Do segments stay as there are more of them? One column per count, height is customers, bands are where they come from. */
export function segmentsAcross(view: SegmentsAcrossView): Figure {
  const columns = placeSolutions(view);
  const drawn = columns.flatMap((nodes, column) => {
    const { flows } = view.counts[column]!;
    return flows
      .filter(({ count }) => count >= leastFlow * view.rowCount)
      .map(({ from, to, count }) => ({
        before: columns[column - 1]![from]!,
        after: nodes[to]!,
        from,
        to,
        count,
      }));
  });
  return buildFigure({
    title: finding(view),
    data: [
      ...drawn.map(({ before, after, from, to, count }) => ({
        ...filledArea(ribbonAround(before, after, { from, to }), lightPalette.band),
        opacity: 0.55,
        text: `${countText(count)} customers`,
      })),
      ...columns.flat().map((node) => filledArea(outline(node), shade(node.stability))),
    ],
    layout: {
      xaxis: {
        title: axisTitle(
          "Segments in the solution; height: customers; number in a segment: stability (0 to 1)",
        ),
        tickmode: "array",
        tickvals: view.counts.map((_, i) => i),
        ticktext: view.counts.map(({ count }) => countText(count)),
        range: [-0.35, view.counts.length - 0.65],
        showgrid: false,
        zeroline: false,
      },
      yaxis: {
        tickmode: "array",
        tickvals: [0],
        ticktext: [""],
        range: [1.02, -0.02],
        showgrid: false,
        zeroline: false,
      },
      annotations: columns.flat().map((node) => ({
        text: node.stability === null ? node.label : `${node.label}: ${stabilityText(node.stability)}`,
        x: node.column,
        y: node.top + node.height / 2,
        showarrow: false,
        font: { color: lightPalette.ink, size: 11 },
      })),
    },
    height: 90 + 58 * Math.max(...view.counts.map(({ count }) => count)),
    table: tableOf(view),
  });
}

function outline({ column, top, height }: PlacedNode): Outline {
  return boxOutline(column - nodeWidth / 2, column + nodeWidth / 2, { top, height });
}

/** Colours of the palette, so that a dark page can exchange them; the number in the segment says it too. */
function shade(stability: number | null): string {
  if (stability === null) return lightPalette.grid;
  if (stability >= 0.9) return lightPalette.low;
  return stability >= 0.6 ? lightPalette.lowHalf : lightPalette.highHalf;
}

function tableOf({ counts, names }: SegmentsAcrossView): DisplayTable {
  const nameOf = (count: number, segment: number) =>
    names?.count === count ? (names.segments[segment] ?? "") : String(segment + 1);
  return {
    kind: "table",
    caption: "Stability of segments across counts",
    columns: [
      { name: "Segments in the solution" },
      { name: "Segment", align: "left" },
      { name: "Customers" },
      { name: "Stability", digits: 2 },
      { name: "Largest source", align: "left" },
      { name: "Share from it", unit: "%", digits: 1 },
    ],
    rows: counts.flatMap(({ count, segments, flows }, column) =>
      segments.map(({ segment, size, stability }) => {
        const sources = flows.filter(({ to }) => to === segment).sort((a, b) => b.count - a.count);
        const [source] = sources;
        const before = counts[column - 1];
        return [
          count,
          nameOf(count, segment),
          size,
          stability,
          source && before ? nameOf(before.count, source.from) : null,
          source ? (100 * source.count) / size : null,
        ];
      }),
    ),
    note: "Stability: 1 all members from one segment of the solution before, 0 an even mix of all of them (1 − entropy, normalised).",
  };
}

function finding({ counts }: SegmentsAcrossView): string {
  const known = counts.flatMap(({ count, segments }) =>
    segments.flatMap(({ segment, size, stability }) =>
      stability === null ? [] : [{ count, segment, size, stability }],
    ),
  );
  const range = `${countText(counts[0]!.count)} to ${countText(counts.at(-1)!.count)} segments`;
  if (known.length === 0) return `From ${range} there is nothing to mix`;
  const mixed = known.filter(({ stability }) => stability < 0.9).sort((a, b) => a.stability - b.stability);
  const [worst] = mixed;
  if (worst === undefined)
    return `From ${range} every segment comes almost whole from one before (stability ${stabilityText(Math.min(...known.map(({ stability }) => stability)))} of 1 or more)`;
  const share = percentText(mixed.length / known.length);
  return `From ${range}, ${share} of the segments draw on several before, most of all number ${worst.segment + 1} of ${countText(worst.count)} (stability ${stabilityText(worst.stability)} of 1)`;
}
