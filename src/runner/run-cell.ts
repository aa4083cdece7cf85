import { setTimeout as pause } from "node:timers/promises";
import type { KernelMessage } from "../evaluator/kernel-message.js";
import type { JsonObject, NotebookCell } from "../notebook/notebook.js";
import { readCount, shorten } from "../notebook/output-message.js";
import type { CellOutputs } from "./cell-outputs.js";
import type { ExecuteOutcome } from "./execute-code.js";
import type { Kernel } from "./kernel-client.js";
import { describeExit } from "./kernel-process.js";
import type { ExecutionStep } from "./run-metadata.js";
import { type RunDeadline, shorterLimit, type TimeLimit } from "./time-limit.js";
import { waitWithin } from "./wait-within.js";

/** Why a notebook stopped. */
export interface FailedCell {
  /** Counts from 1, over all cells that the notebook had when it ran, as a person counts them on the screen. */
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
  /** When each step was seen, in milliseconds since 1970. */
  readonly steps: Map<ExecutionStep, number>;
  failure?: CellFailure;
  /** The time was over or the kernel is gone: no tag makes up for that. */
  isFatal: boolean;
  startTime?: number;
  endTime?: number;
  executionCount: number | null;
}

/** What running one cell needs. */
export interface RunCellOptions {
  readonly kernel: Kernel;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly timeoutSeconds?: number | undefined;
  readonly deadline?: RunDeadline | undefined;
}

/** A kernel that says it died is given this long to do so. */
const deathSeconds = 1;
const abortedMilliseconds = 250;

/** Runs one cell; what came of it stands in `run` afterwards, and more may arrive there later. */
export async function runCell(run: CellRun, options: RunCellOptions): Promise<void> {
  run.startTime = options.now();
  const limit = shorterLimit(options.timeoutSeconds, options.deadline);
  if (limit !== undefined && limit.seconds <= 0) fail(run, timeoutOf(limit, "the cell was not run"));
  else await executeCell(run, limit, options);
  run.endTime = options.now();
}

async function executeCell(
  run: CellRun,
  limit: TimeLimit | undefined,
  { kernel, now }: RunCellOptions,
): Promise<void> {
  const execute = (): Promise<ExecuteOutcome> =>
    kernel.execute(run.cell.source, {
      timeoutSeconds: limit?.seconds,
      onMessage: (message) => takeMessage(run, message, now),
      onPhase: (phase) =>
        run.steps.set(phase === "replied" ? "shell.execute_reply" : `iopub.status.${phase}`, now()),
    });
  let outcome = await execute();
  if (isAborted(outcome)) {
    // The kernel was still clearing up after an error; a cell is never passed over in silence.
    await pause(abortedMilliseconds);
    outcome = await execute();
  }
  if (outcome.ended === "timed-out") {
    const end = outcome.isKilled ? "the kernel had to be killed" : "the cell was interrupted";
    fail(run, timeoutOf(limit!, end));
  } else if (outcome.ended === "kernel-died") {
    const message = `the kernel ended with ${describeExit(outcome.exit)} while the cell ran`;
    fail(run, { name: "KernelDied", message, traceback: [] });
  } else {
    takeReply(run, outcome.reply, outcome.isComplete);
    const isDying = run.failure?.name === "KernelDied";
    run.isFatal = isDying && (await waitWithin(kernel.exited, deathSeconds)) !== undefined;
  }
}

function isAborted(outcome: ExecuteOutcome): boolean {
  return outcome.ended === "replied" && ["aborted", "abort"].includes(String(outcome.reply.status));
}

function takeMessage(run: CellRun, message: KernelMessage, now: () => number): void {
  const { header, content } = message;
  if (header.msg_type === "execute_input") {
    run.executionCount = readCount(content.execution_count);
    run.steps.set("iopub.execute_input", now());
  }
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
    showFailure(run, run.failure);
  }
  if (!isComplete) show(run, "stream", { name: "stderr", text: "[segbook: the output may be incomplete]\n" });
}

function failureOf(content: JsonObject): CellFailure {
  const traceback = Array.isArray(content.traceback) ? content.traceback.map(String) : [];
  return {
    name: String(content.ename),
    message: shorten(String(content.evalue)),
    traceback: traceback.map(shorten),
  };
}

function timeoutOf({ whole, wholeSeconds }: TimeLimit, end: string): CellFailure {
  return {
    name: "Timeout",
    message: `the ${whole} took longer than ${wholeSeconds} s; ${end}`,
    traceback: [],
  };
}

/** Ends the notebook with a failure that the kernel did not tell. */
function fail(run: CellRun, failure: CellFailure): void {
  run.failure = failure;
  run.isFatal = true;
  showFailure(run, failure);
}

function showFailure(run: CellRun, { name, message }: CellFailure): void {
  show(run, "error", { ename: name, evalue: message, traceback: [`${name}: ${message}`] });
}

/** Adds an output of our own, as if the kernel had sent it. */
function show(run: CellRun, type: string, content: JsonObject): void {
  const header = { msg_id: "", msg_type: type, session: "", username: "", version: "", date: "" };
  run.outputs.receive({ identities: [], header, content });
}
