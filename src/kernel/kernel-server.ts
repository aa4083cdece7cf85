import { setImmediate as afterEvents, setTimeout as pause } from "node:timers/promises";
import type { KernelMessage } from "../evaluator/kernel-message.js";
import { createOutputs } from "../evaluator/kernel-outputs.js";
import { readConnection } from "./connection-file.js";
import { type AnswerParts, answeredAtOnce, answerKernelRequest } from "./kernel-answers.js";
import { createCommTable } from "./kernel-comms.js";
import { describeDeath } from "./kernel-death.js";
import { createExecutions } from "./kernel-executions.js";
import { createHistory } from "./kernel-history.js";
import { openSockets, type RequestChannel } from "./kernel-sockets.js";
import type { Evaluator } from "./start-evaluator.js";

/** What a kernel needs from outside. */
export interface KernelServerOptions {
  readonly evaluator: Evaluator;
  /** Largest heap of the evaluator in megabytes; absent: what Node chooses. */
  readonly heapMegabytes: number | undefined;
  /** Milliseconds since 1970, for the dates of messages. */
  readonly now: () => number;
}

type Content = Readonly<Record<string, unknown>>;

interface Server extends AnswerParts {
  readonly evaluator: Evaluator;
  /** True once this process is about to end: what comes then is no news. */
  isEnding: boolean;
}

const shutdownGraceMilliseconds = 500;
const answerMilliseconds = 20;

/** Serves a Jupyter front end until it asks for the end or the evaluator dies; then the process exits. */
export async function serveKernel(connectionFile: string, options: KernelServerOptions): Promise<void> {
  const { evaluator, heapMegabytes, now } = options;
  const sockets = await openSockets(readConnection(connectionFile), now);
  sockets.publish("status", { execution_state: "starting" });
  const history = createHistory();
  const outputs = createOutputs(sockets.publish);
  const executions = createExecutions({ evaluator, outputs, history });
  const server: Server = {
    sockets,
    evaluator,
    executions,
    history,
    comms: createCommTable(),
    isEnding: false,
  };
  process.on("SIGINT", executions.interrupt);
  void evaluator.exited.then(async (end) => {
    if (server.isEnding) return;
    executions.fail(describeDeath(end, heapMegabytes));
    // What waits in the shell is answered first.
    await pause(answerMilliseconds);
    await exitAfterSending(server, end.code || 1);
  });
  await Promise.all([serveShell(server), serveControl(server)]);
}

/** Requests of the shell are answered one after the other; after an error those already waiting are aborted. */
async function serveShell(server: Server): Promise<void> {
  let waiting: KernelMessage[] = [];
  let last: Promise<void> = Promise.resolve();
  async function answerInTurn(request: KernelMessage): Promise<void> {
    const isAborted = request.header.msg_type === "execute_request" && !waiting.includes(request);
    waiting = waiting.filter((other) => other !== request);
    await respond(server, "shell", request, async () => {
      if (isAborted) return { status: "aborted" };
      const content = await answerKernelRequest(server, request);
      if (content?.status === "error" && request.content.stop_on_error !== false) {
        // One turn of the event loop reads everything that was sent before this answer.
        await afterEvents();
        waiting = [];
      }
      return content;
    });
  }
  for await (const request of server.sockets.requests("shell")) {
    if (answeredAtOnce.has(request.header.msg_type)) {
      await respond(server, "shell", request, () => answerKernelRequest(server, request));
      continue;
    }
    waiting.push(request);
    last = last.then(() => answerInTurn(request));
  }
}

/** Control requests overtake the cells that wait in the shell. */
async function serveControl(server: Server): Promise<void> {
  for await (const request of server.sockets.requests("control")) {
    void respond(server, "control", request, () => answerKernelRequest(server, request));
  }
}

/** Tells that the kernel is busy with a request, answers it, and tells that it is done. */
async function respond(
  server: Server,
  channel: RequestChannel,
  request: KernelMessage,
  makeContent: () => Promise<Content | undefined>,
): Promise<void> {
  const { sockets, executions } = server;
  sockets.publish("status", { execution_state: "busy" }, request.header);
  const content = await makeContent();
  if (content !== undefined) sockets.reply(channel, request, content);
  sockets.publish("status", { execution_state: "idle" }, request.header);
  const running = executions.running();
  // Front ends show the last state that they hear of, and a cell may still be running.
  if (running !== undefined) sockets.publish("status", { execution_state: "busy" }, running.header);
  if (request.header.msg_type === "shutdown_request") await shutDown(server);
}

/** The evaluator may say goodbye to files and databases; one that is busy is killed. */
async function shutDown(server: Server): Promise<void> {
  server.isEnding = true;
  server.evaluator.request({ kind: "exit" }, {});
  await Promise.race([server.evaluator.exited, pause(shutdownGraceMilliseconds)]);
  server.evaluator.kill();
  await server.evaluator.exited;
  await exitAfterSending(server, 0);
}

async function exitAfterSending({ sockets }: Server, code: number): Promise<never> {
  await sockets.settle();
  await pause(20);
  process.exit(code);
}
