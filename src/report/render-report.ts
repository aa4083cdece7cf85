import { escapeHtml } from "../core/escape-html.js";
import { overviewMime } from "../notebook/display-bundle.js";
import type { SegmentOverview } from "../segments/segment-card.js";
import { failureHtml } from "./find-failure.js";
import { longDate } from "./long-date.js";
import { methodHtml } from "./method-section.js";
import { cardsHtml, sureHtml } from "./overview-section.js";
import { pageHtml } from "./page.js";
import { aside, linkTarget } from "./prose.js";
import {
  featuredHtml,
  featuredParts,
  notebookHtml,
  type PlacedNotebook,
  placeNotebook,
} from "./render-notebook.js";
import type { OutputContext } from "./render-output.js";
import type { ReportInput } from "./report-input.js";

/** A part of the page that the list of contents names. */
interface Section {
  readonly id: string;
  readonly title: string;
  readonly html: string;
}

/**
 * One HTML page from executed notebooks: the segments first, then how sure, then the argument, then data and method.
 *
 * The page asks for nothing from anywhere, runs only its own two scripts (named by their hashes), and reads without them.
 * Markup in names, prose and outputs is shown, not obeyed. Outputs marked as customer rows are left out; so are e-mail addresses.
 * About 1.6 MB plus the figures' data.
 *
 * @throws InputError if a figure uses a trace type that the page's plotly bundle does not have.
 */
export function renderReport(input: ReportInput): string {
  const notebooks = input.notebooks.map(placeNotebook);
  const overview = input.overview ?? lastOverview(notebooks);
  const context = createContext(notebooks);
  const sections: readonly Section[] = [
    { id: "how-sure", title: "How sure are we", html: overview ? sureHtml(overview) : "" },
    ...featuredParts.map(({ tag, id, title }) => ({
      id,
      title,
      html: notebooks.map((notebook) => featuredHtml(notebook, tag, context)).join("\n"),
    })),
    { id: "argument", title: "The argument", html: argumentHtml(notebooks, context) },
    { id: "method", title: "Data and method", html: methodHtml(input) },
  ].filter((section) => section.html.trim() !== "");
  return pageHtml({
    title: input.title,
    body: [
      headerHtml(input.title, overview),
      contentsHtml(sections, notebooks),
      "<main>",
      failureHtml(notebooks),
      sectionHtml({
        id: "segments",
        title: "Segments",
        html: overview ? cardsHtml(overview) : aside("No segments were defined in this run."),
      }),
      ...sections.map(sectionHtml),
      "</main>",
    ].join("\n"),
  });
}

function createContext(notebooks: readonly PlacedNotebook[]): OutputContext {
  let figures = 0;
  return {
    idPrefix: "",
    notebookIds: new Map(
      notebooks.map(({ fileName, id }) => [linkTarget(fileName.replace(/^.*[/\\]/, "")), id]),
    ),
    nextFigure: () => ++figures,
  };
}

function lastOverview(notebooks: readonly PlacedNotebook[]): SegmentOverview | undefined {
  const outputs = notebooks.flatMap((notebook) => notebook.cells.flatMap((cell) => cell.outputs ?? []));
  const shown = outputs.map((output) => output.data?.[overviewMime]).filter((data) => data !== undefined);
  return shown.at(-1) as SegmentOverview | undefined;
}

function headerHtml(title: string, overview: SegmentOverview | undefined): string {
  const facts = overview
    ? [
        ...(overview.workbook === title ? [] : [overview.workbook]),
        ...(overview.asOf === null ? [] : [`customers as of ${longDate(overview.asOf)}`]),
        `definition version ${overview.definitionVersion}`,
      ]
    : [];
  return [
    '<header class="page-header">',
    `<h1>${escapeHtml(title)}</h1>`,
    facts.length === 0 ? "" : `<p class="facts">${facts.map(escapeHtml).join(" · ")}</p>`,
    "</header>",
  ].join("\n");
}

function contentsHtml(sections: readonly Section[], notebooks: readonly PlacedNotebook[]): string {
  const inner = notebooks
    .map(({ id, title }) => `<li><a href="#${id}">${escapeHtml(title)}</a></li>`)
    .join("\n");
  const items = sections.map(
    ({ id, title }) =>
      `<li><a href="#${id}">${title}</a>${id === "argument" && inner !== "" ? `<ol>${inner}</ol>` : ""}</li>`,
  );
  return `<nav class="contents" id="contents" aria-label="Contents"><details><summary>Contents</summary><ol><li><a href="#segments">Segments</a></li>${items.join("\n")}</ol></details></nav>`;
}

function sectionHtml({ id, title, html }: Section): string {
  return `<section id="${id}" aria-labelledby="${id}-heading"><h2 id="${id}-heading">${title}</h2>\n${html}\n</section>`;
}

function argumentHtml(notebooks: readonly PlacedNotebook[], context: OutputContext): string {
  if (notebooks.length === 0) return aside("No notebook was run.");
  return [
    '<p class="tools"><button type="button" class="all-code" aria-pressed="false" hidden>Show all code</button></p>',
    ...notebooks.map((notebook) => notebookHtml(notebook, context)),
  ].join("\n");
}
