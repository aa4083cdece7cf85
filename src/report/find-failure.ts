import { escapeHtml } from "../core/escape-html.js";
import { cellTags } from "../notebook/notebook.js";
import type { ExecutedCell } from "./executed-notebook.js";
import type { PlacedNotebook } from "./place-notebook.js";
import { printedText } from "./redact.js";

/** A banner naming the first cell that failed; empty when all went well, or was meant to fail. */
export function failureHtml(notebooks: readonly PlacedNotebook[]): string {
  for (const notebook of notebooks) {
    const index = notebook.cells.findIndex(hasFailed);
    if (index < 0) continue;
    const error = notebook.cells[index]!.outputs!.find((output) => output.output_type === "error")!;
    const message = printedText([error.ename, error.evalue].filter(Boolean).join(": "));
    return `<p class="failure" role="alert">This run did not finish: <a href="#${notebook.id}-${index}">cell ${index + 1} of ${escapeHtml(notebook.fileName)}</a> failed. ${escapeHtml(firstLine(message))}</p>`;
  }
  return "";
}

function hasFailed(cell: ExecutedCell): boolean {
  if (cellTags(cell).includes("raises-exception")) return false;
  return cell.outputs?.some((output) => output.output_type === "error") ?? false;
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0]!.slice(0, 500);
}
