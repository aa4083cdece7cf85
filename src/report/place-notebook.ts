import { cellTags, isObject, type JsonObject } from "../notebook/notebook.js";
import { type ExecutedCell, joinLines, readOutputs } from "./executed-notebook.js";
import { firstHeading, headingLevels, withoutFirstHeading } from "./prose.js";
import type { ReportNotebook } from "./report-input.js";

/** A notebook of the report with its place on the page. */
export interface PlacedNotebook {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  readonly fileName: string;
  readonly cells: readonly ExecutedCell[];
  /** Number of the cell whose heading became the title; −1 if none did. */
  readonly titleCell: number;
  /** Heading levels that its prose uses, highest first. */
  readonly headingLevels: readonly number[];
  /** Whether it was taken from an earlier run. */
  readonly isReused: boolean;
  /** Programming language, in lower case. */
  readonly language: string;
}

/** Gives each notebook its id and its title: its first heading, else its file name. */
export function placeNotebooks(notebooks: readonly ReportNotebook[]): readonly PlacedNotebook[] {
  const taken = new Set<string>();
  return notebooks.map((notebook) => placeNotebook(notebook, taken));
}

function placeNotebook(
  { fileName, notebook, isReused = false }: ReportNotebook,
  taken: Set<string>,
): PlacedNotebook {
  const baseName = fileName.replace(/^.*[/\\]/, "").replace(/\.ipynb$/, "");
  const cells = notebook.cells.map((cell) => ({ ...cell, outputs: readOutputs(cell) }));
  const titleCell = cells.findIndex((cell) => headingOf(cell) !== undefined);
  const prose = cells.map((cell, i) =>
    isProse(cell) ? headingLevels(i === titleCell ? withoutFirstHeading(proseOf(cell)) : proseOf(cell)) : [],
  );
  return {
    id: uniqueId(`notebook-${slug(baseName)}`, taken),
    title: titleCell < 0 ? baseName : headingOf(cells[titleCell]!)!,
    fileName,
    cells,
    titleCell,
    headingLevels: [...new Set(prose.flat())].sort((a, b) => a - b),
    isReused,
    language: languageOf(notebook.metadata ?? {}),
  };
}

function isProse(cell: ExecutedCell): boolean {
  return cell.cell_type === "markdown" && !cellTags(cell).includes("papermill-error-cell-tag");
}

function proseOf(cell: ExecutedCell): string {
  return joinLines(cell.source);
}

function headingOf(cell: ExecutedCell): string | undefined {
  return isProse(cell) ? firstHeading(proseOf(cell)) : undefined;
}

function languageOf(metadata: JsonObject): string {
  const { language_info: info, kernelspec } = metadata;
  const name = (isObject(info) && info.name) || (isObject(kernelspec) && kernelspec.language);
  return typeof name === "string" ? name.toLowerCase() : "typescript";
}

/** Two notebooks of one name from two folders are two places on the page. */
function uniqueId(id: string, taken: Set<string>): string {
  let unique = id;
  for (let i = 2; taken.has(unique); i++) unique = `${id}-${i}`;
  taken.add(unique);
  return unique;
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
