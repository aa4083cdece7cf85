import { setTimeout as pause } from "node:timers/promises";
import { withErrorNotes, withoutErrorNotes } from "../notebook/error-notes.js";
import { hasTag, isObject, type Notebook, type NotebookCell } from "../notebook/notebook.js";
import { createCellOutputs, type Displays } from "./cell-outputs.js";
import { isRun, startExecutedCopy } from "./executed-copy.js";
import type { Mask } from "./mask-secrets.js";
import { type CellRun, type FailedCell, type RunCellOptions, runCell } from "./run-cell.js";

/** What running one notebook needs. */
export interface RunNotebookOptions extends RunCellOptions {
  /** Called before a cell runs and once at the end, with the code cells done and those to come. */
  readonly onCell: (done: readonly NotebookCell[], toCome: readonly NotebookCell[]) => void;
  /** Called before every cell and at the end with the notebook as it then stands. */
  readonly save: (snapshot: () => Notebook) => void;
  /** Applied to every text that is kept. */
  readonly mask: Mask;
}

/** A notebook that has run, to its end or to the cell that failed. */
export interface NotebookOutcome {
  /** Code cells that ran. */
  readonly cellsRun: number;
  readonly failed?: FailedCell;
}

/** Errors of timers and loose promises arrive a little after the last cell. */
const lateMilliseconds = 100;

/**
 * Runs the code cells of a notebook one after the other and stops at the first that fails. Empty cells and cells tagged
 * `skip-execution` are passed over; a cell tagged `raises-exception` may fail. As with nbmake the notebook's own
 * `metadata.execution` may hold `timeout` (seconds per cell, instead of `timeoutSeconds`) and `allow_errors`.
 */
export async function runNotebook(source: Notebook, options: RunNotebookOptions): Promise<NotebookOutcome> {
  const notebook = withoutErrorNotes(source);
  const { timeoutSeconds = options.timeoutSeconds, allowsErrors } = readOwnLimits(notebook);
  const hasFailed = (run: CellRun): boolean =>
    run.failure !== undefined && (run.isFatal || !(allowsErrors || hasTag(run.cell, "raises-exception")));
  const plan = notebook.cells.flatMap((cell, position) => (isRun(cell) ? [{ cell, position }] : []));
  const cells = plan.map(({ cell }) => cell);
  const executedCopy = startExecutedCopy(notebook, { now: options.now, hasFailed });
  const displays: Displays = new Map();
  const runs: CellRun[] = [];
  for (const { cell, position } of plan) {
    options.onCell(cells.slice(0, runs.length), cells.slice(runs.length));
    const outputs = createCellOutputs(displays, { mask: options.mask });
    const run = { position, cell, outputs, steps: new Map(), isFatal: false, executionCount: null };
    runs.push(run);
    options.save(() => executedCopy(runs));
    await runCell(run, { ...options, timeoutSeconds });
    if (runs.some(hasFailed)) break;
  }
  if (!runs.some(hasFailed)) await pause(lateMilliseconds);
  options.onCell(cells.slice(0, runs.length), cells.slice(runs.length));
  const failed = runs.find(hasFailed);
  const executed = executedCopy(runs);
  options.save(() => (failed === undefined ? executed : withErrorNotes(executed, failed.position)));
  if (failed?.failure === undefined) return { cellsRun: runs.length };
  const { position, cell, failure } = failed;
  return { cellsRun: runs.length, failed: { cell: position + 1, id: cell.id, ...options.mask(failure) } };
}

function readOwnLimits({ metadata }: Notebook): { timeoutSeconds?: number; allowsErrors: boolean } {
  const { timeout, allow_errors } = isObject(metadata.execution) ? metadata.execution : {};
  const allowsErrors = allow_errors === true;
  return typeof timeout === "number" && timeout > 0
    ? { timeoutSeconds: timeout, allowsErrors }
    : { allowsErrors };
}
