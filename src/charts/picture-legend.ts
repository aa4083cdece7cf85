import { svgText, textWidth } from "./picture-text.js";
import type { PictureTrace } from "./picture-traces.js";
import { lightPalette } from "./theme.js";

const line = 20;

/** How much room the names of the traces take above the plot. */
export function legendHeight(traces: readonly PictureTrace[], width: number): number {
  return line * Math.max(0, ...placesOf(traces, width).map(({ row }) => row + 1));
}

/** The names of the traces, each behind a dot of its colour, in rows from the left. */
export function legendSvg(traces: readonly PictureTrace[], width: number): string {
  return placesOf(traces, width)
    .map(({ trace, x, row }) => {
      const y = 12 + row * line;
      const dot = `<circle cx="${x}" cy="${y}" r="5" fill="${trace.line?.color ?? trace.marker?.color}" stroke="${lightPalette.muted}" stroke-width="0.5"/>`;
      return dot + svgText(trace.name ?? "", { x: x + 10, y, anchor: "start" });
    })
    .join("");
}

function placesOf(
  traces: readonly PictureTrace[],
  width: number,
): readonly { readonly trace: PictureTrace; readonly x: number; readonly row: number }[] {
  let [x, row] = [12, 0];
  return traces.map((trace) => {
    const size = textWidth(trace.name ?? "", 12) + 32;
    if (x > 12 && x + size > width) [x, row] = [12, row + 1];
    const place = { trace, x, row };
    x += size;
    return place;
  });
}
