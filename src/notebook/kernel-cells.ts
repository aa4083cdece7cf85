import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate as afterEvents, setTimeout as pause } from "node:timers/promises";
import { inspect } from "node:util";
import { type CellError, describeThrown } from "./kernel-error.js";
import { type CodeOutcome, createCodeExecutor } from "./kernel-executor.js";
import type { KernelMessage, MessageHeader } from "./kernel-message.js";
import { captureStreams, createStreamBuffer, type StreamBuffer, type StreamName } from "./kernel-streams.js";
import type { TypeReadingOptions } from "./kernel-types.js";

/** Displays a value richly and returns true, or returns false for a value that has no look of its own. */
export type ShowValue = (value: unknown) => boolean;

/** Sends one message to everybody who listens, as an answer to `parent`. */
export type Publish = (
  type: string,
  content: Readonly<Record<string, unknown>>,
  parent: MessageHeader,
) => void;

/** Runs the cells of a kernel. */
export interface CellRunner {
  /** Runs one execute_request; returns the content of its reply. */
  readonly execute: (request: KernelMessage) => Promise<Readonly<Record<string, unknown>>>;
  readonly display: (content: Readonly<Record<string, unknown>>, isUpdate: boolean) => void;
  readonly interrupt: () => void;
  readonly executionCount: () => number;
  readonly executor: ReturnType<typeof createCodeExecutor>;
}

interface Cell {
  readonly header: MessageHeader;
  readonly isSilent: boolean;
  readonly streams: StreamBuffer;
  readonly failures: CellError[];
  isRunning: boolean;
}

/**
 * Everything that a cell prints, displays or throws goes out as its own, also when it happens after the cell
 * has ended: in a timer, or in a promise that nobody awaits.
 */
export function createCellRunner(
  publish: Publish,
  showValue: ShowValue,
  options: TypeReadingOptions,
): CellRunner {
  const current = new AsyncLocalStorage<Cell>();
  const executor = createCodeExecutor(options);
  let latest: Cell | undefined;
  let count = 0;
  const cellOfNow = (): Cell | undefined => current.getStore() ?? latest;

  captureStreams((name, text) => cellOfNow()?.streams.add(name, text));
  const fail = (thrown: unknown): void => reportFailure(cellOfNow(), describeThrown(thrown), publish);
  process.on("unhandledRejection", fail);
  process.on("uncaughtException", fail);

  async function execute(request: KernelMessage): Promise<Readonly<Record<string, unknown>>> {
    const { code, silent, store_history } = request.content;
    const cell = openCell(request.header, silent === true, publish);
    latest = cell;
    if (!cell.isSilent && store_history !== false) count++;
    if (!cell.isSilent) publish("execute_input", { code, execution_count: count }, cell.header);
    const outcome = await current.run(cell, () => executor.run(String(code), { name: `cell ${count}` }));
    await afterLooseEnds();
    cell.isRunning = false;
    cell.streams.flush();
    const error = outcome.error ?? cell.failures[0];
    if (error === undefined) {
      publishValue(cell, outcome, count);
      return { status: "ok", execution_count: count, user_expressions: {}, payload: [] };
    }
    if (!cell.isSilent) publish("error", { ...error }, cell.header);
    return { status: "error", execution_count: count, ...error, user_expressions: {}, payload: [] };
  }

  function publishValue(cell: Cell, outcome: CodeOutcome, executionCount: number): void {
    if (cell.isSilent || outcome.value.length === 0) return;
    const [value] = outcome.value;
    if (isShown(value, showValue)) return;
    const data = { "text/plain": textOf(value) };
    publish("execute_result", { data, metadata: {}, execution_count: executionCount }, cell.header);
  }

  function display(content: Readonly<Record<string, unknown>>, isUpdate: boolean): void {
    const cell = cellOfNow();
    if (cell === undefined || cell.isSilent) return;
    cell.streams.flush();
    publish(isUpdate ? "update_display_data" : "display_data", content, cell.header);
  }

  return { execute, display, interrupt: executor.interrupt, executionCount: () => count, executor };
}

function openCell(header: MessageHeader, isSilent: boolean, publish: Publish): Cell {
  const send = (name: StreamName, text: string): void => {
    if (!isSilent) publish("stream", { name, text }, header);
  };
  return { header, isSilent, streams: createStreamBuffer(send), failures: [], isRunning: true };
}

/** A running cell fails with it when it ends; for a cell that has ended the error follows at once. */
function reportFailure(cell: Cell | undefined, error: CellError, publish: Publish): void {
  if (cell === undefined || cell.isSilent) return;
  if (cell.isRunning) {
    cell.failures.push(error);
    return;
  }
  cell.streams.flush();
  publish("error", { ...error }, cell.header);
}

/** Rejections that nobody awaits and timers of no delay still belong to the cell. */
async function afterLooseEnds(): Promise<void> {
  await pause(1);
  await afterEvents();
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
