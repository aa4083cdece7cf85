import { escapeHtml } from "../core/escape-html.js";
import { printedText } from "./redact.js";
import type { PlacedNotebook } from "./render-notebook.js";

/** A banner naming the first cell that failed; empty when all went well. */
export function failureHtml(notebooks: readonly PlacedNotebook[]): string {
  for (const notebook of notebooks) {
    const index = notebook.cells.findIndex((cell) =>
      cell.outputs?.some((output) => output.output_type === "error"),
    );
    if (index < 0) continue;
    const error = notebook.cells[index]!.outputs!.find((output) => output.output_type === "error")!;
    const message = printedText([error.ename, error.evalue].filter(Boolean).join(": "));
    return `<p class="failure" role="alert">This run did not finish: <a href="#${notebook.id}-${index}">cell ${index + 1} of ${escapeHtml(notebook.fileName)}</a> failed. ${escapeHtml(message)}</p>`;
  }
  return "";
}
