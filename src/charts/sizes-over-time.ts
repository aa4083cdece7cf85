import { countText, numberText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import type { DisplayTable, Figure } from "./figure.js";
import { plotText, shortName } from "./plot-text.js";
import { lightPalette, segmentColour, segmentSymbol } from "./theme.js";

/** What segments measured at every date. */
export interface SizesOverTimeView {
  /** Dates as readers see them, in order; at least one. */
  readonly dates: readonly string[];
  readonly segments: readonly SegmentOverTime[];
  /** What the values count: "customers", or a currency. */
  readonly unit: string;
}

export interface SegmentOverTime {
  readonly key: string;
  readonly name: string;
  /** One per date; null where there was no such segment. */
  readonly values: readonly (number | null)[];
}

/** How did segments grow? One line per segment, dates from left to right. */
export function sizesOverTime(view: SizesOverTimeView): Figure {
  const last = view.dates.length - 1;
  const most = Math.max(1, ...view.segments.flatMap(({ values }) => values.map((value) => value ?? 0)));
  return buildFigure({
    title: sizesFinding(view),
    data: view.segments.map(({ key, name, values }) => ({
      type: "scatter",
      mode: "lines+markers",
      x: view.dates.map((_, i) => i),
      y: values,
      name: plotText(name),
      line: { color: segmentColour(key), width: 2 },
      marker: { color: segmentColour(key), symbol: segmentSymbol(key), size: 8 },
      text: values.map((value, i) =>
        value === null ? "" : plotText(`${name}, ${view.dates[i]}: ${amountText(value, view.unit)}`),
      ),
      hoverinfo: "text",
    })),
    layout: {
      xaxis: {
        title: axisTitle("Customers as of"),
        tickmode: "array",
        tickvals: view.dates.map((_, i) => i),
        ticktext: view.dates.map((date) => plotText(date, 10)),
        range: [-0.15 * Math.max(1, last), last + 0.5 * Math.max(1, last)],
        showgrid: false,
        zeroline: false,
      },
      yaxis: {
        title: axisTitle(view.unit === "customers" ? "Customers" : `Revenue (${view.unit})`),
        range: [0, 1.06 * most],
        nticks: 5,
      },
      annotations: endLabels(view, most),
    },
    height: 380,
    table: sizesTable(view),
  });
}

/** Names at the right end of their lines, pushed apart where lines end close together. */
function endLabels(view: SizesOverTimeView, most: number): readonly Readonly<Record<string, unknown>>[] {
  const last = view.dates.length - 1;
  const least = most / 18;
  let below = Number.NEGATIVE_INFINITY;
  return view.segments
    .flatMap(({ name, values }) => {
      const known = values.flatMap((value, at) => (value === null ? [] : [{ name, at, value }]));
      return known.slice(-1);
    })
    .sort((a, b) => a.value - b.value)
    .map(({ name, at, value }) => {
      below = Math.max(value, below + least);
      return {
        text: plotText(shortName(name)),
        x: at + 0.04 * Math.max(1, last),
        y: below,
        xanchor: "left",
        showarrow: false,
        font: { color: lightPalette.ink, size: 12 },
      };
    });
}

function sizesFinding({ dates, segments, unit }: SizesOverTimeView): string {
  const first = dates[0]!;
  const last = dates.at(-1)!;
  const changes = segments
    .flatMap(({ name, values }) => {
      const [before, after] = [values[0] ?? null, values.at(-1) ?? null];
      return before === null || after === null ? [] : [{ name, before, after, change: after - before }];
    })
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
  const [most] = changes;
  const appeared = segments.filter(({ values }) => (values[0] ?? null) === null).length;
  const gone = segments.filter(({ values }) => (values.at(-1) ?? null) === null).length;
  if (dates.length === 1) return `${countText(segments.length)} segments on ${first}`;
  const parts = [
    ...(most === undefined || most.change === 0
      ? []
      : [
          `${most.name} changed most, from ${amountText(most.before, unit)} to ${amountText(most.after, unit)}`,
        ]),
    ...(appeared === 0
      ? []
      : [`${countText(appeared)} ${appeared === 1 ? "segment is" : "segments are"} new`]),
    ...(gone === 0 ? [] : [`${countText(gone)} ${gone === 1 ? "is" : "are"} gone`]),
  ];
  const found = parts.length === 0 ? "no segment changed" : parts.join("; ");
  return `From ${first} to ${last}, ${found}`;
}

function amountText(value: number, unit: string): string {
  return unit === "customers" ? countText(value) : `${numberText(value)} ${unit}`;
}

function sizesTable({ dates, segments, unit }: SizesOverTimeView): DisplayTable {
  return {
    kind: "table",
    caption:
      unit === "customers" ? "Customers by segment over time" : `Revenue by segment over time (${unit})`,
    columns: [{ name: "Segment", align: "left" }, ...dates.map((name) => ({ name, digits: 0 }))],
    rows: segments.map(({ name, values }) => [name, ...values]),
  };
}
