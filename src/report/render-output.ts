import { escapeHtml } from "../core/escape-html.js";
import { countText } from "../core/number-text.js";
import { overviewMime, plotlyMime } from "../notebook/display-bundle.js";
import { isObject, type JsonObject } from "../notebook/notebook.js";
import { createTerminalText } from "../notebook/terminal-text.js";
import { ansiHtml } from "./ansi-text.js";
import { readFigure } from "./clean-figure.js";
import { cleanHtml } from "./clean-html.js";
import { type CellOutput, joinLines } from "./executed-notebook.js";
import { aside, type ProseOptions, proseHtml } from "./prose.js";
import { printedText } from "./redact.js";
import { figureHtml } from "./render-figure.js";
import { latexHtml } from "./render-math.js";
import { pictureHtml } from "./render-picture.js";
import type { CodeChoice } from "./report-input.js";
import { tidyTables } from "./tidy-tables.js";

export interface OutputContext extends ProseOptions {
  /** Counts figures through the whole page. */
  readonly nextFigure: () => number;
  /** Still pictures by the figure's id on the page. */
  readonly stills: ReadonlyMap<string, string>;
  /** Without code there is no traceback either: it quotes the lines. */
  readonly code: CodeChoice;
}

/** Beyond this, what a cell printed is cut, and the cut is named. */
const printedLimit = 20_000;

/** Characters of an HTML output; a page of more than that would not open. */
const htmlLimit = 4_000_000;

/** One output as HTML, in the richest form that the page can show safely: figure, picture, HTML, Markdown, LaTeX, JSON, text. */
export function outputHtml(output: CellOutput, context: OutputContext): string {
  if (output.output_type === "stream") return printedHtml(joinLines(output.text), output.name === "stderr");
  if (output.output_type === "error") return errorHtml(output, context);
  const data = isObject(output.data) ? output.data : {};
  if (isCustomerRows(output))
    return aside("A preview of customer rows stands in the notebook; the report leaves it out.");
  if (data[overviewMime] !== undefined) {
    return '<p class="aside"><a href="#segments">The segments stand at the top of this report.</a></p>';
  }
  if (data[plotlyMime] !== undefined) return plotlyHtml(data, context);
  return pictureHtml(data, output.metadata) ?? textHtml(data, context);
}

function isCustomerRows(output: CellOutput): boolean {
  const mark = output.metadata?.segbook as { readonly customerRows?: unknown } | undefined;
  return mark?.customerRows === true;
}

function plotlyHtml(data: JsonObject, { nextFigure, stills }: OutputContext): string {
  const figure = readFigure(data[plotlyMime]);
  if (figure === undefined) return aside("This figure holds no data.");
  return figureHtml(figure, { number: nextFigure(), html: joinLines(data["text/html"]), stills });
}

function textHtml(data: JsonObject, context: OutputContext): string {
  const html = joinLines(data["text/html"]);
  if (html !== "") return foreignHtml(html);
  const markdown = joinLines(data["text/markdown"]);
  if (markdown !== "") return `<div class="prose">${proseHtml(markdown, context)}</div>`;
  const latex = joinLines(data["text/latex"]);
  if (latex !== "") return latexHtml(printedText(latex));
  if (data["application/json"] !== undefined) return jsonHtml(data["application/json"]);
  const [unknown] = Object.keys(data).filter((type) => type !== "text/plain");
  const plain = joinLines(data["text/plain"]);
  if (unknown === undefined) return printedHtml(plain, false);
  return unshownHtml(unknown, plain);
}

/** What is left of HTML from elsewhere; a program in HTML leaves nothing, and the reader is told. */
function foreignHtml(html: string): string {
  if (html.length > htmlLimit)
    return aside(
      `An HTML output of ${countText(Math.round(html.length / 1e6))} million characters stands in the notebook; it is too long for a report.`,
    );
  const clean = tidyTables(cleanHtml(html));
  const isEmpty = !/<img\b/.test(clean) && clean.replace(/<[^>]*>/g, "").trim() === "";
  if (!isEmpty) return `<div class="output">${clean}</div>`;
  return /<(?:script|iframe|object|embed|canvas|svg|video|audio)\b/i.test(html)
    ? aside(
        "This output is a program or a frame in HTML, which a report does not run; it stands in the notebook.",
      )
    : "";
}

function unshownHtml(type: string, plain: string): string {
  if (type.startsWith("application/vnd.jupyter.widget"))
    return aside("An interactive widget stands here in the notebook; a report cannot show it.");
  const line = aside(`A report cannot show this output (${printedText(type).slice(0, 100)}).`);
  return /^\s*<[\s\S]*>\s*$/.test(plain) ? line : line + printedHtml(plain, false);
}

/** Short data open, long data folded. */
function jsonHtml(value: unknown): string {
  const text = jsonText(value);
  if (text === undefined) return aside("Data nested too deeply to be printed stand in the notebook.");
  const lines = text.split("\n").length;
  const printed = printedHtml(text, false);
  if (lines <= 20) return printed;
  return `<details class="fold"><summary>Data, ${countText(lines)} lines</summary>${printed}</details>`;
}

function jsonText(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, null, 2);
  } catch {
    return undefined;
  }
}

function printedHtml(text: string, isWarning: boolean): string {
  const terminal = createTerminalText();
  terminal.add(text.replaceAll("\r\n", "\n"));
  const printed = terminal.text().trimEnd();
  if (printed === "") return "";
  const rest = printed.length - printedLimit;
  const cut = rest > 0 ? `\n… ${countText(rest)} more characters` : "";
  return `<pre class="printed${isWarning ? " warning" : ""}" tabindex="0">${ansiHtml(printed.slice(0, printedLimit))}${cut}</pre>`;
}

/** The message in full; where it came from folded under it. */
function errorHtml(output: CellOutput, { code }: OutputContext): string {
  const message = printedText([output.ename, output.evalue].filter(Boolean).join(": "));
  const shown = `<pre class="printed error" tabindex="0">${escapeHtml(message.slice(0, printedLimit))}</pre>`;
  const traceback = Array.isArray(output.traceback) ? output.traceback.map(String).join("\n") : "";
  const isMore = printedText(traceback).trim().split("\n").length > message.split("\n").length;
  if (code === "none" || !isMore) return shown;
  return `${shown}\n<details class="fold"><summary>Where</summary>${printedHtml(traceback, false)}</details>`;
}
