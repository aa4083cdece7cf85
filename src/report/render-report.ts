import { traceType } from "../charts/trace-types.js";
import { escapeHtml } from "../core/escape-html.js";
import { plotlyMime } from "../notebook/display-bundle.js";
import type { SegmentOverview } from "../segments/segment-card.js";
import { figureFault, readFigure } from "./clean-figure.js";
import { contentsHtml, type Section, sectionHtml } from "./contents.js";
import { findDisplays, lastOverview } from "./find-displays.js";
import { failureHtml } from "./find-failure.js";
import { longDate } from "./long-date.js";
import { methodHtml } from "./method-section.js";
import { nothingReliableHtml } from "./nothing-section.js";
import { cardsHtml } from "./overview-section.js";
import { pageHtml } from "./page.js";
import { type PlacedNotebook, placeNotebooks } from "./place-notebook.js";
import { readPlotlyBundle } from "./plotly-bundle.js";
import { aside, linkTarget } from "./prose.js";
import { featuredHtml, featuredParts, notebookHtml } from "./render-notebook.js";
import type { OutputContext } from "./render-output.js";
import type { ReportInput } from "./report-input.js";
import { sureHtml } from "./sure-section.js";

/**
 * One HTML page from executed notebooks: the segments first, then how sure, then the argument, then data and method.
 *
 * The page asks for nothing from anywhere, runs only its own scripts (named by their hashes), and reads without them. Markup in
 * names, prose and outputs is shown or cleaned, not obeyed. Outputs marked as customer rows are left out; so are e-mail addresses.
 * A figure that no bundle draws without a network gives way to a line that says so ({@link findUnshown} lists them).
 * 0.6 MB to 2.2 MB for plotly, or nothing where nothing is drawn, plus the figures' data.
 */
export function renderReport(input: ReportInput): string {
  const notebooks = placeNotebooks(input.notebooks);
  const overview = input.overview ?? lastOverview(notebooks);
  const isWorkbook = input.kind !== "notebooks" || overview !== undefined;
  const context = createContext(notebooks, input);
  const sections = [
    ...(isWorkbook ? segmentSections(overview, input, { notebooks, context }) : []),
    argumentSection(notebooks, { ...context, pageTitle: input.title }, isWorkbook),
    { id: "method", title: isWorkbook ? "Data and method" : "This report", html: methodHtml(input) },
  ].filter((section) => section.html.trim() !== "");
  return pageHtml({
    title: input.title,
    bundle: readPlotlyBundle(drawnTypes(notebooks)),
    body: [
      `<a class="skip" href="#${sections[0]!.id}">${isWorkbook ? "To the segments" : "To the text"}</a>`,
      headerHtml(input.title, overview),
      contentsHtml(sections, notebooks, "argument"),
      "<main>",
      failureHtml(notebooks),
      ...sections.map((section) => sectionHtml(section, isQuiet(section, notebooks, isWorkbook))),
      "</main>",
    ].join("\n"),
  });
}

/** Headings that would only repeat what stands right above or below them. */
function isQuiet({ id }: Section, notebooks: readonly PlacedNotebook[], isWorkbook: boolean): boolean {
  return id === "segments" || (id === "argument" && !isWorkbook && notebooks.length === 1);
}

function createContext(
  notebooks: readonly PlacedNotebook[],
  { code = "folded", stills = new Map() }: ReportInput,
): OutputContext {
  let figures = 0;
  return {
    idPrefix: "",
    notebookIds: new Map(
      notebooks.map(({ fileName, id }) => [linkTarget(fileName.replace(/^.*[/\\]/, "")), id]),
    ),
    nextFigure: () => ++figures,
    code,
    stills,
  };
}

function drawnTypes(notebooks: readonly PlacedNotebook[]): readonly string[] {
  const figures = findDisplays(notebooks, plotlyMime).flatMap((output) => readFigure(output) ?? []);
  return figures
    .filter((figure) => figureFault(figure) === undefined)
    .flatMap(({ data }) => (data.length === 0 ? ["scatter"] : data.map(traceType)));
}

function headerHtml(title: string, overview: SegmentOverview | undefined): string {
  const facts = overview
    ? [
        ...(overview.workbook === title ? [] : [overview.workbook]),
        ...(overview.asOf === null ? [] : [`customers as of ${longDate(overview.asOf)}`]),
        `definition version ${overview.definitionVersion}`,
        ...(overview.staleness === undefined ? [] : [overview.staleness]),
      ]
    : [];
  return [
    '<header class="page-header">',
    `<h1>${escapeHtml(title)}</h1>`,
    facts.length === 0 ? "" : `<p class="facts">${facts.map(escapeHtml).join(" · ")}</p>`,
    "</header>",
  ].join("\n");
}

function segmentSections(
  overview: SegmentOverview | undefined,
  { empties }: ReportInput,
  { notebooks, context }: { readonly notebooks: readonly PlacedNotebook[]; readonly context: OutputContext },
): readonly Section[] {
  const empty = (id: string): string => (overview && empties?.has(id) ? aside(empties.get(id)!) : "");

  const featured = featuredParts.map(({ tag, ...part }) => ({
    ...part,
    html:
      notebooks
        .map((notebook) => featuredHtml(notebook, tag, context))
        .join("\n")
        .trim() || empty(part.id),
  }));
  return [
    {
      id: "segments",
      title: "Segments",
      html: overview ? cardsHtml(overview) : aside("No segments were defined in this run."),
    },
    ...(overview?.nothingReliable
      ? [
          {
            id: "no-reliable-segments",
            title: "No reliable segments",
            html: nothingReliableHtml(overview.nothingReliable),
          },
        ]
      : []),
    ...featured.filter(({ comesFirst }) => comesFirst),
    { id: "how-sure", title: "How sure are we", html: overview ? sureHtml(overview) : "" },
    ...featured.filter(({ comesFirst }) => !comesFirst),
  ];
}

function argumentSection(
  notebooks: readonly PlacedNotebook[],
  context: OutputContext & { readonly pageTitle: string },
  isWorkbook: boolean,
): Section {
  const articles = notebooks.map((notebook) => notebookHtml(notebook, context));
  const button =
    '<p class="tools"><button type="button" class="all-code" aria-pressed="false" hidden>Show all code</button></p>';
  const hasCode = articles.some((html) => html.includes('<details class="code">'));
  return {
    id: "argument",
    title: isWorkbook ? "The argument" : notebooks.length === 1 ? "Notebook" : "Notebooks",
    html:
      articles.length === 0
        ? aside("No notebook was run.")
        : [...(hasCode ? [button] : []), ...articles].join("\n"),
  };
}
