import { AsyncLocalStorage } from "node:async_hooks";
import { inspect } from "node:util";
import type { EndDecision } from "./end-guard.js";
import { type CellError, describeThrown } from "./kernel-error.js";
import { type CodeExecutor, type CodeOutcome, kernelActivity } from "./kernel-executor.js";
import { captureStreams, type StreamName } from "./kernel-streams.js";

/** Displays a value richly and returns true, or returns false for a value that has no look of its own. */
export type ShowValue = (value: unknown) => boolean;

/** One cell to run; `number` counts the requests of a kernel from 1, `count` is what stands beside the cell. */
export interface CellRequest {
  readonly number: number;
  readonly count: number;
  readonly code: string;
  /** Expressions to evaluate after the cell, by name. */
  readonly expressions: Readonly<Record<string, string>>;
}

/** How a cell ended. */
export interface CellOutcome {
  readonly error?: CellError;
  readonly page?: Readonly<Record<string, string>>;
  /** What became of the expressions, as a reply has it. */
  readonly expressions?: Readonly<Record<string, unknown>>;
}

/** Where what cells print and show goes. */
export interface CellSink {
  readonly stream: (cell: number, name: StreamName, text: string) => void;
  readonly publish: (cell: number, type: string, content: Readonly<Record<string, unknown>>) => void;
  readonly end: (cell: number, outcome: CellOutcome) => void;
}

/** Runs cells, one after the other. */
export interface CellRunner {
  readonly start: (request: CellRequest) => void;
  readonly publish: (type: string, content: Readonly<Record<string, unknown>>) => void;
  /** Ends a cell as interrupted, also one that has not been started; nothing happens to one that has ended. */
  readonly giveUp: (cell: number) => void;
  readonly mayEnd: (cell: number) => EndDecision;
}

interface Cell {
  readonly number: number;
  readonly failures: CellError[];
  isRunning: boolean;
}

const settleMilliseconds = 100;
const interrupted: CellError = {
  ename: "Interrupted",
  evalue: "the cell was interrupted",
  traceback: ["Interrupted: the cell was interrupted"],
};

/**
 * Everything that a cell prints, displays or throws goes out as its own, also when it happens after the cell
 * has ended: in a timer, or in a promise that nobody awaits.
 */
export function createCellRunner(executor: CodeExecutor, sink: CellSink, showValue: ShowValue): CellRunner {
  const current = new AsyncLocalStorage<Cell>();
  let latest: Cell = { number: 0, failures: [], isRunning: false };
  let givenUp = 0;
  const cellOfNow = (): Cell => current.getStore() ?? latest;

  captureStreams((name, text) => sink.stream(cellOfNow().number, name, text));
  const fail = (thrown: unknown): void => {
    const cell = cellOfNow();
    const error = describeThrown(thrown);
    // A running cell fails with it when it ends; for a cell that has ended the error follows at once.
    if (cell.isRunning) cell.failures.push(error);
    else sink.publish(cell.number, "error", { ...error });
  };
  process.on("unhandledRejection", fail);
  process.on("uncaughtException", fail);

  function end(cell: Cell, outcome: CellOutcome): void {
    if (!cell.isRunning) return;
    cell.isRunning = false;
    sink.end(cell.number, outcome);
  }

  function start(request: CellRequest): void {
    const cell: Cell = { number: request.number, failures: [], isRunning: true };
    latest = cell;
    if (givenUp >= cell.number) end(cell, { error: interrupted });
    // A turn of its own: code that is ended from outside takes with it what called it.
    else setImmediate(() => void run(cell, request));
  }

  async function run(cell: Cell, request: CellRequest): Promise<void> {
    const outcome = await current.run(cell, () =>
      executor.run(request.code, { name: `cell ${request.count}` }),
    );
    afterLooseEnds(() => void finish(cell, request, outcome));
  }

  async function finish(cell: Cell, request: CellRequest, outcome: CodeOutcome): Promise<void> {
    if (!cell.isRunning) return;
    const error = outcome.error ?? cell.failures[0];
    if (error !== undefined) return end(cell, { error });
    current.run(cell, () => publishValue(cell, request, outcome));
    const expressions = await evaluateAll(executor, request.expressions);
    end(cell, { expressions, ...(outcome.page !== undefined && { page: outcome.page }) });
  }

  function publishValue(cell: Cell, request: CellRequest, outcome: CodeOutcome): void {
    if (outcome.value.length === 0) return;
    const [value] = outcome.value;
    if (isShown(value, showValue)) return;
    const data = { "text/plain": textOf(value) };
    sink.publish(cell.number, "execute_result", { data, metadata: {}, execution_count: request.count });
  }

  function giveUp(number: number): void {
    givenUp = Math.max(givenUp, number);
    const cell = latest;
    if (cell.number !== number || !cell.isRunning) return;
    executor.interrupt();
    setTimeout(() => end(cell, { error: interrupted }), settleMilliseconds);
  }

  function mayEnd(number: number): EndDecision {
    if (executor.activity[0] === kernelActivity.compiling) return "wait";
    // Before the first cell only the kernel itself is at work.
    if (latest.number === 0) return "gone";
    const isOver =
      number !== 0 && (number < latest.number || (number === latest.number && !latest.isRunning));
    return isOver ? "gone" : "end";
  }

  return {
    start,
    publish: (type, content) => sink.publish(cellOfNow().number, type, content),
    giveUp,
    mayEnd,
  };
}

/** Rejections that nobody awaits and timers of no delay still belong to the cell. */
function afterLooseEnds(action: () => void): void {
  if (process.getActiveResourcesInfo().includes("Timeout")) setTimeout(() => setImmediate(action), 1);
  else setImmediate(action);
}

async function evaluateAll(
  executor: CodeExecutor,
  expressions: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>>> {
  const results: [string, unknown][] = [];
  for (const [name, expression] of Object.entries(expressions)) {
    const { error, value } = await executor.run(`(${expression}\n)`, { name: `expression ${name}` });
    const data = { "text/plain": textOf(value[0]) };
    results.push([
      name,
      error === undefined ? { status: "ok", data, metadata: {} } : { status: "error", ...error },
    ]);
  }
  return Object.fromEntries(results);
}

/** A value that only looks as if it could be shown is printed instead. */
function isShown(value: unknown, showValue: ShowValue): boolean {
  try {
    return showValue(value);
  } catch {
    return false;
  }
}

function textOf(value: unknown): string {
  try {
    return inspect(value);
  } catch (error) {
    return `(a value that cannot be printed: ${describeThrown(error).evalue})`;
  }
}
