import { hasTag, type Notebook, type NotebookCell } from "../notebook/notebook.js";
import type { CellRun } from "./run-cell.js";
import { cellRunMetadata, notebookRunMetadata } from "./run-metadata.js";

/** What an executed copy needs to know of its run. */
export interface ExecutedCopyOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** True if the cell ended the notebook. */
  readonly hasFailed: (run: CellRun) => boolean;
}

/** False for a cell that a run passes over. */
export function isRun(cell: NotebookCell): boolean {
  return cell.cell_type === "code" && cell.source.trim() !== "" && !hasTag(cell, "skip-execution");
}

/**
 * Starts the clock of a notebook. Returns a function that gives the notebook with what has come of its cells so far; a cell that has
 * not changed is the same object as before.
 */
export function startExecutedCopy(
  notebook: Notebook,
  { now, hasFailed }: ExecutedCopyOptions,
): (runs: readonly CellRun[]) => Notebook {
  const startTime = now();
  const untouched = notebook.cells.map(untouchedCell);
  const known = new Map<CellRun, { state: string; cell: NotebookCell }>();
  const executedCell = (run: CellRun): NotebookCell => {
    const { outputs, endTime, executionCount, failure, steps } = run;
    const state = [outputs.version(), endTime, executionCount, failure?.name, steps.size].join(" ");
    const before = known.get(run);
    if (before?.state === state) return before.cell;
    const cell = cellWithRun(run);
    known.set(run, { state, cell });
    return cell;
  };
  return (runs) => {
    const cells = [...untouched];
    for (const run of runs) cells[run.position] = executedCell(run);
    const progress = { startTime, endTime: now(), hasFailed: runs.some(hasFailed) };
    return { ...notebook, metadata: notebookRunMetadata(notebook.metadata, progress), cells };
  };
}

function untouchedCell(cell: NotebookCell): NotebookCell {
  if (cell.cell_type !== "code") return { ...cell, metadata: { tags: [], ...cell.metadata } };
  const metadata = cellRunMetadata(cell.metadata, { status: isRun(cell) ? "pending" : "completed" });
  return { ...cell, metadata, outputs: [], execution_count: null };
}

function cellWithRun(run: CellRun): NotebookCell {
  const { cell, steps, startTime, endTime, failure, executionCount } = run;
  const ended = failure === undefined ? "completed" : "failed";
  const status = endTime === undefined ? "running" : ended;
  return {
    ...cell,
    metadata: cellRunMetadata(cell.metadata, { status, startTime, endTime, steps }),
    outputs: run.outputs.outputs(),
    execution_count: executionCount,
  };
}
