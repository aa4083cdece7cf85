import type { DisplayTable, Figure } from "../charts/figure.js";
import { segmentColour } from "../charts/theme.js";
import { traceType } from "../charts/trace-types.js";
import { escapeHtml } from "../core/escape-html.js";
import { countText } from "../core/number-text.js";
import { figureBundle, plotlyMime } from "../notebook/display-bundle.js";
import { tableHtml } from "../notebook/table-html.js";
import { readFigure } from "./clean-figure.js";
import { cleanHtml } from "./clean-html.js";
import { contentsHtml, sectionHtml } from "./contents.js";
import { pageHtml } from "./page.js";
import { readPlotlyBundle } from "./plotly-bundle.js";
import { lineHtml } from "./prose.js";
import { figureHtml } from "./render-figure.js";

/** What a refresh came to, as a page tells it. Plain data: every sentence and figure is made before. */
export interface RefreshPage {
  readonly title: string;
  /** Under the title: dates, version, age. */
  readonly facts: readonly string[];
  /** What to do, in a sentence. */
  readonly headline: string;
  /** Why, a sentence each. */
  readonly reasons: readonly string[];
  /** Whether something said no, so that the headline is a warning. */
  readonly isWarning: boolean;
  /** Segments in force. */
  readonly cards: readonly RefreshCard[];
  /** Segments that are gone, and what became of them, a sentence each. */
  readonly gone: readonly string[];
  readonly sections: readonly RefreshSection[];
}

/** One segment after a refresh. */
export interface RefreshCard {
  readonly key: string;
  readonly name: string;
  /** "continued", "split", …; null where there was nothing to compare with. */
  readonly status: string | null;
  readonly size: number;
  /** null: there was no such segment. */
  readonly sizeBefore: number | null;
  /** "187 fewer"; empty where there was nothing to compare with. */
  readonly change: string;
  /** The largest of all sizes at both dates, for bars on one scale. */
  readonly largest: number;
  /** Where its customers were. */
  readonly origin: string;
}

/** A part of the page: a sentence or two, then figures and tables. */
export interface RefreshSection {
  readonly id: string;
  readonly title: string;
  readonly lead: readonly string[];
  readonly displays: readonly (Figure | DisplayTable)[];
}

/**
 * The page of a refresh: what to do and why, the segments with what became of each, who moved, why, and on what data.
 *
 * Same view, same bytes. Asks for nothing from anywhere, and reads without scripts.
 */
export function renderRefreshPage(page: RefreshPage): string {
  let drawn = 0;
  const nextFigure = (): number => ++drawn;
  const sections = [
    { id: "segments", title: "Segments", html: segmentsHtml(page) },
    ...page.sections.map(({ id, title, lead, displays }) => ({
      id,
      title,
      html: [
        ...lead.map((sentence) => `<p>${lineHtml(sentence)}</p>`),
        ...displays.map((display) => displayHtml(display, nextFigure)),
      ].join("\n"),
    })),
  ];
  const figures = page.sections.flatMap(({ displays }) => displays.filter(isFigure));
  return pageHtml({
    title: `${page.title}: refresh`,
    bundle: readPlotlyBundle(figures.flatMap(({ data }) => data.map(traceType))),
    body: [
      '<a class="skip" href="#segments">To the segments</a>',
      `<header class="page-header"><h1>${escapeHtml(page.title)}</h1><p class="facts">${page.facts.map(escapeHtml).join(" · ")}</p></header>`,
      contentsHtml(sections, [], ""),
      "<main>",
      ...sections.map((section) => sectionHtml(section, section.id === "segments")),
      "</main>",
    ].join("\n"),
  });
}

function segmentsHtml({ headline, reasons, isWarning, cards, gone }: RefreshPage): string {
  return [
    `<p class="headline${isWarning ? " failure" : ""}">${lineHtml(headline)}</p>`,
    listHtml(reasons),
    '<ol class="cards">',
    ...cards.map(cardHtml),
    "</ol>",
    gone.length === 0
      ? ""
      : `<h3>Gone</h3>\n<ul>${gone.map((line) => `<li>${lineHtml(line)}</li>`).join("")}</ul>`,
  ].join("\n");
}

function listHtml(sentences: readonly string[]): string {
  if (sentences.length === 0) return "";
  return `<ul class="cautions">${sentences.map((one) => `<li>${lineHtml(one)}</li>`).join("")}</ul>`;
}

function cardHtml({ key, name, status, size, sizeBefore, change, largest, origin }: RefreshCard): string {
  const colour = segmentColour(key);
  return [
    '<li class="card">',
    `<svg class="stripe" aria-hidden="true"><rect width="100%" height="100%" rx="2" fill="${colour}"/></svg>`,
    `<h3>${escapeHtml(name)}</h3>`,
    `<p class="size">${escapeHtml(change)}</p>`,
    measureHtml({ of: "customers now", customers: size, largest, colour }),
    sizeBefore === null ? "" : measureHtml({ of: "before", customers: sizeBefore, largest, colour }),
    status === null ? "" : `<p class="verdict"><span class="chip">${escapeHtml(status)}</span></p>`,
    origin === "" ? "" : `<p class="note">${lineHtml(origin)}</p>`,
    "</li>",
  ].join("\n");
}

interface Measure {
  readonly of: string;
  readonly customers: number;
  readonly largest: number;
  readonly colour: string;
}

function measureHtml({ of, customers, largest, colour }: Measure): string {
  const width = Math.round((customers / Math.max(1, largest)) * 1000) / 10;
  return `<p class="measure"><strong>${countText(customers)}</strong> ${of}<svg class="bar" aria-hidden="true"><rect class="ground" width="100%" height="100%" rx="3"/><rect width="${width}%" height="100%" rx="3" fill="${colour}"/></svg></p>`;
}

function isFigure(display: Figure | DisplayTable): display is Figure {
  return display.kind === "figure";
}

function displayHtml(display: Figure | DisplayTable, nextFigure: () => number): string {
  if (!isFigure(display)) return cleanHtml(tableHtml(display, Number.POSITIVE_INFINITY));
  const { data } = figureBundle(display);
  return figureHtml(readFigure(data[plotlyMime])!, {
    number: nextFigure(),
    html: String(data["text/html"]),
    stills: new Map(),
  });
}
