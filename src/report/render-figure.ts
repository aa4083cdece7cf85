import { escapeHtml } from "../core/escape-html.js";
import { tableHtml } from "../notebook/table-html.js";
import { figureFault, figureJson, figureTitle, isOurs, type PlotlyFigure } from "./clean-figure.js";
import { cleanHtml } from "./clean-html.js";
import { figureTables } from "./figure-table.js";
import { aside, lineHtml } from "./prose.js";
import { withoutEmails } from "./redact.js";

export interface FigurePlace {
  /** Counts figures through the page. */
  readonly number: number;
  /** HTML that the notebook sent along with the figure: of our charts, a still picture and the numbers. */
  readonly html: string;
  /** Still pictures by the figure's id, for those that brought none. */
  readonly stills: ReadonlyMap<string, string>;
}

/** Rows of a table twin: enough for every chart that is not a cloud of points. */
const twinRows = 50;

/**
 * A figure with its caption, its data for the drawing script, its still picture for readers without scripts, and its numbers
 * as a table. In place of a figure that no bundle draws stands a line that says so.
 */
export function figureHtml(figure: PlotlyFigure, { number, html, stills }: FigurePlace): string {
  const id = `figure-${number}`;
  const fault = figureFault(figure);
  const title = lineHtml(withoutEmails(figureTitle(figure)));
  const twin = cleanHtml(html);
  const still = ownStill(twin) ?? stillHtml(stills.get(id), figureTitle(figure) || `Figure ${number}`);
  return [
    `<figure role="group" aria-labelledby="${id}-title" id="${id}">`,
    `<figcaption id="${id}-title"><span class="figure-number">Figure ${number}</span> ${title}</figcaption>`,
    ...(fault === undefined
      ? [
          `<div class="plot"${isOurs(figure.layout) ? "" : " data-guest"}></div>`,
          `<script type="application/json">${figureJson(figure)}</script>`,
          still === "" ? "" : `<noscript>${still}</noscript>`,
        ]
      : [aside(`This figure is not drawn: ${fault}.`)]),
    numbersHtml(figure, twin),
    "</figure>",
  ].join("\n");
}

const ownPicture = /<img class="segbook-picture"[^<>]*>/;

function ownStill(twin: string): string | undefined {
  return ownPicture.exec(twin)?.[0];
}

function stillHtml(source: string | undefined, title: string): string {
  if (source === undefined) return "";
  return `<img class="segbook-picture" alt="${escapeHtml(withoutEmails(title))}" src="${source}">`;
}

/** Our charts bring their numbers; those of others are read from their traces. */
function numbersHtml(figure: PlotlyFigure, twin: string): string {
  if (twin.includes('class="segbook-twin"')) return twin.replace(ownPicture, "");
  const tables = figureTables(figure).map((table) => cleanHtml(tableHtml(table, twinRows)));
  if (tables.length === 0) return "";
  return `<details class="segbook-twin"><summary>The numbers</summary>\n${tables.join("\n")}\n</details>`;
}
