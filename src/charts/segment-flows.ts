import { countText, percentText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import type { ChartSegment } from "./chart-segment.js";
import type { DisplayTable, Figure } from "./figure.js";
import { boxOutline, filledArea } from "./filled-area.js";
import { nodeWidth, type PlacedNode, placeSolutions, ribbonAround } from "./place-solutions.js";
import { plotText, shortName } from "./plot-text.js";
import { lightPalette, segmentColour } from "./theme.js";

/** Where customers were at one date and where they are at a later one. */
export interface SegmentFlowsView {
  /** Dates as readers see them. */
  readonly from: string;
  readonly to: string;
  /** Segments at the first date, then those who came since (key `new`), if anybody did; `size` is of that date. */
  readonly before: readonly ChartSegment[];
  /** Segments at the second date, then those who are gone (key `lapsed`), if anybody is. */
  readonly after: readonly ChartSegment[];
  /** Customers by the keys of both ends; sums are the sizes. */
  readonly flows: readonly DrawnFlow[];
}

export interface DrawnFlow {
  readonly from: string;
  readonly to: string;
  readonly customers: number;
}

/** Bands of fewer customers than this share of all are in the table only. */
const leastFlow = 0.002;

/** Part of a box's width that is coloured; the name stands beside it. */
const stripe = 0.07;

/**
 * Who moved? Segments of two dates side by side, height is customers, bands are who went where; who stayed has the segment's colour.
 */
export function segmentFlows(view: SegmentFlowsView): Figure {
  const [before, after] = placed(view);
  const total = view.flows.reduce((sum, { customers }) => sum + customers, 0);
  const drawn = view.flows.filter(({ customers }) => customers >= Math.max(1, leastFlow * total));
  return buildFigure({
    title: flowsFinding(view),
    data: [
      ...drawn.map((flow) => bandTrace(flow, view, [before!, after!])),
      ...before!.map((node, i) => boxTrace(node, view.before[i]!, nodeWidth / 2 - stripe)),
      ...after!.map((node, i) => boxTrace(node, view.after[i]!, -nodeWidth / 2)),
    ],
    layout: {
      xaxis: {
        title: axisTitle("Height: customers"),
        tickmode: "array",
        tickvals: [0, 1],
        ticktext: [plotText(view.from), plotText(view.to)],
        range: [-0.8, 1.8],
        showgrid: false,
        zeroline: false,
      },
      yaxis: {
        tickmode: "array",
        tickvals: [],
        ticktext: [],
        range: [1.02, -0.02],
        showgrid: false,
        zeroline: false,
      },
      annotations: [
        ...before!.map((node, i) => label(node, view.before[i]!, "right")),
        ...after!.map((node, i) => label(node, view.after[i]!, "left")),
      ],
    },
    height: 100 + 58 * Math.max(view.before.length, view.after.length),
    table: flowsTable(view),
  });
}

/** Boxes by segment, both columns in the order that crosses bands least. */
function placed({ before, after, flows }: SegmentFlowsView): readonly (readonly PlacedNode[])[] {
  const rowOf = (segments: readonly ChartSegment[], key: string): number =>
    segments.findIndex((segment) => segment.key === key);
  const solution = (segments: readonly ChartSegment[], own: readonly DrawnFlow[]) => ({
    count: segments.length,
    segments: segments.map(({ size }, segment) => ({ segment, size, stability: null })),
    flows: own.map(({ from, to, customers }) => ({
      from: rowOf(before, from),
      to: rowOf(after, to),
      count: customers,
    })),
  });
  return placeSolutions({
    rowCount: flows.reduce((sum, { customers }) => sum + customers, 0),
    counts: [solution(before, []), solution(after, flows)],
  });
}

function bandTrace(
  { from, to, customers }: DrawnFlow,
  { before, after }: SegmentFlowsView,
  [left, right]: readonly [readonly PlacedNode[], readonly PlacedNode[]],
): Readonly<Record<string, unknown>> {
  const [i, j] = [before.findIndex(({ key }) => key === from), after.findIndex(({ key }) => key === to)];
  const isStaying = from === to;
  const colour = isStaying ? segmentColour(from) : lightPalette.band;
  return {
    ...filledArea(ribbonAround(left[i]!, right[j]!, { from: i, to: j }), colour),
    opacity: isStaying ? 0.35 : 0.7,
    text: plotText(`${countText(customers)} customers: ${before[i]!.name} to ${after[j]!.name}`),
  };
}

function boxTrace(
  { column, top, height }: PlacedNode,
  segment: ChartSegment,
  offset: number,
): Readonly<Record<string, unknown>> {
  const left = column + offset;
  return {
    ...filledArea(boxOutline(left, left + stripe, { top, height }), colourOf(segment.key)),
    text: plotText(`${segment.name}: ${countText(segment.size)} customers`),
  };
}

/** Customers without a segment of the other date have no colour of their own. */
function colourOf(key: string): string {
  return key === "new" || key === "lapsed" ? lightPalette.muted : segmentColour(key);
}

/** The name outside its box, so that it is read on the page's ground. */
function label(
  { column, top, height }: PlacedNode,
  { name, size }: ChartSegment,
  side: "left" | "right",
): Readonly<Record<string, unknown>> {
  const edge = nodeWidth / 2 - stripe - 0.02;
  return {
    text: plotText(`${shortName(name)} ${countText(size)}`, 15),
    x: side === "right" ? column + edge : column - edge,
    y: top + height / 2,
    xanchor: side,
    showarrow: false,
    font: { color: lightPalette.ink, size: 11 },
  };
}

function flowsFinding({ before, after, flows, from, to }: SegmentFlowsView): string {
  const common = flows.filter((flow) => flow.from !== "new" && flow.to !== "lapsed");
  const total = sumOf(common);
  if (total === 0) return `Nobody is a customer both on ${from} and on ${to}`;
  const stayed = sumOf(common.filter((flow) => flow.from === flow.to));
  const moved = common.filter((flow) => flow.from !== flow.to);
  const [most] = [...moved].sort((a, b) => b.customers - a.customers);
  const head = `${percentText(stayed / total)} of the ${countText(total)} customers of both dates are in the segment where they were`;
  if (most === undefined) return head;
  const nameOf = (segments: readonly ChartSegment[], key: string): string =>
    segments.find((segment) => segment.key === key)?.name ?? key;
  return `${head}; most moves, ${countText(most.customers)}, are from ${nameOf(before, most.from)} to ${nameOf(after, most.to)}`;
}

function sumOf(flows: readonly DrawnFlow[]): number {
  return flows.reduce((sum, { customers }) => sum + customers, 0);
}

/** Everybody by where they were and where they are. */
function flowsTable({ before, after, flows, from, to }: SegmentFlowsView): DisplayTable {
  return {
    kind: "table",
    caption: `Customers by segment on ${from} and on ${to}`,
    columns: [
      { name: from, align: "left" },
      { name: to, align: "left" },
      { name: "Customers", digits: 0 },
      { name: "Share of the row’s segment", unit: "%", digits: 1 },
    ],
    rows: before.flatMap((segment) =>
      after.flatMap(({ key, name }): (string | number | null)[][] => {
        const flow = flows.find((one) => one.from === segment.key && one.to === key);
        return flow === undefined
          ? []
          : [[segment.name, name, flow.customers, (100 * flow.customers) / segment.size]];
      }),
    ),
  };
}
