import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { setImmediate as afterEvents, setTimeout as pause } from "node:timers/promises";
import { Publisher, Reply, Router } from "zeromq";
import { type Connection, channelAddress, readConnection } from "./connection-file.js";
import { type CellRunner, createCellRunner, type ShowValue } from "./kernel-cells.js";
import { describeThrown } from "./kernel-error.js";
import {
  createHeader,
  decodeMessage,
  encodeMessage,
  type KernelMessage,
  type MessageHeader,
} from "./kernel-message.js";
import { answerRequest } from "./kernel-replies.js";
import type { TypeReadingOptions } from "./kernel-types.js";
import { createSendQueue, type SendQueue } from "./send-queue.js";

/** What a kernel needs from outside. */
export interface KernelServerOptions extends TypeReadingOptions {
  /** Milliseconds since 1970, for the dates of messages. */
  readonly now: () => number;
  /** Displays the value of a last expression; absent: every value is printed. */
  readonly showValue?: ShowValue;
}

interface Channels {
  readonly shell: Router;
  readonly control: Router;
  readonly stdin: Router;
  readonly heartbeat: Reply;
  readonly iopub: Publisher;
}

type Content = Readonly<Record<string, unknown>>;

/** Serves a Jupyter front end until it asks for the end; then the process exits with code 0. */
export async function serveKernel(connectionFile: string, options: KernelServerOptions): Promise<void> {
  const connection = readConnection(connectionFile);
  const channels = await openChannels(connection);
  const session = randomUUID();
  const queues = new Map<Router | Publisher, SendQueue>(
    [channels.shell, channels.control, channels.iopub].map((socket) => [socket, createSendQueue(socket)]),
  );
  const send = (socket: Router | Publisher, type: string, content: Content, request: Request): void => {
    const identities = socket === channels.iopub ? [] : request.identities;
    const header = createHeader(type, session, options.now());
    const message = { identities, header, parent: request.header, content };
    queues.get(socket)?.send(encodeMessage(message, connection.key));
  };
  const publish = (type: string, content: Content, parent: MessageHeader): void =>
    send(channels.iopub, type, content, { identities: [], header: parent });

  const cells = createCellRunner(publish, options.showValue ?? (() => false), options);
  process.on("SIGINT", cells.interrupt);
  displayThrough(cells);

  const exit = async (): Promise<void> => {
    await Promise.all([...queues.values()].map((queue) => queue.settle()));
    await pause(20);
    process.exit(0);
  };
  const server: Server = { connection, channels, cells, send, publish, exit };
  await Promise.all([serveShell(server), serveControl(server), echoHeartbeats(channels.heartbeat)]);
}

type Request = Pick<KernelMessage, "identities" | "header">;

interface Server {
  readonly connection: Connection;
  readonly channels: Channels;
  readonly cells: CellRunner;
  readonly send: (socket: Router | Publisher, type: string, content: Content, request: Request) => void;
  readonly publish: (type: string, content: Content, parent: MessageHeader) => void;
  readonly exit: () => Promise<void>;
}

/** Every socket is bound before the first request is read: an answer needs a bound iopub. */
async function openChannels(connection: Connection): Promise<Channels> {
  const address = (port: number): string => channelAddress(connection, port);
  const channels = {
    shell: new Router({ linger: 1000, sendHighWaterMark: 0 }),
    control: new Router({ linger: 1000, sendHighWaterMark: 0 }),
    stdin: new Router({ linger: 0 }),
    heartbeat: new Reply({ linger: 0 }),
    iopub: new Publisher({ linger: 1000, sendHighWaterMark: 0 }),
  };
  await Promise.all([
    channels.shell.bind(address(connection.shell_port)),
    channels.control.bind(address(connection.control_port)),
    channels.stdin.bind(address(connection.stdin_port)),
    channels.heartbeat.bind(address(connection.hb_port)),
    channels.iopub.bind(address(connection.iopub_port)),
  ]);
  return channels;
}

/** Requests of the shell are answered one after the other; after an error those already waiting are aborted. */
async function serveShell(server: Server): Promise<void> {
  const { shell } = server.channels;
  let waiting: KernelMessage[] = [];
  let last: Promise<void> = Promise.resolve();
  async function answer(request: KernelMessage): Promise<void> {
    const isAborted = request.header.msg_type === "execute_request" && !waiting.includes(request);
    waiting = waiting.filter((other) => other !== request);
    server.publish("status", { execution_state: "busy" }, request.header);
    const content = isAborted ? { status: "aborted" } : await answerShell(server, request);
    if (content?.status === "error" && request.content.stop_on_error !== false) {
      // One turn of the event loop reads everything that was sent before this answer.
      await afterEvents();
      waiting = [];
    }
    if (content !== undefined) server.send(shell, replyType(request), content, request);
    server.publish("status", { execution_state: "idle" }, request.header);
    if (request.header.msg_type === "shutdown_request") await server.exit();
  }
  for await (const frames of shell) {
    const request = readRequest(frames, server.connection);
    if (request === undefined) continue;
    waiting.push(request);
    last = last.then(() => answer(request));
  }
  await last;
}

async function answerShell(server: Server, request: KernelMessage): Promise<Content | undefined> {
  const type = request.header.msg_type;
  if (type === "execute_request") return server.cells.execute(request);
  if (type === "shutdown_request") return { status: "ok", restart: request.content.restart === true };
  try {
    return answerRequest(type, request.content, server.cells.executor);
  } catch (error) {
    return { status: "error", ...describeThrown(error) };
  }
}

/** Control requests overtake the cells that wait in the shell. */
async function serveControl(server: Server): Promise<void> {
  for await (const frames of server.channels.control) {
    const request = readRequest(frames, server.connection);
    if (request === undefined) continue;
    const type = request.header.msg_type;
    server.publish("status", { execution_state: "busy" }, request.header);
    if (type === "interrupt_request") process.kill(process.pid, "SIGINT");
    const content = type === "interrupt_request" ? { status: "ok" } : await answerShell(server, request);
    if (content !== undefined) server.send(server.channels.control, replyType(request), content, request);
    server.publish("status", { execution_state: "idle" }, request.header);
    if (type === "shutdown_request") await server.exit();
  }
}

async function echoHeartbeats(heartbeat: Reply): Promise<void> {
  for await (const frames of heartbeat) await heartbeat.send(frames);
}

/** A message that is not signed with our key is nobody's request. */
function readRequest(frames: readonly Uint8Array[], connection: Connection): KernelMessage | undefined {
  try {
    return decodeMessage(frames, connection.key);
  } catch {
    return undefined;
  }
}

function replyType(request: KernelMessage): string {
  return request.header.msg_type.replace(/_request$/, "_reply");
}

/** tslab's `display` and our `show` send through this variable of tslab's module. */
function displayThrough(cells: CellRunner): void {
  const jupyter = createRequire(import.meta.url)("tslab/dist/jupyter.js");
  jupyter.lastWriteDisplayData = cells.display;
}
