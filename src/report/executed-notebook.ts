import { cellTags, isObject, type JsonObject } from "../notebook/notebook.js";

/** As much of the notebook format (nbformat 4) as the report reads. */
export interface ExecutedNotebook {
  readonly cells: readonly ExecutedCell[];
  readonly metadata?: JsonObject;
}

export interface ExecutedCell {
  readonly id?: string;
  readonly cell_type: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly source: MultilineText;
  readonly outputs?: readonly CellOutput[];
  readonly execution_count?: number | null;
  /** Pictures of a Markdown cell by name, each by MIME type. */
  readonly attachments?: JsonObject;
}

export interface CellOutput {
  readonly output_type?: string;
  /** Of display_data and execute_result: content by MIME type. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Of a stream: stdout or stderr. */
  readonly name?: string;
  readonly text?: MultilineText;
  /** Of an error. */
  readonly ename?: string;
  readonly evalue?: string;
  readonly traceback?: readonly string[];
}

/** The format allows a text to be cut into lines. */
export type MultilineText = string | readonly string[];

/** The whole of a text that may have been cut into lines; empty for anything else. */
export function joinLines(text: unknown): string {
  if (Array.isArray(text)) return text.join("");
  return typeof text === "string" ? text : "";
}

/** How much of a part is to be seen: open, folded away, or not in the page at all. */
export type Visibility = "open" | "folded" | "removed";

/** What an author wants to be seen of a cell's part, said by a tag in either spelling or by JupyterLab's own fold. */
export function visibilityOf(cell: ExecutedCell, part: "cell" | "input" | "output"): Visibility {
  const tags = cellTags(cell);
  if (tags.includes(`remove-${part}`)) return "removed";
  const folds = isObject(cell.metadata?.jupyter) ? cell.metadata.jupyter : {};
  const isFolded =
    tags.includes(`hide-${part}`) ||
    (part === "input" && folds.source_hidden === true) ||
    (part === "output" && (folds.outputs_hidden === true || cell.metadata?.collapsed === true));
  return isFolded ? "folded" : "open";
}

/**
 * A cell's outputs, as far as they are any: a file can hold anything. Consecutive pieces of what it printed are one, since a
 * kernel may send a text in many.
 */
export function readOutputs(cell: ExecutedCell): readonly CellOutput[] {
  const joined: CellOutput[] = [];
  for (const output of Array.isArray(cell.outputs) ? cell.outputs.filter(isObject) : []) {
    const last = joined.at(-1);
    if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name)
      joined[joined.length - 1] = { ...last, text: joinLines(last.text) + joinLines(output.text) };
    else joined.push(output);
  }
  return joined;
}
