import type { DisplayTable, Figure } from "./figure.js";
import { heightOfLabels } from "./label-height.js";
import { plotText } from "./plot-text.js";
import { lightPalette } from "./theme.js";
import { checkTraceTypes } from "./trace-types.js";

/** What a chart decides itself; everything else is the theme's. */
export interface FigureParts {
  /** The finding, as a sentence. */
  readonly title: string;
  readonly data: readonly Readonly<Record<string, unknown>>[];
  /** Axes, shapes and annotations; every axis whose name starts with `xaxis` or `yaxis` is dressed by the theme. */
  readonly layout: Readonly<Record<string, unknown>>;
  /** Pixels of the plot without its title; more are taken where labels beside its rows would touch. */
  readonly height: number;
  readonly table: DisplayTable;
}

const bottomMargin = 48;

/** A figure in the theme: one font, pale grid, transparent ground, the title above. `layout.meta.title` keeps the plain title. */
export function buildFigure(parts: FigureParts): Figure {
  checkTraceTypes("buildFigure", parts.data);
  const { titleHeight, ...titled } = titleLayout(parts.title);
  return {
    kind: "figure",
    title: parts.title,
    data: parts.data,
    layout: {
      ...titled,
      font: { family: "system-ui, sans-serif", size: 13, color: lightPalette.ink },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      height: Math.max(parts.height, heightOfLabels(parts.layout) + bottomMargin) + titleHeight,
      margin: { t: titleHeight, r: 16, b: bottomMargin, l: 16 },
      showlegend: false,
      hoverlabel: { align: "left" },
      ...dressAxes(parts.layout),
    },
    table: parts.table,
  };
}

/** The same figure under another title. */
export function retitleFigure(figure: Figure, title: string): Figure {
  const { titleHeight, ...titled } = titleLayout(title);
  const margin = (figure.layout.margin ?? {}) as { readonly t?: number };
  const height = Number(figure.layout.height ?? 400) - (margin.t ?? 0) + titleHeight;
  return {
    ...figure,
    title,
    layout: { ...figure.layout, ...titled, height, margin: { ...margin, t: titleHeight } },
  };
}

function titleLayout(title: string): Record<string, unknown> & { readonly titleHeight: number } {
  const text = plotText(title, 72);
  const titleHeight = 24 * text.split("<br>").length + 20;
  return {
    meta: { title },
    title: { text, x: 0, xref: "paper", xanchor: "left", font: { size: 17 } },
    titleHeight,
  };
}

function dressAxes(layout: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const dressed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(layout)) {
    dressed[name] = /^[xy]axis\d*$/.test(name) ? { ...axisDress, ...(value as object) } : value;
  }
  return dressed;
}

const axisDress: Readonly<Record<string, unknown>> = {
  gridcolor: lightPalette.grid,
  linecolor: lightPalette.grid,
  zerolinecolor: lightPalette.band,
  tickcolor: lightPalette.grid,
  automargin: true,
  fixedrange: true,
};

/** A dotted line from the bottom of the plot to its top. */
export function verticalLine(x: number, colour: string): Readonly<Record<string, unknown>> {
  return {
    type: "line",
    x0: x,
    x1: x,
    y0: 0,
    y1: 1,
    yref: "paper",
    line: { color: colour, width: 1.5, dash: "dot" },
  };
}

/** An axis title that plotly 2 and later understand. */
export function axisTitle(text: string): { readonly text: string; readonly standoff: number } {
  return { text: plotText(text), standoff: 12 };
}
