import { askKernel } from "./ask-kernel.js";
import type { Jupyter, KernelConnection, NotebookPanel } from "./jupyterlab.js";
import { createLastRunSection } from "./last-run-section.js";
import { makeButton, makeElement } from "./make-element.js";
import { findParameterCells, writeInjected } from "./notebook-parameters.js";
import { createParameterForm, type ParameterForm } from "./parameter-form.js";
import { createRunSection } from "./run-section.js";

/** What the panel shows of one notebook. */
export interface NotebookView {
  readonly element: HTMLElement;
  /** Reads the notebook and its last run again. */
  refresh(): void;
}

/** Asking again after every keystroke would be in the way of the person who types. */
const quietMilliseconds = 400;

/** Makes the view; it follows its notebook and kernel by itself while it is looked at. */
export function createNotebookView(jupyter: Jupyter, notebook: NotebookPanel): NotebookView {
  const place = makeElement("div");
  const note = makeElement("p", { class: "segbook-note", attributes: { role: "status" } });
  const runSection = createRunSection(jupyter, notebook, () => lastRun.refresh(true));
  const lastRun = createLastRunSection(jupyter, notebook, () => kernelOf(notebook));
  let form: ParameterForm | undefined;
  let shown = "";

  async function refresh(): Promise<void> {
    const cells = findParameterCells(notebook);
    const state = JSON.stringify([cells?.source, cells?.injected]);
    void lastRun.refresh(false);
    if (state === shown) return;
    try {
      const kernel = await kernelOf(notebook);
      shown = state;
      if (cells === undefined) return showForm(undefined, "This notebook has no cell tagged “parameters”.");
      const { fields } = await askKernel(kernel, { kind: "parameters", ...cells });
      const empty = fields.length === 0 ? "Its parameters cell declares nothing." : "";
      showForm(createParameterForm(fields, apply), empty);
    } catch (error) {
      showForm(undefined, wordsOf(error));
    }
  }

  function showForm(made: ParameterForm | undefined, text: string): void {
    form = made;
    place.replaceChildren(...(made === undefined ? [] : [made.element]));
    applyButton.hidden = made === undefined;
    note.textContent = text;
  }

  async function apply(): Promise<void> {
    const cells = findParameterCells(notebook);
    if (form === undefined || cells === undefined) return;
    try {
      const kernel = await kernelOf(notebook);
      const values = form.values();
      const { injected, faults } = await askKernel(kernel, { kind: "check", source: cells.source, values });
      form.showFaults(faults);
      if (faults.length > 0) return;
      note.textContent = "";
      writeInjected(notebook, injected);
      runSection.run();
    } catch (error) {
      note.textContent = wordsOf(error);
    }
  }

  const applyButton = makeButton("Apply & run all", apply);
  applyButton.classList.add("segbook-main");
  applyButton.hidden = true;
  const buttons = makeElement("p", { class: "segbook-buttons" }, applyButton, runSection.button);
  const element = makeElement("div", {}, place, note, buttons, runSection.element, lastRun.element);
  followNotebook(notebook, () => {
    if (element.isConnected) void refresh();
  });
  return { element, refresh: () => void refresh() };
}

/** The kernel of a notebook. @throws Error with a sentence if it is not one of ours. */
async function kernelOf({ sessionContext }: NotebookPanel): Promise<KernelConnection> {
  const kernel = sessionContext.session?.kernel;
  if (!kernel) throw new Error("This notebook has no kernel yet.");
  const spec = await kernel.spec;
  if (spec !== undefined && spec.language !== "typescript")
    throw new Error(
      `The kernel of this notebook is ${spec.display_name}; the panel needs TypeScript (segbook).`,
    );
  return kernel;
}

function followNotebook(notebook: NotebookPanel, changed: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(changed, quietMilliseconds);
  };
  notebook.sessionContext.kernelChanged.connect(soon);
  notebook.sessionContext.statusChanged.connect((_, status) => status === "idle" && soon());
  void notebook.context.ready.then(() => {
    notebook.model?.contentChanged.connect(soon);
    soon();
  });
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
