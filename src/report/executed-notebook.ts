import { cellTags } from "../notebook/notebook.js";

/** As much of the notebook format (nbformat 4) as the report reads. */
export interface ExecutedNotebook {
  readonly cells: readonly ExecutedCell[];
}

export interface ExecutedCell {
  readonly id?: string;
  readonly cell_type: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly source: MultilineText;
  readonly outputs?: readonly CellOutput[];
}

export interface CellOutput {
  readonly output_type: string;
  /** Of display_data and execute_result: content by MIME type. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Of a stream: stdout or stderr. */
  readonly name?: string;
  readonly text?: MultilineText;
  /** Of an error. */
  readonly ename?: string;
  readonly evalue?: string;
}

/** The format allows a text to be cut into lines. */
export type MultilineText = string | readonly string[];

/** The whole of a text that may have been cut into lines; empty for anything else. */
export function joinLines(text: unknown): string {
  if (Array.isArray(text)) return text.join("");
  return typeof text === "string" ? text : "";
}

/** Whether an author hid this part of a cell, by tag or by JupyterLab's own fold. */
export function isHidden(cell: ExecutedCell, part: "input" | "output"): boolean {
  const tags = cellTags(cell);
  const folds = cell.metadata?.jupyter as Readonly<Record<string, unknown>> | undefined;
  return (
    tags.includes(`remove-${part}`) ||
    (part === "output" && (tags.includes("hide-output") || folds?.outputs_hidden === true))
  );
}
