/** Corners of a shape, the first one again at the end. */
export interface Outline {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** A filled shape without an edge, which says its words when pointed at. */
export function filledArea({ x, y }: Outline, colour: string): Readonly<Record<string, unknown>> {
  return {
    type: "scatter",
    mode: "lines",
    x,
    y,
    fill: "toself",
    fillcolor: colour,
    line: { width: 0, color: colour },
    hoverinfo: "text",
  };
}

/** A box from its sides, 0…1 from the top. */
export function boxOutline(
  left: number,
  right: number,
  sides: { readonly top: number; readonly height: number },
): Outline {
  const bottom = sides.top + sides.height;
  return { x: [left, right, right, left, left], y: [sides.top, sides.top, bottom, bottom, sides.top] };
}
