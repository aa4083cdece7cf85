import { setTimeout as pause } from "node:timers/promises";
import { createCellOutputs, type Displays } from "./cell-outputs.js";
import { hasTag, isObject, type Notebook, type NotebookCell } from "./notebook.js";
import { type CellRun, type FailedCell, type RunCellOptions, runCell, timesOf } from "./run-cell.js";

/** What running one notebook needs. */
export interface RunNotebookOptions extends RunCellOptions {
  /** Called before a cell runs and once at the end, with the number of code cells done. */
  readonly onCell: (done: number, total: number) => void;
  /** Called with the notebook as it stands, after every cell. */
  readonly save: (notebook: Notebook) => void;
}

/** A notebook that has run, to its end or to the cell that failed. */
export interface NotebookOutcome {
  readonly notebook: Notebook;
  /** Code cells that ran. */
  readonly cellsRun: number;
  readonly failed?: FailedCell;
}

/** Errors of timers and loose promises arrive a little after the last cell. */
const lateMilliseconds = 100;

/**
 * Runs the code cells of a notebook one after the other and stops at the first that fails. Empty cells and cells
 * tagged `skip-execution` are passed over; a cell tagged `raises-exception` may fail.
 */
export async function runNotebook(notebook: Notebook, options: RunNotebookOptions): Promise<NotebookOutcome> {
  const displays: Displays = new Map();
  const plan = notebook.cells.flatMap((cell, position) => (isRun(cell) ? [{ cell, position }] : []));
  const runs: CellRun[] = [];
  const startTime = options.now();
  const snapshot = (): Notebook => withRuns(notebook, runs, { startTime, endTime: options.now() });
  for (const { cell, position } of plan) {
    options.onCell(runs.length, plan.length);
    const run: CellRun = {
      position,
      cell,
      outputs: createCellOutputs(displays),
      metadata: cell.metadata,
      executionCount: null,
    };
    runs.push(run);
    await runCell(run, options);
    options.save(snapshot());
    if (runs.some(hasFailed)) break;
  }
  if (!runs.some(hasFailed)) await pause(lateMilliseconds);
  options.onCell(runs.length, plan.length);
  const failed = runs.find(hasFailed);
  const outcome = { notebook: snapshot(), cellsRun: runs.length };
  options.save(outcome.notebook);
  if (failed?.failure === undefined) return outcome;
  return { ...outcome, failed: { cell: failed.position + 1, id: failed.cell.id, ...failed.failure } };
}

function isRun(cell: NotebookCell): boolean {
  return cell.cell_type === "code" && cell.source.trim() !== "" && !hasTag(cell, "skip-execution");
}

function hasFailed({ failure, cell }: CellRun): boolean {
  return failure !== undefined && !hasTag(cell, "raises-exception");
}

/** The notebook with the outputs so far; cells that have not run yet say so. */
function withRuns(
  notebook: Notebook,
  runs: readonly CellRun[],
  { startTime, endTime }: { readonly startTime: number; readonly endTime: number },
): Notebook {
  const byPosition = new Map(runs.map((run) => [run.position, run]));
  const cells = notebook.cells.map((cell, position) => {
    if (cell.cell_type !== "code") return cell;
    const run = byPosition.get(position);
    if (run === undefined) {
      const papermill = { status: isRun(cell) ? "pending" : "skipped" };
      return { ...cell, metadata: { ...cell.metadata, papermill }, outputs: [], execution_count: null };
    }
    const outputs = run.outputs.outputs();
    return { ...cell, metadata: run.metadata, outputs, execution_count: run.executionCount };
  });
  const earlier = isObject(notebook.metadata.papermill) ? notebook.metadata.papermill : {};
  const exception = runs.some(hasFailed) ? true : null;
  const papermill = { ...earlier, ...timesOf(startTime, endTime), exception };
  return { ...notebook, metadata: { ...notebook.metadata, papermill }, cells };
}
