import { checkTraceTypes } from "../charts/trace-types.js";
import { aside, lineHtml } from "./prose.js";
import { withoutEmails } from "./redact.js";

/** A plotly figure as a notebook keeps it. */
interface PlotlyOutput {
  readonly data?: readonly unknown[];
  readonly layout?: Readonly<Record<string, unknown>>;
}

export interface RenderedFigure {
  readonly title: string;
  /** The twin in numbers, already cleaned. */
  readonly twinHtml: string;
  /** Unique on the page. */
  readonly id: string;
  readonly number: number;
}

/**
 * A figure with its caption, its data for the drawing script, and its table twin.
 *
 * @throws InputError if a trace type is not in the page's bundle: it would come out empty without a word.
 */
export function figureHtml(output: unknown, { title, twinHtml, id, number }: RenderedFigure): string {
  const { data, layout } = (output ?? {}) as PlotlyOutput;
  if (!Array.isArray(data)) return aside("This figure holds no data.");
  checkTraceTypes(`renderReport: ${id}`, data);
  const { images: _requests, ...drawn } = layout ?? {};
  const json = withoutEmails(JSON.stringify({ data, layout: drawn }, withoutStyledTags)).replaceAll(
    "<",
    "\\u003c",
  );
  return [
    `<figure role="group" aria-labelledby="${id}-title" id="${id}">`,
    `<figcaption id="${id}-title"><span class="figure-number">Figure ${number}</span> ${lineHtml(withoutEmails(title))}</figcaption>`,
    `<div class="plot" role="img" aria-labelledby="${id}-title"></div>`,
    `<script type="application/json">${json}</script>`,
    stillFirst(twinHtml),
    "</figure>",
  ].join("\n");
}

/** The still picture is for readers whose scripts are off. */
function stillFirst(twinHtml: string): string {
  return twinHtml.replace(
    /<img class="segbook-picture"[^<>]*>/,
    (picture) => `<noscript>${picture}</noscript>`,
  );
}

/** Plotly sets bold, italic, raised and linked text through style attributes, which the page's policy forbids: the text stays, plain. */
function withoutStyledTags(_key: string, value: unknown): unknown {
  return typeof value === "string"
    ? value.replace(/<\/?(?:b|i|em|sub|sup|span|a)(?:\s[^<>]*)?>/gi, "")
    : value;
}

/** The finding of a figure: kept plain by our charts, else plotly's own title without its markup. */
export function figureTitle(output: unknown): string {
  const layout = (output as PlotlyOutput | null)?.layout ?? {};
  const meta = layout.meta as { readonly title?: unknown } | undefined;
  if (typeof meta?.title === "string") return meta.title;
  const title = layout.title as { readonly text?: unknown } | string | undefined;
  const text = typeof title === "object" ? title.text : title;
  return typeof text === "string" && text !== "" ? text.replace(/<[^>]*>/g, " ") : "Figure without a title";
}
