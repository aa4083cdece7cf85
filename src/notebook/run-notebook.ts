import { setTimeout as pause } from "node:timers/promises";
import { createCellOutputs, type Displays } from "./cell-outputs.js";
import type { ExecuteOutcome, Kernel } from "./kernel-client.js";
import { describeExit } from "./kernel-client.js";
import type { KernelMessage } from "./kernel-message.js";
import { hasTag, isObject, type JsonObject, type Notebook, type NotebookCell } from "./notebook.js";

/** Why a notebook stopped. */
export interface FailedCell {
  /** Counts from 1, over all cells of the executed copy, as a person counts them on the screen. */
  readonly cell: number;
  readonly id: string;
  /** Name of the error, such as `InputError`, `CompileError`, `Timeout` or `KernelDied`. */
  readonly name: string;
  readonly message: string;
  readonly traceback: readonly string[];
}

/** What running one notebook needs. */
export interface RunNotebookOptions {
  readonly kernel: Kernel;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly timeoutSeconds?: number | undefined;
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

interface CellRun {
  readonly position: number;
  readonly cell: NotebookCell;
  readonly outputs: ReturnType<typeof createCellOutputs>;
  failure?: CellFailure;
  metadata: JsonObject;
  executionCount: number | null;
}

type CellFailure = Omit<FailedCell, "cell" | "id">;

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

async function runCell(run: CellRun, { kernel, now, timeoutSeconds }: RunNotebookOptions): Promise<void> {
  const startTime = now();
  const outcome = await kernel.execute(run.cell.source, {
    timeoutSeconds,
    onMessage: (message) => takeMessage(run, message),
  });
  if (outcome.ended !== "replied") {
    run.failure = describeEnd(outcome, timeoutSeconds);
    showFailure(run, run.failure);
  } else {
    takeReply(run, outcome.reply, outcome.isComplete);
  }
  const endTime = now();
  run.metadata = { ...run.cell.metadata, papermill: cellTimes(run, startTime, endTime) };
}

function takeMessage(run: CellRun, message: KernelMessage): void {
  const { header, content } = message;
  if (header.msg_type === "execute_input") run.executionCount = Number(content.execution_count);
  const isInterrupt = header.msg_type === "error" && content.ename === "Interrupted";
  if (header.msg_type === "error" && !isInterrupt) run.failure ??= failureOf(content);
  // Whoever interrupts a cell says why, in its place.
  if (!isInterrupt) run.outputs.receive(message);
}

function takeReply(run: CellRun, reply: JsonObject, isComplete: boolean): void {
  if (reply.status === "error" && run.failure === undefined) {
    run.failure = failureOf(reply);
    if (run.failure.name === "Interrupted") showFailure(run, run.failure);
  }
  if (reply.status !== "ok" && run.failure === undefined) {
    run.failure = { name: "Aborted", message: "the kernel did not run the cell", traceback: [] };
  }
  if (!isComplete) show(run, "stream", { name: "stderr", text: "[segbook: the output may be incomplete]\n" });
}

function failureOf(content: JsonObject): CellFailure {
  const traceback = Array.isArray(content.traceback) ? content.traceback.map(String) : [];
  return { name: String(content.ename), message: String(content.evalue), traceback };
}

function describeEnd(
  outcome: Exclude<ExecuteOutcome, { ended: "replied" }>,
  seconds: number | undefined,
): CellFailure {
  if (outcome.ended === "timed-out") {
    const end = outcome.isKilled ? "the kernel had to be killed" : "the cell was interrupted";
    return { name: "Timeout", message: `the cell took longer than ${seconds} s; ${end}`, traceback: [] };
  }
  const message = `the kernel ended with ${describeExit(outcome.exit)} while the cell ran`;
  return { name: "KernelDied", message, traceback: [] };
}

function showFailure(run: CellRun, { name, message }: CellFailure): void {
  show(run, "error", { ename: name, evalue: message, traceback: [`${name}: ${message}`] });
}

/** Adds an output of our own, as if the kernel had sent it. */
function show(run: CellRun, type: string, content: JsonObject): void {
  const header = { msg_id: "", msg_type: type, session: "", username: "", version: "", date: "" };
  run.outputs.receive({ identities: [], header, content });
}

function cellTimes(run: CellRun, startTime: number, endTime: number): JsonObject {
  return {
    exception: run.failure !== undefined,
    status: run.failure === undefined ? "completed" : "failed",
    ...timesOf(startTime, endTime),
  };
}

function timesOf(startTime: number, endTime: number): JsonObject {
  return {
    start_time: new Date(startTime).toISOString(),
    end_time: new Date(endTime).toISOString(),
    duration: Math.round(endTime - startTime) / 1000,
  };
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
