import type { CellOutputs } from "./cell-outputs.js";
import { describeExit, type ExecuteOutcome, type Kernel } from "./kernel-client.js";
import type { KernelMessage } from "./kernel-message.js";
import type { JsonObject, NotebookCell } from "./notebook.js";

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

/** Why a cell failed. */
export type CellFailure = Omit<FailedCell, "cell" | "id">;

/** A cell while it runs and after. */
export interface CellRun {
  readonly position: number;
  readonly cell: NotebookCell;
  readonly outputs: CellOutputs;
  failure?: CellFailure;
  metadata: JsonObject;
  executionCount: number | null;
}

/** What running one cell needs. */
export interface RunCellOptions {
  readonly kernel: Kernel;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly timeoutSeconds?: number | undefined;
}

/** Runs one cell; what came of it stands in `run` afterwards, and more may arrive there later. */
export async function runCell(run: CellRun, { kernel, now, timeoutSeconds }: RunCellOptions): Promise<void> {
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

/** Start, end and duration in seconds, under papermill's names. */
export function timesOf(startTime: number, endTime: number): JsonObject {
  return {
    start_time: new Date(startTime).toISOString(),
    end_time: new Date(endTime).toISOString(),
    duration: Math.round(endTime - startTime) / 1000,
  };
}
