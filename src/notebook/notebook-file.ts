import { readFileSync } from "node:fs";
import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { writeFileAtomic } from "../core/write-atomic.js";
import { formatNotebook } from "./format-notebook.js";
import { isObject, type JsonObject, type Notebook, type NotebookCell } from "./notebook.js";

const cellTypes = ["code", "markdown", "raw"];
const idPattern = /^[a-zA-Z0-9-_]{1,64}$/;

/**
 * Reads a notebook file. Cells without an id (formats before 4.5), or with one that an earlier cell has, get a
 * new one: `cell-` and their number.
 * @throws {@link InputError} if the file cannot be read, is not JSON, or is not a notebook of format 4.
 */
export function readNotebook(path: string): Notebook {
  let text: string;
  try {
    text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === "ENOENT" ? "no such file" : code === "EISDIR" ? "a folder" : `error ${code}`;
    throw new InputError(`readNotebook: notebook must be a file that can be read, got ${what} at ${path}`);
  }
  return parseNotebook(text, path);
}

/** Reads the text of a notebook; `name` is what messages call it. @throws {@link InputError} as {@link readNotebook}. */
export function parseNotebook(text: string, name: string): Notebook {
  const document = parseJson(text, name);
  if (!isObject(document) || !("nbformat" in document)) {
    throw new InputError(`readNotebook: notebook must be a Jupyter notebook, got other JSON at ${name}`);
  }
  if (document.nbformat !== 4) {
    throw new InputError(
      `readNotebook: notebook must have format 4, got ${describeValue(document.nbformat)} at ${name}. Open it in JupyterLab and save it?`,
    );
  }
  if (!Array.isArray(document.cells)) {
    throw new InputError(
      `readNotebook: cells must be a list, got ${describeValue(document.cells)} at ${name}`,
    );
  }
  const taken = new Set<string>();
  const cells = document.cells.map((cell: unknown, i) => readCell(cell, { number: i + 1, name, taken }));
  return {
    nbformat: 4,
    nbformat_minor: Math.max(5, Number(document.nbformat_minor) || 0),
    metadata: isObject(document.metadata) ? document.metadata : {},
    cells,
  };
}

/** Writes a notebook as Python's nbformat would, whole or not at all. */
export function writeNotebook(path: string, notebook: Notebook): void {
  writeFileAtomic(path, formatNotebook(notebook));
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const conflict = text.split("\n").findIndex((line) => line.startsWith("<<<<<<<")) + 1;
    const got = text.trim() === "" ? "an empty file" : "something else";
    const where = conflict > 0 ? `a merge conflict at ${name}, line ${conflict}` : `${got} at ${name}`;
    throw new InputError(`readNotebook: notebook must be JSON, got ${where}`);
  }
}

interface CellPlace {
  readonly number: number;
  readonly name: string;
  readonly taken: Set<string>;
}

function readCell(cell: unknown, { number, name, taken }: CellPlace): NotebookCell {
  const where = `${name}, cell ${number}`;
  if (!isObject(cell) || !cellTypes.includes(String(cell.cell_type))) {
    const type = isObject(cell) ? cell.cell_type : cell;
    throw new InputError(
      `readNotebook: cell_type must be one of ${cellTypes.join(", ")}, got ${describeValue(type)} at ${where}`,
    );
  }
  const isCode = cell.cell_type === "code";
  return {
    cell_type: cell.cell_type as NotebookCell["cell_type"],
    id: uniqueId(cell.id, number, taken),
    metadata: isObject(cell.metadata) ? cell.metadata : {},
    source: joinLines(cell.source, where),
    ...(isObject(cell.attachments) ? { attachments: cell.attachments } : {}),
    ...(isCode ? { outputs: readOutputs(cell.outputs, where) } : {}),
    ...(isCode
      ? { execution_count: Number.isInteger(cell.execution_count) ? Number(cell.execution_count) : null }
      : {}),
  };
}

function uniqueId(id: unknown, number: number, taken: Set<string>): string {
  let unique = typeof id === "string" && idPattern.test(id) && !taken.has(id) ? id : `cell-${number}`;
  while (taken.has(unique)) unique = `${unique}-${number}`;
  taken.add(unique);
  return unique;
}

function readOutputs(outputs: unknown, where: string): readonly JsonObject[] {
  if (outputs === undefined) return [];
  if (!Array.isArray(outputs) || !outputs.every(isObject)) {
    throw new InputError(
      `readNotebook: outputs must be a list of objects, got ${describeValue(outputs)} at ${where}`,
    );
  }
  return outputs.map((output) => ({
    ...output,
    ...(output.text === undefined ? {} : { text: joinLines(output.text, where) }),
    ...(isObject(output.data) ? { data: joinBundle(output.data) } : {}),
  }));
}

/** Text may be stored as a list of lines; a list under a JSON type is data and stays a list. */
function joinBundle(data: JsonObject): JsonObject {
  const joined = Object.entries(data).map(([type, value]) => {
    const isLines = Array.isArray(value) && !/^application\/(.*\+)?json$/.test(type);
    return [type, isLines ? value.join("") : value];
  });
  return Object.fromEntries(joined);
}

function joinLines(text: unknown, where: string): string {
  if (typeof text === "string") return text;
  if (Array.isArray(text) && text.every((line) => typeof line === "string")) return text.join("");
  throw new InputError(
    `readNotebook: text must be a string or a list of lines, got ${describeValue(text)} at ${where}`,
  );
}
