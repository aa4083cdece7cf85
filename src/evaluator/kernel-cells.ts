import { AsyncLocalStorage } from "node:async_hooks";
import { evaluateAll, isShown, type ShowValue, textOf } from "./cell-value.js";
import type { EndDecision } from "./end-guard.js";
import { type CellError, describeThrown } from "./kernel-error.js";
import { type CodeExecutor, type CodeOutcome, kernelActivity } from "./kernel-executor.js";
import { captureStreams, type StreamName } from "./kernel-streams.js";

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
  /** Does something whole or not at all, also when this thread is about to be ended from outside. */
  readonly whole: (action: () => void) => void;
  /** True if somebody wants the cell to be interrupted, also if this thread has not come to hear of it. */
  readonly isInterrupted: (cell: number) => boolean;
}

/** Runs cells, one after the other. */
export interface CellRunner {
  readonly start: (request: CellRequest) => void;
  readonly publish: (type: string, content: Readonly<Record<string, unknown>>) => void;
  /** Ends a cell as interrupted, also one that has not been started; nothing happens to one that has ended. */
  readonly giveUp: (cell: number) => void;
  /** Takes up what was under way when something in this thread was ended from outside. */
  readonly resume: () => void;
  readonly isUnderWay: (cell: number) => boolean;
  readonly mayEnd: (cell: number) => EndDecision;
}

interface Cell {
  readonly request: CellRequest;
  readonly failures: CellError[];
  stage: "waiting" | "running" | "finishing" | "over";
  outcome: CodeOutcome | undefined;
}

const settleMilliseconds = 100;
const lostMilliseconds = 500;
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
  let latest: Cell = openCell({ number: 0, count: 0, code: "", expressions: {} });
  latest.stage = "over";
  let isShowingValue = false;
  let givenUp = 0;
  const cellOfNow = (): Cell => current.getStore() ?? latest;

  captureStreams((name, text) => sink.stream(cellOfNow().request.number, name, text));
  const fail = (thrown: unknown): void => {
    const cell = cellOfNow();
    const error = describeThrown(thrown);
    // A running cell fails with it when it ends; for a cell that has ended the error follows at once.
    if (cell.stage !== "over") cell.failures.push(error);
    else sink.publish(cell.request.number, "error", { ...error });
  };
  process.on("unhandledRejection", fail);
  process.on("uncaughtException", fail);

  function end(cell: Cell, outcome: CellOutcome): void {
    sink.whole(() => {
      if (cell.stage === "over") return;
      sink.end(cell.request.number, outcome);
      cell.stage = "over";
    });
  }

  function start(request: CellRequest): void {
    latest = openCell(request);
    isShowingValue = false;
    runSoon(latest);
  }

  /** A turn of its own: code that is ended from outside takes with it what called it. */
  function runSoon(cell: Cell): void {
    setImmediate(() => void run(cell));
  }

  async function run(cell: Cell): Promise<void> {
    const { number, code, count } = cell.request;
    if (givenUp >= number) return end(cell, { error: interrupted });
    let isFirst = false;
    sink.whole(() => {
      isFirst = cell.stage === "waiting";
      if (isFirst) cell.stage = "running";
    });
    if (!isFirst) return;
    cell.outcome = await current.run(cell, () => executor.run(code, { name: `cell ${count}` }));
    afterLooseEnds(() => void finish(cell, cell.outcome));
  }

  async function finish(cell: Cell, outcome: CodeOutcome | undefined): Promise<void> {
    if (cell.stage !== "running" || outcome === undefined) return;
    cell.stage = "finishing";
    const error = outcome.error ?? cell.failures[0];
    if (error !== undefined) return end(cell, { error: interruptOr(cell, error) });
    current.run(cell, () => publishValue(cell.request, outcome));
    const expressions = await evaluateAll(executor, cell.request.expressions);
    end(cell, { expressions, ...(outcome.page !== undefined && { page: outcome.page }) });
  }

  function publishValue({ number, count }: CellRequest, outcome: CodeOutcome): void {
    if (outcome.value.length === 0) return;
    const [value] = outcome.value;
    isShowingValue = true;
    const isDone = isShown(value, showValue);
    isShowingValue = false;
    if (isDone) return;
    const data = { "text/plain": textOf(value) };
    sink.publish(number, "execute_result", { data, metadata: {}, execution_count: count });
  }

  /** What else goes wrong in a cell that is interrupted, such as the end of a program that it waits for, comes from that. */
  function interruptOr(cell: Cell, error: CellError): CellError {
    const isOther = error.ename !== interrupted.ename && sink.isInterrupted(cell.request.number);
    return isOther ? interrupted : error;
  }

  function giveUp(number: number): void {
    givenUp = Math.max(givenUp, number);
    if (!isUnderWay(number)) return;
    executor.interrupt();
    endSoon(latest);
  }

  /** Leaves time for the executor's own word about where the cell was. */
  function endSoon(cell: Cell): void {
    setTimeout(() => end(cell, { error: interrupted }), settleMilliseconds);
  }

  function resume(): void {
    const cell = latest;
    if (cell.stage === "waiting") runSoon(cell);
    else if (cell.stage === "running" && cell.outcome !== undefined) void finish(cell, cell.outcome);
    else if (cell.stage !== "over") setTimeout(endIfLost, lostMilliseconds, cell, cell.stage);
  }

  /** The executor is done with a cell, and nobody was told. */
  function endIfLost(cell: Cell, stage: Cell["stage"]): void {
    const isIdle = executor.activity[0] === kernelActivity.idle;
    if (isIdle && cell.stage === stage) end(cell, { error: interrupted });
  }

  const isUnderWay = (number: number): boolean => latest.request.number === number && latest.stage !== "over";

  function mayEnd(number: number): EndDecision {
    // Before the first cell only the kernel itself is at work.
    if (latest.request.number === 0) return "gone";
    const activity = executor.activity[0];
    const isBeginning = latest.stage === "running" && latest.outcome === undefined;
    if (activity === kernelActivity.compiling || (isBeginning && activity === kernelActivity.idle))
      return "wait";
    // Number 0 stands for whatever goes on between cells.
    const isAnotherUnderWay = number === 0 ? latest.stage !== "over" : number < latest.request.number;
    return isAnotherUnderWay ? "gone" : "end";
  }

  const publish: CellRunner["publish"] = (type, content) => {
    const { number, count } = cellOfNow().request;
    const isResult = isShowingValue && type === "display_data";
    if (isResult) sink.publish(number, "execute_result", { ...content, execution_count: count });
    else sink.publish(number, type, content);
  };
  return { start, publish, giveUp, resume, isUnderWay, mayEnd };
}

function openCell(request: CellRequest): Cell {
  return { request, failures: [], stage: "waiting", outcome: undefined };
}

/** Rejections that nobody awaits and timers of no delay still belong to the cell. */
function afterLooseEnds(action: () => void): void {
  if (process.getActiveResourcesInfo().includes("Timeout")) setTimeout(() => setImmediate(action), 1);
  else setImmediate(action);
}
