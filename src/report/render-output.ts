import { escapeHtml } from "../core/escape-html.js";
import { countText } from "../core/number-text.js";
import { overviewMime, plotlyMime } from "../notebook/display-bundle.js";
import { cleanHtml } from "./clean-html.js";
import { type CellOutput, joinLines } from "./executed-notebook.js";
import { aside, type ProseOptions, proseHtml } from "./prose.js";
import { printedText } from "./redact.js";
import { figureHtml, figureTitle } from "./render-figure.js";

export interface OutputContext extends ProseOptions {
  /** Counts figures through the whole page. */
  readonly nextFigure: () => number;
}

/** Beyond this, what a cell printed is cut, and the cut is named. */
const printedLimit = 20_000;

/** One output as HTML, in the richest form that the page can show safely: figure, picture, HTML, Markdown, text. */
export function outputHtml(output: CellOutput, context: OutputContext): string {
  if (output.output_type === "stream") return printedHtml(joinLines(output.text), output.name === "stderr");
  if (output.output_type === "error") return errorHtml(output);
  const { data = {} } = output;
  if (isCustomerRows(output))
    return aside("A preview of customer rows stands in the notebook; the report leaves it out.");
  if (data[overviewMime] !== undefined) {
    return '<p class="aside"><a href="#segments">The segments stand at the top of this report.</a></p>';
  }
  if (data[plotlyMime] !== undefined) return plotlyHtml(data, context);
  return pictureHtml(data) ?? textHtml(data, context);
}

function isCustomerRows(output: CellOutput): boolean {
  const mark = output.metadata?.segbook as { readonly customerRows?: unknown } | undefined;
  return mark?.customerRows === true;
}

function plotlyHtml(data: Readonly<Record<string, unknown>>, { nextFigure }: OutputContext): string {
  const number = nextFigure();
  const twinHtml = cleanHtml(joinLines(data["text/html"]));
  return figureHtml(data[plotlyMime], {
    title: figureTitle(data[plotlyMime]),
    twinHtml,
    id: `figure-${number}`,
    number,
  });
}

function pictureHtml(data: Readonly<Record<string, unknown>>): string | undefined {
  const description = escapeHtml(printedText(joinLines(data["text/plain"])).slice(0, 200));
  const svg = joinLines(data["image/svg+xml"]);
  if (svg !== "") {
    return `<img class="picture" alt="${description}" src="data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}">`;
  }
  const png = joinLines(data["image/png"]).replace(/\s/g, "");
  if (png === "" || !/^[A-Za-z0-9+/=]+$/.test(png)) return undefined;
  return `<img class="picture" alt="${description}" src="data:image/png;base64,${png}">`;
}

function textHtml(data: Readonly<Record<string, unknown>>, context: OutputContext): string {
  const html = joinLines(data["text/html"]);
  if (html !== "") return `<div class="output">${cleanHtml(html)}</div>`;
  const markdown = joinLines(data["text/markdown"]);
  if (markdown !== "") return `<div class="prose">${proseHtml(markdown, context)}</div>`;
  const plain = joinLines(data["text/plain"]);
  if (plain !== "") return printedHtml(plain, false);
  const json = data["application/json"];
  return json === undefined ? "" : printedHtml(JSON.stringify(json, null, 2), false);
}

function printedHtml(text: string, isWarning: boolean): string {
  const printed = printedText(text).trimEnd();
  if (printed === "") return "";
  const kept = printed.slice(0, printedLimit);
  const cut =
    printed.length > printedLimit ? `\n… ${countText(printed.length - printedLimit)} more characters` : "";
  return `<pre class="printed${isWarning ? " warning" : ""}" tabindex="0">${escapeHtml(kept + cut)}</pre>`;
}

function errorHtml(output: CellOutput): string {
  const message = [output.ename, output.evalue].filter(Boolean).join(": ");
  return `<pre class="printed error" tabindex="0">${escapeHtml(printedText(message))}</pre>`;
}
