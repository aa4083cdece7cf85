import { plotText } from "./plot-text.js";
import { divergingScale } from "./theme.js";

/** What stands in the cells of a heat map; every array has shape (nRows, nColumns). */
export interface HeatMapCells {
  /** Place on the colour scale, −limit…limit; null leaves a cell without colour. */
  readonly places: readonly (readonly (number | null)[])[];
  readonly limit: number;
  /** Printed in the cells. */
  readonly texts: readonly (readonly string[])[];
  /** Said when somebody points at a cell. */
  readonly hovers: readonly (readonly string[])[];
}

/** A heat map around a middle, its numbers printed in the cells. */
export function heatMapTrace({
  places,
  limit,
  texts,
  hovers,
}: HeatMapCells): Readonly<Record<string, unknown>> {
  return {
    type: "heatmap",
    x: (places[0] ?? []).map((_, j) => j),
    y: places.map((_, i) => i),
    z: places,
    zmin: -limit,
    zmax: limit,
    colorscale: divergingScale,
    showscale: false,
    xgap: 2,
    ygap: 2,
    text: texts,
    texttemplate: "%{text}",
    hoverongaps: false,
    hovertext: hovers.map((row) => row.map((text) => plotText(text))),
    hovertemplate: "%{hovertext}<extra></extra>",
  };
}

/** Ticks that name the rows or columns of a heat map. */
export function heatMapAxis(names: readonly string[]): Readonly<Record<string, unknown>> {
  return { tickvals: names.map((_, i) => i), ticktext: names, showgrid: false, zeroline: false };
}
