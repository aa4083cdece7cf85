import { readFileSync } from "node:fs";
import { withoutErrorNotes } from "./error-notes.js";
import { formatNotebook } from "./format-notebook.js";
import { cellTags, hasTag, isObject, type JsonObject, type Notebook, type NotebookCell } from "./notebook.js";
import { readNotebook, writeNotebook } from "./notebook-file.js";

/** `execution` and `segbook` say how the notebook is to be run. */
const keptNotebookKeys = new Set([
  "kernelspec",
  "language_info",
  "tags",
  "title",
  "authors",
  "execution",
  "segbook",
]);
const keptLanguageKeys = new Set(["name", "file_extension", "mimetype"]);
const droppedCellKeys = new Set(["papermill", "execution", "collapsed", "scrolled", "ExecuteTime"]);

/**
 * The notebook as it is committed: no outputs, no counts, no traces of a run; ids, tags and sources stay.
 * A cell tagged `keep_output` keeps what it shows. Cells that a run added are left out.
 */
function cleanNotebook(notebook: Notebook): Notebook {
  const language = notebook.metadata.language_info;
  const metadata = {
    ...pick(notebook.metadata, (key) => keptNotebookKeys.has(key)),
    ...(isObject(language) ? { language_info: pick(language, (key) => keptLanguageKeys.has(key)) } : {}),
  };
  const own = withoutErrorNotes(notebook).cells.filter((cell) => !hasTag(cell, "injected-parameters"));
  const cells = own.map(cleanCell);
  return { ...notebook, metadata, cells };
}

/**
 * Cleans notebook files in place; with `check` it only looks.
 * @returns The paths of the files that were, or would be, changed.
 * @throws {@link InputError} if a file is not a notebook.
 */
export function writeCleanNotebooks(
  paths: readonly string[],
  { check = false }: { readonly check?: boolean } = {},
): string[] {
  return paths.filter((path) => {
    const clean = cleanNotebook(readNotebook(path));
    if (formatNotebook(clean) === readFileSync(path, "utf8")) return false;
    if (!check) writeNotebook(path, clean);
    return true;
  });
}

function cleanCell(cell: NotebookCell): NotebookCell {
  const isBare = cellTags(cell).length === 0;
  const metadata = pick(cell.metadata, (key) => !droppedCellKeys.has(key) && !(isBare && key === "tags"));
  if (cell.cell_type !== "code" || hasTag(cell, "keep-output")) return { ...cell, metadata };
  return { ...cell, metadata, outputs: [], execution_count: null };
}

function pick(object: JsonObject, isKept: (key: string) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => isKept(key)));
}
