import { lightPalette } from "./theme.js";

/** One row of a strip plot. */
export interface StripRow {
  readonly values: readonly number[];
  readonly low: number;
  readonly median: number;
  readonly high: number;
  readonly colour: string;
}

/** Dots drawn of a row at most. */
const mostDots = 150;

/** A strip per row: each value as a pale dot, the median as a full one with its 5–95 % bar. */
export function stripTraces(rows: readonly StripRow[]): Readonly<Record<string, unknown>>[] {
  return rows.flatMap((row, place) => [cloudTrace(row, place), medianTrace(row, place)]);
}

function cloudTrace({ values, colour }: StripRow, place: number): Readonly<Record<string, unknown>> {
  const step = Math.ceil(values.length / mostDots);
  const drawn = values.filter((_, i) => i % step === 0);
  return {
    type: "scatter",
    mode: "markers",
    x: drawn.map((value) => Math.round(value * 1000) / 1000),
    // Spread by the golden section: even, and the same every time.
    y: drawn.map((_, i) => Math.round((place + 0.12 + 0.26 * ((i * 0.618034) % 1)) * 1000) / 1000),
    marker: { color: colour, size: 5, opacity: 0.3 },
    hoverinfo: "skip",
  };
}

function medianTrace(
  { low, median, high, colour }: StripRow,
  place: number,
): Readonly<Record<string, unknown>> {
  return {
    type: "scatter",
    mode: "markers",
    x: [median],
    y: [place - 0.12],
    error_x: {
      type: "data",
      symmetric: false,
      array: [high - median],
      arrayminus: [median - low],
      color: colour,
      thickness: 2,
      width: 0,
    },
    marker: { color: colour, size: 11, line: { color: lightPalette.ink, width: 0.5 } },
    hovertemplate: `median %{x:.2f} (5–95 %: ${low.toFixed(2)}–${high.toFixed(2)})<extra></extra>`,
  };
}
