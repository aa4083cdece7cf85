import { codeEnded } from "../core/code-ended.js";
import { writeThrough } from "../notebook/kernel-writer.js";
import { type Showable, show } from "../notebook/show.js";
import { createEndGuard, type EndSignals } from "./end-guard.js";
import type { ForwardedRequest } from "./forward-requests.js";
import { type CellSink, createCellRunner } from "./kernel-cells.js";
import { describeThrown } from "./kernel-error.js";
import { createCodeExecutor } from "./kernel-executor.js";
import { type Frame, type ReportHead, type RequestHead, writeFrame } from "./kernel-frames.js";
import { answerRequest } from "./kernel-replies.js";
import type { TypeReadingOptions } from "./kernel-types.js";

type Content = Readonly<Record<string, unknown>>;

const reportDescriptor = 3;

/** The thread of a kernel that runs its cells. */
export interface CellEvaluator {
  /** Does what a request asks for, unless that is done already or another comes before. */
  readonly take: (request: ForwardedRequest) => void;
  /** Gives up a cell; true once the cell is over. */
  readonly giveUp: (cell: number) => boolean;
}

/**
 * Runs cells in this thread and reports on descriptor 3. A report is handed over before the code goes on, so that nothing is lost
 * however this process ends.
 */
export function evaluateCells(
  { ending, target, taken }: EndSignals,
  options: TypeReadingOptions,
): CellEvaluator {
  const executor = createCodeExecutor(options);
  const guard = createEndGuard(ending, (cell) => cells.mayEnd(cell));
  const report = (head: ReportHead, body: string): void =>
    guard.uninterrupted(() => writeFrame(reportDescriptor, head, body));
  const sink: CellSink = {
    stream: (cell, name, text) => report({ kind: "stream", cell, name }, text),
    publish: (cell, type, content) => report({ kind: "publish", cell, type }, JSON.stringify(content)),
    end: (cell, outcome) => report({ kind: "outcome", cell }, JSON.stringify(outcome)),
    whole: guard.uninterrupted,
    isInterrupted: (cell) => Atomics.load(target, 0) === cell,
  };
  const cells = createCellRunner(executor, sink, showValue);
  writeThrough(
    Object.assign(
      (content: unknown, update: boolean) =>
        cells.publish(update ? "update_display_data" : "display_data", content as Content),
      { clear: (wait: boolean) => cells.publish("clear_output", { wait }) },
    ),
  );

  function handle({ head, body }: Frame<RequestHead>): void {
    if (head.kind === "exit") process.exit(0);
    const content = JSON.parse(Buffer.from(body).toString("utf8")) as Content;
    if (head.kind === "ask") {
      report({ kind: "answer", id: head.id }, JSON.stringify(answer(head.type, content)));
    } else {
      const expressions = (content.expressions ?? {}) as Readonly<Record<string, string>>;
      cells.start({ number: head.cell, count: head.count, code: String(content.code), expressions });
    }
  }
  function answer(type: string, content: Content): Content {
    try {
      return answerRequest(type, content, executor) ?? {};
    } catch (error) {
      return { status: "error", ...describeThrown(error) };
    }
  }
  function take({ request, frame }: ForwardedRequest): void {
    guard.uninterrupted(() => {
      if (request !== Atomics.load(taken, 0) + 1) return;
      handle(frame);
      Atomics.store(taken, 0, request);
    });
  }
  function giveUp(cell: number): boolean {
    guard.recover();
    cells.giveUp(cell);
    guard.afterEnd(() => {
      codeEnded.publish(undefined);
      cells.resume();
    });
    return !cells.isUnderWay(cell);
  }
  return { take, giveUp };
}

/** A figure, a table or a frame at the end of a cell is shown; `show` refuses everything else. */
function showValue(value: unknown): boolean {
  show(value as Showable);
  return true;
}
