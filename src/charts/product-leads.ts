import { countText, numberText } from "../core/number-text.js";
import { axisTitle, buildFigure, verticalLine } from "./build-figure.js";
import type { ChartSegment } from "./chart-segment.js";
import type { Figure } from "./figure.js";
import { plotLabel, plotText } from "./plot-text.js";
import { lightPalette, segmentColour, segmentSymbol } from "./theme.js";

/** Items drawn for each segment. */
const perSegment = 2;

/** How one segment takes to one item. */
export interface LeadCell {
  readonly segment: string;
  readonly item: string;
  readonly buyers: number;
  readonly customers: number;
  /** Times as likely as customers who buy as broadly; null where too little is known. */
  readonly pooledLift: number | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly qValue: number | null;
}

/** What the figure is drawn from. */
export interface LeadsView {
  readonly cells: readonly LeadCell[];
  readonly judged: number;
  readonly notes: readonly string[];
}

interface LeadRow {
  readonly segment: ChartSegment;
  readonly cell: LeadCell;
}

/**
 * What does each segment buy more of? Its strongest leanings that are no chance finds, as lifts with intervals.
 *
 * Segments without any are named in the note. A lift of 1 is what customers buy who buy as broadly.
 */
export function productLeadsFigure(
  { cells, judged, notes }: LeadsView,
  segments: readonly ChartSegment[],
  items: "category" | "product" = "category",
): Figure {
  const rows = segments.flatMap((segment) => strongest(cells, segment));
  const silent = segments.filter(({ key }) => !rows.some(({ segment }) => segment.key === key));
  return buildFigure({
    title: finding(rows, items),
    data: rows.map(dot),
    layout: {
      xaxis: {
        title: axisTitle("Times as likely, 95 % interval"),
        rangemode: "tozero",
        nticks: 6,
      },
      yaxis: {
        tickvals: rows.map((_, i) => i),
        ticktext: rows.map(
          ({ segment, cell }) =>
            `<b>${plotLabel(cell.item)}</b><br>${plotLabel(segment.name).replaceAll("<br>", " ")}`,
        ),
        range: [Math.max(1, rows.length) - 0.5, -0.5],
        showgrid: false,
        zeroline: false,
      },
      shapes: [verticalLine(1, lightPalette.muted)],
    },
    height: 44 * Math.max(1, rows.length) + 70,
    table: {
      kind: "table",
      caption: `What each segment is more likely to buy, by ${items}`,
      columns: [
        { name: "Segment" },
        { name: items === "category" ? "Category" : "Product" },
        { name: "Buyers", digits: 0 },
        { name: "Customers who bought anything", digits: 0 },
        { name: "Times as likely" },
        { name: "From" },
        { name: "To" },
      ],
      rows: rows.map(({ segment, cell }) => [
        segment.name,
        plotText(cell.item),
        cell.buyers,
        cell.customers,
        cell.pooledLift,
        cell.interval!.low,
        cell.interval!.high,
      ]),
      note: [
        `The ${perSegment} strongest of each segment, of ${countText(judged)} pairs judged; at most 5 % of the claims are expected to be false.`,
        ...(silent.length === 0
          ? []
          : [`None stands out in ${silent.map(({ name }) => `“${name}”`).join(", ")}.`]),
        ...notes,
      ].join(" "),
    },
  });
}

function strongest(cells: readonly LeadCell[], segment: ChartSegment): readonly LeadRow[] {
  return cells
    .filter(
      ({ segment: key, qValue, interval }) =>
        key === segment.key && qValue !== null && qValue < 0.05 && interval !== null && interval.low > 1,
    )
    .sort((a, b) => b.pooledLift! - a.pooledLift!)
    .slice(0, perSegment)
    .map((cell) => ({ segment, cell }));
}

function dot({ segment, cell }: LeadRow, row: number): Readonly<Record<string, unknown>> {
  const lift = cell.pooledLift!;
  const colour = segmentColour(segment.key);
  return {
    type: "scatter",
    mode: "markers",
    cliponaxis: false,
    x: [lift],
    y: [row],
    marker: { color: colour, symbol: segmentSymbol(segment.key), size: 10 },
    error_x: {
      type: "data",
      symmetric: false,
      array: [cell.interval!.high - lift],
      arrayminus: [lift - cell.interval!.low],
      color: colour,
      thickness: 2,
      width: 0,
    },
    hovertemplate: `%{x:.2f} × (${countText(cell.buyers)} buyers)<extra></extra>`,
  };
}

function finding(rows: readonly LeadRow[], items: string): string {
  if (rows.length === 0) return `No segment is shown to buy any ${items} more than others do`;
  const { segment, cell } = rows.reduce((a, b) => (b.cell.pooledLift! > a.cell.pooledLift! ? b : a));
  return `“${segment.name}” are ${numberText(cell.pooledLift!)} × as likely to buy ${cell.item} as customers who buy as broadly`;
}
