import { setImmediate as afterEvents } from "node:timers/promises";
import type { CellOutcome } from "../evaluator/kernel-cells.js";
import type { CellError } from "../evaluator/kernel-error.js";
import type { Frame, ReportHead } from "../evaluator/kernel-frames.js";
import type { KernelMessage } from "../evaluator/kernel-message.js";
import type { KernelOutputs } from "../evaluator/kernel-outputs.js";
import type { KernelHistory } from "./kernel-history.js";
import type { Evaluator } from "./start-evaluator.js";

type Content = Readonly<Record<string, unknown>>;

/** What is asked of the evaluator, and what it answers. */
export interface KernelExecutions {
  /** Runs one `execute_request` and returns the content of its reply. */
  readonly execute: (request: KernelMessage) => Promise<Content>;
  /** Asks about code that is not run. */
  readonly ask: (type: string, content: Content) => Promise<Content>;
  /** Interrupts the cell that is running, if one is. */
  readonly interrupt: () => void;
  /** The request whose cell is running. */
  readonly running: () => KernelMessage | undefined;
  /** Ends everything under way, and all that is asked later, because the evaluator has died. */
  readonly fail: (error: CellError) => void;
}

/** What executions need. */
export interface ExecutionParts {
  readonly evaluator: Evaluator;
  readonly outputs: KernelOutputs;
  readonly history: KernelHistory;
}

/** Listens to the evaluator from now on. */
export function createExecutions({ evaluator, outputs, history }: ExecutionParts): KernelExecutions {
  const waiting = new Map<string, (content: Content) => void>();
  let number = 0;
  let count = 0;
  let running: KernelMessage | undefined;
  let death: CellError | undefined;

  evaluator.listen({
    onReport: ({ head, body }) => {
      if (head.kind === "outcome") answer(`cell ${head.cell}`, body);
      else if (head.kind === "answer") answer(`ask ${head.id}`, body);
      else receiveOutput({ head, body });
    },
    onRawOutput: outputs.addRaw,
  });

  function answer(name: string, body: Uint8Array): void {
    waiting.get(name)?.(parse(body));
    waiting.delete(name);
  }

  function receiveOutput({ head, body }: Frame<ReportHead & { readonly cell: number }>): void {
    if (head.kind === "publish" && head.type === "execute_result") {
      const { data, execution_count } = parse(body) as { data: Content; execution_count: number };
      history.addOutput(execution_count, String(data["text/plain"]));
    }
    outputs.receive({ head, body });
  }

  function answerOf(name: string): Promise<Content> {
    if (death !== undefined) return Promise.resolve({ error: death });
    return new Promise((resolve) => waiting.set(name, resolve));
  }

  async function execute(request: KernelMessage): Promise<Content> {
    const { code: given, silent, store_history, user_expressions } = request.content;
    const code = String(given ?? "");
    const isSilent = silent === true;
    const cell = ++number;
    running = request;
    outputs.open(cell, request.header, isSilent);
    if (!isSilent && store_history !== false) history.add(++count, code);
    outputs.publish(cell, "execute_input", { code, execution_count: count });
    const ended = answerOf(`cell ${cell}`);
    evaluator.request({ kind: "execute", cell, count }, { code, expressions: user_expressions ?? {} });
    const { error, page, expressions } = (await ended) as CellOutcome;
    // What child processes wrote just before comes through other pipes; a turn of the event loop reads it.
    await afterEvents();
    running = undefined;
    if (error !== undefined) outputs.publish(cell, "error", { ...error });
    else outputs.flush();
    if (error !== undefined) return { status: "error", execution_count: count, ...error };
    const payload = page === undefined ? [] : [{ source: "page", data: page, start: 0 }];
    return { status: "ok", execution_count: count, user_expressions: expressions ?? {}, payload };
  }

  async function ask(type: string, content: Content): Promise<Content> {
    const id = ++number;
    const answered = answerOf(`ask ${id}`);
    evaluator.request({ kind: "ask", id, type }, content);
    const { error, ...reply } = await answered;
    return error === undefined ? reply : { status: "error", ...(error as CellError) };
  }

  function fail(error: CellError): void {
    death = error;
    if (running === undefined) outputs.publish(outputs.latest(), "error", { ...error });
    for (const resolve of waiting.values()) resolve({ error });
    waiting.clear();
  }

  return {
    execute,
    ask,
    interrupt: () => evaluator.interrupt(running === undefined ? 0 : outputs.latest()),
    running: () => running,
    fail,
  };
}

function parse(body: Uint8Array): Content {
  return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.length).toString("utf8")) as Content;
}
