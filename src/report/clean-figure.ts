import { traceType, traceTypeFault } from "../charts/trace-types.js";
import { countText } from "../core/number-text.js";
import { isObject, type JsonObject } from "../notebook/notebook.js";
import { isPicture } from "./clean-html.js";
import { withoutEmails } from "./redact.js";

/** A plotly figure as a notebook keeps it, ours or anyone's. */
export interface PlotlyFigure {
  readonly data: readonly JsonObject[];
  readonly layout: JsonObject;
  readonly frames?: readonly unknown[];
}

/** Characters of one figure's JSON; beyond this a page would not open on a phone. */
const figureLimit = 20_000_000;

/** The figure in an output of plotly's MIME type, if it is one. */
export function readFigure(output: unknown): PlotlyFigure | undefined {
  if (!isObject(output) || !Array.isArray(output.data) || !output.data.every(isObject)) return undefined;
  const layout = isObject(output.layout) ? output.layout : {};
  return {
    data: output.data,
    layout,
    ...(Array.isArray(output.frames) && output.frames.length > 0 && { frames: output.frames }),
  };
}

/** Why the report cannot draw a figure, in words; undefined where it can. */
export function figureFault(figure: PlotlyFigure): string | undefined {
  const fault = figure.data.map((trace) => traceTypeFault(traceType(trace))).find(Boolean);
  if (fault !== undefined) return `its trace type is ${fault}`;
  const size = JSON.stringify(figure).length;
  if (size <= figureLimit) return undefined;
  return `it holds ${countText(Math.round(size / 1e6))} MB of data. Show a sample, or a picture (PNG or SVG)`;
}

/**
 * A figure's JSON for the page: without addresses that would be asked, without e-mails, without links, and safe inside a
 * script element.
 */
export function figureJson(figure: PlotlyFigure): string {
  return withoutEmails(JSON.stringify(figure, plainValue)).replaceAll("<", "\\u003c");
}

/** Pictures and servers that a figure can name; a picture inside the figure stays. */
const addressKeys: readonly string[] = ["source", "topojsonURL", "plotlyServerURL", "accesstoken"];

function plainValue(key: string, value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (addressKeys.includes(key) && !isPicture(value)) return undefined;
  return withoutLinks(value);
}

const linkTag = /<\/?(?:span|a)(?:\s[^<>]*)?>/gi;

/** What is taken out of the middle of a text may leave another tag there: then it is no person's, and keeps none. */
function withoutLinks(text: string): string {
  const plain = text.replace(linkTag, "");
  return plain.search(linkTag) < 0 ? plain : plain.replaceAll("<", "");
}

/** The finding of a figure: kept plain by our charts, else plotly's own title without its markup; empty where there is none. */
export function figureTitle({ layout }: PlotlyFigure): string {
  if (isOurs(layout)) return (layout.meta as { readonly title: string }).title;
  const title = isObject(layout.title) ? layout.title.text : layout.title;
  return typeof title === "string" ? title.replace(/<[^<>]*>/g, " ").trim() : "";
}

/** Whether one of our charts made it: then it names theme colours, which a dark page exchanges. */
export function isOurs(layout: JsonObject): boolean {
  return isObject(layout.meta) && typeof layout.meta.title === "string";
}
