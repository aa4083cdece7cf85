import { InputError } from "../core/errors.js";

/** A build of plotly.js and what it can draw; any other type would come out as an empty plot without an error. */
export interface PlotlyBundle {
  readonly name: "basic" | "cartesian" | "strict";
  readonly traceTypes: readonly string[];
}

/** The smallest first. All three run under a policy that forbids `eval`; types that fetch their map are left out. */
const bundles: readonly PlotlyBundle[] = [
  { name: "basic", traceTypes: words("bar pie scatter") },
  {
    name: "cartesian",
    traceTypes: words(
      "bar box contour heatmap histogram histogram2d histogram2dcontour image pie scatter scatterternary violin",
    ),
  },
  {
    name: "strict",
    traceTypes: words(
      `bar barpolar box candlestick carpet cone contour contourcarpet funnel funnelarea heatmap histogram histogram2d
      histogram2dcontour icicle image indicator isosurface mesh3d ohlc parcats parcoords pie quiver sankey scatter
      scatter3d scattercarpet scattergl scatterpolar scatterpolargl scattersmith scatterternary splom streamtube
      sunburst surface table treemap violin volume waterfall`,
    ),
  },
];

/** They ask a server for tiles or coastlines. */
const mapTypes: readonly string[] = words(
  "choropleth choroplethmap choroplethmapbox densitymap densitymapbox scattergeo scattermap scattermapbox",
);

/** Younger than plotly 2, which many notebook viewers still have: fine in a report, not in a notebook of ours. */
const youngTypes: readonly string[] = ["quiver"];

function words(text: string): readonly string[] {
  return text.split(/\s+/);
}

/** The type of a trace; plotly takes one without a type for a scatter. */
export function traceType(trace: unknown): string {
  return String((trace as { readonly type?: unknown } | null)?.type ?? "scatter");
}

/** The smallest bundle that draws all these types; undefined where one is drawn by none. */
export function smallestBundle(types: readonly string[]): PlotlyBundle | undefined {
  return bundles.find(({ traceTypes }) => types.every((type) => traceTypes.includes(type)));
}

/** Why a trace type cannot be drawn without a network, in words and with a way out; undefined where it can. */
export function traceTypeFault(type: string): string | undefined {
  const quoted = JSON.stringify(type);
  if (mapTypes.includes(type)) {
    return `${quoted}, which asks a server for its map. Show bars or a heat map by region, or a picture (PNG or SVG) of the map`;
  }
  if (smallestBundle([type]) !== undefined) return undefined;
  return `${quoted}, which plotly.js 4 does not have. Show another chart, or a picture (PNG or SVG)`;
}

/**
 * Refuses traces that a notebook's viewers or the report could not draw.
 *
 * @throws InputError naming the first such trace type.
 */
export function checkTraceTypes(caller: string, data: readonly unknown[]): void {
  for (const type of data.map(traceType)) {
    const fault =
      traceTypeFault(type) ??
      (youngTypes.includes(type)
        ? `${JSON.stringify(type)}, which viewers with plotly 2 do not have`
        : undefined);
    if (fault === undefined) continue;
    throw new InputError(
      `${caller}: figure must be drawable in every viewer without a network, got ${fault}`,
    );
  }
}
