import { basename, join } from "node:path";
import { MachineError } from "../core/errors.js";
import { withoutErrorNotes } from "../notebook/error-notes.js";
import type { NotebookCell } from "../notebook/notebook.js";
import type { Mask } from "./mask-secrets.js";
import type { NotebookRun, RunNotebooksOptions } from "./notebook-run.js";
import type { PreparedNotebook } from "./prepare-notebooks.js";
import { runNotebook } from "./run-notebook.js";
import { createNotebookSaver } from "./save-notebook.js";
import type { StartingKernel } from "./starting-kernel.js";
import { estimateSecondsLeft, readCellSeconds } from "./time-left.js";
import type { RunDeadline } from "./time-limit.js";

/** How one notebook of a run is run. */
export interface RunOneOptions extends RunNotebooksOptions {
  /** Counts from 1. */
  readonly number: number;
  readonly count: number;
  readonly mask: Mask;
  readonly deadline: RunDeadline | undefined;
}

/** Runs one notebook in its kernel, which ends with it, and keeps its executed copy up to date. */
export async function runOne(
  { file, executed, notebook, parameters }: PreparedNotebook,
  starting: StartingKernel,
  { now, timeoutSeconds, onProgress, earlierFolder, ...options }: RunOneOptions,
): Promise<NotebookRun> {
  const kernel = await starting.kernel;
  const started = now();
  const earlier =
    earlierFolder === undefined ? new Map() : readCellSeconds(join(earlierFolder, basename(file)));
  const saver = createNotebookSaver(executed);
  const place = { notebook: file, notebookNumber: options.number, notebookCount: options.count };
  let lastDone: NotebookCell | undefined;
  try {
    const { cellsRun, failed } = await runNotebook(notebook, {
      kernel,
      now,
      timeoutSeconds,
      deadline: options.deadline,
      mask: options.mask,
      save: saver.save,
      onCell: (done, toCome) => {
        lastDone = done.at(-1);
        const soFar = { done, toCome, secondsSoFar: (now() - started) / 1000 };
        const secondsLeft = estimateSecondsLeft(soFar, earlier);
        const left = secondsLeft === undefined ? {} : { secondsLeft };
        onProgress?.({ ...place, cellsDone: done.length, cellCount: done.length + toCome.length, ...left });
      },
    });
    saver.finish();
    const seconds = Math.round(now() - started) / 1000;
    return { file, executed, cells: cellsRun, seconds, parameters, ...(failed !== undefined && { failed }) };
  } catch (error) {
    throw describeNotSaved(error, { file, notebook }, lastDone);
  } finally {
    saver.stop();
    await starting.stop();
  }
}

/** Whoever has to make room on the disk wants to know how far the notebook came. */
function describeNotSaved(
  error: unknown,
  { file, notebook }: Pick<PreparedNotebook, "file" | "notebook">,
  lastDone: NotebookCell | undefined,
): unknown {
  if (!(error instanceof MachineError) || lastDone === undefined) return error;
  const cell = withoutErrorNotes(notebook).cells.indexOf(lastDone) + 1;
  return new MachineError(
    `run: notebook ${basename(file, ".ipynb")} must be saved after cell ${cell}, got ${error.message}`,
    { cause: error },
  );
}
