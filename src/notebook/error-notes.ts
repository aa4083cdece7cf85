import { hasTag, type Notebook, type NotebookCell } from "./notebook.js";

/** The tag by which papermill and its readers know the two notes. */
const errorNoteTag = "papermill-error-cell-tag";

const style = 'style="color:red; font-family:Helvetica Neue, Helvetica, Arial, sans-serif; font-size:2em;"';

/**
 * The notebook with papermill's two notes: one at the top that leads to the failed cell, one right before that cell.
 * @param position - Of the failed cell; counts from 0.
 */
export function withErrorNotes(notebook: Notebook, position: number): Notebook {
  const count = notebook.cells[position]?.execution_count ?? null;
  const top = `<span ${style}>An error ended the run at <a href="#papermill-error-cell">In [${count ?? " "}]</a>.</span>`;
  const anchor = `<span id="papermill-error-cell" ${style}>The run ended here:</span>`;
  const cells = [
    errorNote("papermill-error-top", top),
    ...notebook.cells.slice(0, position),
    errorNote("papermill-error-anchor", anchor),
    ...notebook.cells.slice(position),
  ];
  return { ...notebook, cells };
}

/** The notebook without the notes of an earlier run that failed. */
export function withoutErrorNotes(notebook: Notebook): Notebook {
  return { ...notebook, cells: notebook.cells.filter((cell) => !hasTag(cell, errorNoteTag)) };
}

function errorNote(id: string, source: string): NotebookCell {
  return { cell_type: "markdown", id, metadata: { tags: [errorNoteTag] }, source };
}
