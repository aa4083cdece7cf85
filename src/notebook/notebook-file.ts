import { readFileSync } from "node:fs";
import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { writeFileAtomic } from "../core/write-atomic.js";
import { nameCells } from "./cell-ids.js";
import { formatNotebook } from "./format-notebook.js";
import { isObject, type JsonObject, type Notebook, type NotebookCell } from "./notebook.js";
import { readCount } from "./output-message.js";

const cellTypes = ["code", "markdown", "raw"];

/**
 * Reads a notebook file. Cells without an id (formats before 4.5), or with one that an earlier cell has, get a
 * new one from their words; Windows line ends in sources become plain ones.
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
  if (document.nbformat !== 4) throw otherFormat(document.nbformat, name);
  const list = document.cells;
  if (!Array.isArray(list))
    throw new InputError(`readNotebook: cells must be a list, got ${describeValue(list)} at ${name}`);
  const cells = list.map((cell: unknown, i) => readCell(cell, `${name}, cell ${i + 1}`));
  const ids = nameCells(cells.map(({ cell_type: type, source }, i) => ({ id: list[i].id, type, source })));
  return {
    nbformat: 4,
    nbformat_minor: Math.max(5, Number(document.nbformat_minor) || 0),
    metadata: isObject(document.metadata) ? document.metadata : {},
    cells: cells.map((cell, i) => ({ ...cell, id: ids[i]! })),
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

function otherFormat(format: unknown, name: string): InputError {
  const hint =
    typeof format === "number" && format < 4
      ? " Convert it with jupyter nbconvert --to notebook --nbformat 4?"
      : "";
  return new InputError(
    `readNotebook: notebook must have format 4, got ${describeValue(format)} at ${name}.${hint}`,
  );
}

function readCell(cell: unknown, where: string): Omit<NotebookCell, "id"> {
  if (!isObject(cell) || !cellTypes.includes(String(cell.cell_type))) {
    const type = isObject(cell) ? cell.cell_type : cell;
    throw new InputError(
      `readNotebook: cell_type must be one of ${cellTypes.join(", ")}, got ${describeValue(type)} at ${where}`,
    );
  }
  const isCode = cell.cell_type === "code";
  return {
    cell_type: cell.cell_type as NotebookCell["cell_type"],
    metadata: readMetadata(cell.metadata),
    source: joinLines(cell.source, where).replaceAll("\r\n", "\n"),
    ...(isObject(cell.attachments) ? { attachments: cell.attachments } : {}),
    ...(isCode ? { outputs: readOutputs(cell.outputs, where) } : {}),
    ...(isCode ? { execution_count: readCount(cell.execution_count) } : {}),
  };
}

/** Tags are names without commas, each once; tools that do not care write others. */
function readMetadata(metadata: unknown): JsonObject {
  if (!isObject(metadata)) return {};
  if (metadata.tags === undefined) return metadata;
  const tags = Array.isArray(metadata.tags) ? metadata.tags : [metadata.tags];
  const names = tags.flatMap((tag) => String(tag).split(",")).map((tag) => tag.trim());
  return { ...metadata, tags: [...new Set(names)].filter((tag) => tag !== "") };
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
