import { basename, join } from "node:path";
import { describeFailure, type NotebookRun } from "../notebook/run-notebooks.js";
import type { Outcome } from "./command.js";
import type { FinishedRun } from "./run-once.js";

/** A single run as it is printed; with a failed cell too, all that ran is in the document. */
export function outcomeOf({ runs, seconds, failed }: FinishedRun, folder: string): Outcome {
  const report = join(folder, "index.html");
  const lines = runs.map(
    ({ file, cells, seconds: own }) => `${basename(file).padEnd(34)}${cells} cells ${own.toFixed(1)} s`,
  );
  return {
    document: { folder, report, seconds, notebooks: runs.map(notebookRecord) },
    text: `${lines.join("\n")}\n\nreport: ${report} (${seconds.toFixed(1)} s in all)`,
    exitCode: failed ? 1 : 0,
    ...(failed && {
      failure: `run: ${describeFailure(failed)}\nThe executed copies are in ${folder}; the last good report is untouched.`,
    }),
  };
}

/** What is scripted against: a notebook that ran, to its end or to the cell that failed. */
export function notebookRecord({
  file,
  cells,
  seconds,
  failed,
  parameters,
}: NotebookRun): Record<string, unknown> {
  return {
    notebook: basename(file),
    cells,
    seconds,
    failedCell: failed ?? null,
    parameters: Object.fromEntries(parameters),
  };
}
