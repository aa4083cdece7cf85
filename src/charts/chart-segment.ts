import { countText } from "../core/number-text.js";
import { plotColumnLabel, plotLabel } from "./plot-text.js";

/** A segment as every chart needs it. */
export interface ChartSegment {
  readonly key: string;
  readonly name: string;
  /** Customers in it. */
  readonly size: number;
}

/** A segment's name with its size under it, so that no rate stands without its population. */
function segmentLabel(segment: ChartSegment): string {
  return `${plotLabel(segment.name)}<br>n = ${countText(segment.size)}`;
}

/** The same under a narrow column. */
export function segmentColumnLabel(segment: ChartSegment): string {
  return `${plotColumnLabel(segment.name)}<br>n = ${countText(segment.size)}`;
}

/** Ticks that name segments, one per row from the top down. */
export function segmentAxis(segments: readonly ChartSegment[]): Readonly<Record<string, unknown>> {
  return {
    tickmode: "array",
    tickvals: segments.map((_, i) => i),
    ticktext: segments.map(segmentLabel),
    range: [segments.length - 0.5, -0.5],
    showgrid: false,
    zeroline: false,
  };
}
