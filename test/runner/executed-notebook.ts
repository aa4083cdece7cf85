import type { Notebook, NotebookCell } from "#src/notebook/notebook.js";

/** The cell of that id. */
export function cellOf(notebook: Notebook, id: string): NotebookCell {
  return notebook.cells.find((cell) => cell.id === id)!;
}

/** All that a cell shows, one after the other: printed text, the words of errors, displays as JSON. */
export function outputText(notebook: Notebook, id: string): string {
  const outputs = cellOf(notebook, id).outputs ?? [];
  return outputs.map((output) => output.text ?? output.evalue ?? JSON.stringify(output.data)).join("");
}
