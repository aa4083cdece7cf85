import { escapeHtml } from "../core/escape-html.js";
import { cellTags, isObject, type JsonObject } from "../notebook/notebook.js";
import { type ExecutedCell, joinLines, visibilityOf } from "./executed-notebook.js";
import { highlightCode } from "./highlight-code.js";
import type { PlacedNotebook } from "./place-notebook.js";
import { aside, proseHtml, withoutFirstHeading } from "./prose.js";
import { type OutputContext, outputHtml } from "./render-output.js";

/** A part of the page before the argument, which a cell can claim for its outputs by a tag. */
export interface FeaturedPart {
  readonly tag: string;
  readonly id: string;
  readonly title: string;
  /** Before how sure we are: what the page is read for. */
  readonly comesFirst: boolean;
}

export const featuredParts: readonly FeaturedPart[] = [
  {
    tag: "report-what-they-are-worth",
    id: "what-they-are-worth",
    title: "What they are worth",
    comesFirst: true,
  },
  { tag: "report-what-to-do", id: "what-to-do", title: "What to do", comesFirst: true },
  { tag: "report-who-they-are", id: "who-they-are", title: "Who they are", comesFirst: false },
  { tag: "report-what-changed", id: "what-changed", title: "What changed", comesFirst: false },
];

/** A notebook as an article: prose, outputs, and the code of each cell folded under them. */
export function notebookHtml(
  notebook: PlacedNotebook,
  context: OutputContext & { readonly pageTitle: string },
): string {
  const cells = notebook.cells.map((cell, i) =>
    cellHtml(cell, {
      ...context,
      idPrefix: `${notebook.id}-${i}`,
      headingLevels: notebook.headingLevels,
      language: notebook.language,
      isTitle: i === notebook.titleCell,
    }),
  );
  return [
    `<article class="notebook" aria-labelledby="${notebook.id}">`,
    `<h3 id="${notebook.id}"${notebook.title === context.pageTitle ? ' class="quiet"' : ""}>${escapeHtml(notebook.title)}</h3>`,
    `<p class="file-name">${escapeHtml(notebook.fileName)}</p>`,
    notebook.isReused ? aside("Taken from the last run: nothing that it depends on has changed.") : "",
    wasRun(notebook) ? "" : aside("This notebook was not run: it holds no results."),
    ...cells.filter((cell) => cell !== ""),
    "</article>",
  ].join("\n");
}

function wasRun({ cells }: PlacedNotebook): boolean {
  const code = cells.filter((cell) => cell.cell_type === "code" && joinLines(cell.source).trim() !== "");
  return (
    code.length === 0 ||
    code.some((cell) => (cell.outputs?.length ?? 0) > 0 || typeof cell.execution_count === "number")
  );
}

/** The outputs of all cells that claim a part of the page by its tag. */
export function featuredHtml(notebook: PlacedNotebook, tag: string, context: OutputContext): string {
  return notebook.cells
    .filter((cell) => cellTags(cell).includes(tag))
    .map((cell, i) => outputsHtml(cell, { ...context, idPrefix: `${tag}-${notebook.id}-${i}` }))
    .join("\n");
}

interface CellContext extends OutputContext {
  readonly isTitle: boolean;
  readonly language: string;
}

function cellHtml(cell: ExecutedCell, context: CellContext): string {
  const visibility = visibilityOf(cell, "cell");
  if (visibility === "removed" || cellTags(cell).includes("papermill-error-cell-tag")) return "";
  const html = cell.cell_type === "markdown" ? markdownHtml(cell, context) : codeCellHtml(cell, context);
  if (html === "" || visibility === "open") return html;
  return `<details class="fold whole-cell"><summary>A cell folded by its author</summary>${html}</details>`;
}

function markdownHtml(cell: ExecutedCell, context: CellContext): string {
  const source = joinLines(cell.source);
  const prose = proseHtml(context.isTitle ? withoutFirstHeading(source) : source, {
    ...context,
    attachments: attachmentsOf(cell.attachments ?? {}),
    allowsHtml: true,
  });
  return prose.trim() === "" ? "" : `<div class="prose">${prose}</div>`;
}

function attachmentsOf(attachments: JsonObject): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(attachments).flatMap(([name, bundle]) => {
      const [type, content] = Object.entries(isObject(bundle) ? bundle : {})[0] ?? [];
      return type === undefined ? [] : [[name, `data:${type};base64,${joinLines(content)}`] as const];
    }),
  );
}

function codeCellHtml(cell: ExecutedCell, context: CellContext): string {
  const source = joinLines(cell.source);
  if (cell.cell_type !== "code" || (source.trim() === "" && (cell.outputs ?? []).length === 0)) return "";
  const result = resultHtml(cell, context);
  const code = codeHtml(cell, source, context);
  if (result === "" && code === "") return "";
  const kind = result === "" ? "cell silent" : "cell";
  return [`<div class="${kind}" id="${context.idPrefix}">`, result, code, "</div>"].join("\n");
}

function resultHtml(cell: ExecutedCell, context: OutputContext): string {
  const part = featuredParts.find(({ tag }) => cellTags(cell).includes(tag));
  if (part) return `<p class="aside"><a href="#${part.id}">Shown above: ${part.title}.</a></p>`;
  const visibility = visibilityOf(cell, "output");
  if (visibility === "removed") return "";
  const html = outputsHtml(cell, context);
  if (html === "" || visibility === "open") return html;
  return `<details class="fold"><summary>Output</summary>${html}</details>`;
}

function outputsHtml(cell: ExecutedCell, context: OutputContext): string {
  return (cell.outputs ?? [])
    .map((output, i) => outputHtml(output, { ...context, idPrefix: `${context.idPrefix}-${i}` }))
    .filter((html) => html !== "")
    .join("\n");
}

/** Folded for everybody; the button that opens all code leaves that closed which its author hid. */
function codeHtml(cell: ExecutedCell, source: string, { code, language }: CellContext): string {
  const visibility = visibilityOf(cell, "input");
  if (code === "none" || visibility === "removed" || source.trim() === "") return "";
  const kind = visibility === "folded" ? "code hidden-code" : "code";
  return `<details class="${kind}"><summary>Code</summary><pre tabindex="0"><code>${highlightCode(source, language)}</code></pre></details>`;
}
