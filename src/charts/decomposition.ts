import { countText, numberText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import type { DisplayTable, Figure } from "./figure.js";
import { plotText, shortName } from "./plot-text.js";
import { lightPalette } from "./theme.js";

/** Why segments grew or shrank between two dates. */
export interface DecompositionView {
  readonly segments: readonly DecomposedChange[];
  /** What is counted: "customers", or a currency. */
  readonly unit: string;
}

/** The parts add up to the change. */
export interface DecomposedChange {
  readonly key: string;
  readonly name: string;
  readonly before: number;
  readonly after: number;
  readonly change: number;
  readonly customersChanged: number;
  readonly definitionChanged: number;
  readonly baseChanged: number;
}

const parts = [
  { of: "customersChanged", name: "customers changed", colour: lightPalette.accent },
  { of: "definitionChanged", name: "definition changed", colour: lightPalette.high },
  { of: "baseChanged", name: "customers came or went", colour: lightPalette.muted },
] as const;

/** Why did segments change? Three bars per segment: what its customers did, what the definition did, who came and went. */
export function decomposition(view: DecompositionView): Figure {
  const { segments } = view;
  const values = segments.flatMap((segment) => parts.map(({ of }) => segment[of]));
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const room = (view.unit === "customers" ? 0.16 : 0.32) * Math.max(1e-9, high - low);
  return buildFigure({
    title: decompositionFinding(view),
    data: parts.map(({ of, name, colour }, j) => ({
      type: "bar",
      orientation: "h",
      name,
      x: segments.map((segment) => segment[of]),
      y: segments.map((_, i) => i + 0.26 * (j - 1)),
      width: 0.24,
      marker: { color: colour },
      text: segments.map((segment) => (segment[of] === 0 ? "" : signed(segment[of], view.unit))),
      textposition: "outside",
      cliponaxis: false,
      hovertemplate: `${name}: %{text}<extra></extra>`,
    })),
    layout: {
      showlegend: true,
      legend: { orientation: "h", x: 0, y: 1, yanchor: "bottom" },
      barmode: "overlay",
      xaxis: {
        title: axisTitle(
          view.unit === "customers" ? "Change (customers)" : `Change of revenue (${view.unit})`,
        ),
        range: [low - room, high + room],
        nticks: 6,
      },
      yaxis: {
        tickmode: "array",
        tickvals: segments.map((_, i) => i),
        ticktext: segments.map(
          ({ name, change }) => `${plotText(shortName(name), 16)}<br>${signed(change, view.unit)}`,
        ),
        range: [segments.length - 0.5, -0.5],
        showgrid: false,
        zeroline: false,
      },
    },
    height: 70 * segments.length + 110,
    table: decompositionTwin(view),
  });
}

function decompositionFinding({ segments, unit }: DecompositionView): string {
  const [most] = [...segments].sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
  if (most === undefined || most.change === 0) return "No segment changed its size";
  const reason = [...parts].sort((a, b) => Math.abs(most[b.of]) - Math.abs(most[a.of]))[0]!;
  const words = {
    customersChanged: "what its customers did",
    definitionChanged: "the new definition",
    baseChanged: "who came and went",
  }[reason.of];
  return `${most.name} changed most (${signed(most.change, unit)}), and most of that is ${words} (${signed(most[reason.of], unit)})`;
}

/** With its sign; a change of a sixth of a customer is a mean over orders, and is rounded. */
function signed(value: number, unit: string): string {
  const rounded = unit === "customers" ? Math.round(value) : value;
  const text =
    unit === "customers" ? countText(Math.abs(rounded)) : `${numberText(Math.abs(rounded))} ${unit}`;
  if (rounded === 0) return text;
  return `${rounded > 0 ? "+" : "−"}${text}`;
}

function decompositionTwin({ segments, unit }: DecompositionView): DisplayTable {
  const digits = unit === "customers" ? 1 : 2;
  return {
    kind: "table",
    caption:
      unit === "customers" ? "Why segments grew or shrank" : `Why the revenue of segments changed (${unit})`,
    columns: [
      { name: "Segment", align: "left" },
      { name: "Before", digits: 0 },
      { name: "After", digits: 0 },
      { name: "Change", digits: 0 },
      { name: "Customers changed", digits },
      { name: "Definition changed", digits },
      { name: "Came or went", digits },
    ],
    rows: segments.map((segment) => [
      segment.name,
      segment.before,
      segment.after,
      segment.change,
      ...parts.map(({ of }) => segment[of]),
    ]),
    note: "Each part is the mean over all orders in which the three could have changed (Shapley); they add up to the change.",
  };
}
