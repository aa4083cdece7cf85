import { escapeHtml } from "../core/escape-html.js";
import { cellTags } from "../notebook/notebook.js";
import { type ExecutedCell, isHidden, joinLines } from "./executed-notebook.js";
import { highlightCode } from "./highlight-code.js";
import { firstHeading, proseHtml, withoutFirstHeading } from "./prose.js";
import { type OutputContext, outputHtml } from "./render-output.js";
import type { ReportNotebook } from "./report-input.js";

/** A notebook of the report with its place on the page. */
export interface PlacedNotebook {
  readonly id: string;
  readonly title: string;
  readonly fileName: string;
  readonly cells: readonly ExecutedCell[];
}

/** Parts of the page before the argument, which a cell can claim for its outputs by a tag. */
export const featuredParts: readonly { readonly tag: string; readonly id: string; readonly title: string }[] =
  [
    { tag: "report-who-they-are", id: "who-they-are", title: "Who they are" },
    { tag: "report-what-they-are-worth", id: "what-they-are-worth", title: "What they are worth" },
    { tag: "report-what-to-do", id: "what-to-do", title: "What to do" },
    { tag: "report-what-changed", id: "what-changed", title: "What changed" },
  ];

/** Gives a notebook its id and its title: its first heading, else its file name. */
export function placeNotebook({ fileName, notebook }: ReportNotebook): PlacedNotebook {
  const baseName = fileName.replace(/^.*[/\\]/, "").replace(/\.ipynb$/, "");
  const prose = notebook.cells
    .filter((cell) => cell.cell_type === "markdown")
    .map((cell) => joinLines(cell.source));
  return {
    id: `notebook-${slug(baseName)}`,
    title: prose.map(firstHeading).find((heading) => heading !== undefined) ?? baseName,
    fileName,
    cells: notebook.cells,
  };
}

/** A notebook as an article: prose, outputs, and the code of each cell folded under them. */
export function notebookHtml(notebook: PlacedNotebook, context: OutputContext): string {
  const firstTitled = notebook.cells.findIndex(
    (cell) => cell.cell_type === "markdown" && firstHeading(joinLines(cell.source)) !== undefined,
  );
  const cells = notebook.cells.map((cell, i) =>
    cellHtml(cell, {
      ...context,
      idPrefix: `${notebook.id}-${i}`,
      isTitle: i === firstTitled,
    }),
  );
  return [
    `<article class="notebook" aria-labelledby="${notebook.id}">`,
    `<h3 id="${notebook.id}">${escapeHtml(notebook.title)}</h3>`,
    `<p class="file-name">${escapeHtml(notebook.fileName)}</p>`,
    ...cells.filter((cell) => cell !== ""),
    "</article>",
  ].join("\n");
}

/** The outputs of all cells that claim a part of the page by its tag. */
export function featuredHtml(notebook: PlacedNotebook, tag: string, context: OutputContext): string {
  return notebook.cells
    .filter((cell) => cellTags(cell).includes(tag))
    .map((cell, i) => outputsHtml(cell, { ...context, idPrefix: `${tag}-${notebook.id}-${i}` }))
    .join("\n");
}

function cellHtml(cell: ExecutedCell, context: OutputContext & { readonly isTitle: boolean }): string {
  const tags = cellTags(cell);
  if (tags.includes("remove-cell")) return "";
  const source = joinLines(cell.source);
  if (cell.cell_type === "markdown") {
    const prose = proseHtml(context.isTitle ? withoutFirstHeading(source) : source, context);
    return prose.trim() === "" ? "" : `<div class="prose">${prose}</div>`;
  }
  if (cell.cell_type !== "code" || source.trim() === "") return "";
  const result = resultHtml(cell, tags, context);
  const kind = result === "" ? "cell silent" : "cell";
  return [`<div class="${kind}" id="${context.idPrefix}">`, result, codeHtml(cell, source), "</div>"].join(
    "\n",
  );
}

function resultHtml(cell: ExecutedCell, tags: readonly string[], context: OutputContext): string {
  const part = featuredParts.find(({ tag }) => tags.includes(tag));
  if (part) return `<p class="aside"><a href="#${part.id}">Shown above: ${part.title}.</a></p>`;
  return isHidden(cell, "output") ? "" : outputsHtml(cell, context);
}

function outputsHtml(cell: ExecutedCell, context: OutputContext): string {
  return (cell.outputs ?? [])
    .map((output, i) => outputHtml(output, { ...context, idPrefix: `${context.idPrefix}-${i}` }))
    .filter((html) => html !== "")
    .join("\n");
}

function codeHtml(cell: ExecutedCell, source: string): string {
  if (isHidden(cell, "input")) return "";
  return `<details class="code"><summary>Code</summary><pre tabindex="0"><code>${highlightCode(source)}</code></pre></details>`;
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
