import { darkPalette, lightPalette } from "../charts/theme.js";
import { smallestBundle, traceType, traceTypeFault } from "../charts/trace-types.js";
import type { PlotlyBundle } from "./load-plotly.js";

type JsonObject = Readonly<Record<string, unknown>>;

/** A figure as it is handed to plotly.js. */
export interface PlotlyFigure {
  readonly data: readonly unknown[];
  readonly layout: JsonObject;
  readonly config: JsonObject;
  readonly bundle: PlotlyBundle;
}

/** Colours of the page around a figure. */
export interface PageColours {
  readonly isDark: boolean;
  readonly text: string;
}

/** Whatever the output says: nothing leaves the page, and there is no server to send it to. */
const ownConfig: JsonObject = {
  showSendToCloud: false,
  showEditInChartStudio: false,
  plotlyServerURL: "",
  displaylogo: false,
  responsive: false,
};

/**
 * A figure made ready to draw: our config, the page's colours, a layout even where there is none.
 * @throws Error with a sentence for the reader if it cannot be drawn here.
 */
export function readFigure(output: unknown, colours: PageColours): PlotlyFigure {
  const { data, layout, config } = inColours(output, colours) as Partial<PlotlyFigure>;
  if (!Array.isArray(data)) throw new Error("This figure holds no data.");
  return {
    data,
    layout: fitLayout(isObject(layout) ? layout : {}, colours),
    config: { ...(isObject(config) ? config : {}), ...ownConfig },
    bundle: bundleFor(data),
  };
}

/** A notebook mixes figures, so the smallest bundle of all is never loaded beside the next one. */
function bundleFor(data: readonly unknown[]): PlotlyBundle {
  const types = data.map(traceType);
  const fault = types.map(traceTypeFault).find((found) => found !== undefined);
  if (fault !== undefined) throw new Error(`This figure cannot be drawn here: ${fault}.`);
  return smallestBundle(types)?.name === "strict" ? "strict" : "cartesian";
}

/** Our own colours are exchanged one by one, so that a figure drawn for a light page reads on a dark one. */
function inColours(output: unknown, { isDark }: PageColours): unknown {
  if (!isDark) return JSON.parse(JSON.stringify(output ?? {}));
  let text = JSON.stringify(output ?? {});
  for (const role of Object.keys(lightPalette) as (keyof typeof lightPalette)[])
    text = text.replaceAll(lightPalette[role], darkPalette[role]);
  return JSON.parse(text);
}

/** Pictures of a layout come from elsewhere unless they are data; a size of its own would not fit the cell. */
function fitLayout({ images, width: _width, ...layout }: JsonObject, colours: PageColours): JsonObject {
  const transparent = "rgba(0,0,0,0)";
  const ground = colours.isDark
    ? { paper_bgcolor: transparent, plot_bgcolor: transparent }
    : { paper_bgcolor: layout.paper_bgcolor ?? transparent };
  const font = isObject(layout.font) ? layout.font : {};
  return {
    ...layout,
    ...ground,
    ...(Array.isArray(images) && { images: images.filter(isInline) }),
    height: typeof layout.height === "number" ? layout.height : 450,
    autosize: true,
    font: colours.isDark ? { ...font, color: colours.text } : font,
  };
}

function isInline(image: unknown): boolean {
  return isObject(image) && typeof image.source === "string" && image.source.startsWith("data:");
}

/** The finding of a figure as plain text; empty if it has none. */
export function figureTitle(output: unknown): string {
  const layout = isObject(output) && isObject(output.layout) ? output.layout : {};
  const meta = isObject(layout.meta) ? layout.meta.title : undefined;
  const title = isObject(layout.title) ? layout.title.text : layout.title;
  return String(meta ?? title ?? "").replace(/<[^>]*>/g, " ");
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
