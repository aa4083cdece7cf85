import { InputError } from "../core/errors.js";

/** What plotly's cartesian bundle can draw; any other type would come out as an empty plot without an error. */
export const traceTypes: readonly string[] = [
  "bar",
  "box",
  "contour",
  "heatmap",
  "histogram",
  "histogram2d",
  "histogram2dcontour",
  "image",
  "pie",
  "scatter",
  "scatterternary",
  "violin",
];

/**
 * Refuses traces that the report could not draw.
 *
 * @throws InputError naming the first trace type outside {@link traceTypes}.
 */
export function checkTraceTypes(caller: string, data: readonly unknown[]): void {
  for (const trace of data) {
    const type = (trace as { readonly type?: unknown } | null)?.type ?? "scatter";
    if (traceTypes.includes(String(type))) continue;
    throw new InputError(
      `${caller}: figure must use only the trace types ${traceTypes.join(", ")}, got ${JSON.stringify(type)}`,
    );
  }
}
