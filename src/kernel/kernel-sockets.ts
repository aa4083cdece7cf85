import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Reply, Router, type Socket, XPublisher } from "zeromq";
import { MachineError } from "../core/errors.js";
import {
  createHeader,
  decodeMessage,
  encodeMessage,
  type KernelMessage,
  type MessageHeader,
} from "../evaluator/kernel-message.js";
import { type Connection, channelAddress } from "./connection-file.js";
import { createSendQueue } from "./send-queue.js";

type Content = Readonly<Record<string, unknown>>;

/** The two channels on which a kernel is asked. */
export type RequestChannel = "shell" | "control";

/** A kernel's ends of its channels. */
export interface KernelSockets {
  /** The requests of a channel as they come; what is not signed with our key is nobody's request. */
  readonly requests: (channel: RequestChannel) => AsyncIterable<KernelMessage>;
  readonly reply: (channel: RequestChannel, request: KernelMessage, content: Content) => void;
  /** Tells everybody who listens, as an answer to `parent`; content that is JSON already may be given as bytes. */
  readonly publish: (type: string, content: Content | Uint8Array, parent?: MessageHeader) => void;
  /** Ends when everything handed over so far is out. */
  readonly settle: () => Promise<void>;
}

/** Opens the channels and echoes heartbeats from then on. `now` is in milliseconds since 1970. */
export async function openSockets(connection: Connection, now: () => number): Promise<KernelSockets> {
  const shell = new Router({ linger: 1000, sendHighWaterMark: 0 });
  const control = new Router({ linger: 1000, sendHighWaterMark: 0 });
  const stdin = new Router({ linger: 0 });
  const heartbeat = new Reply({ linger: 0 });
  const iopub = new XPublisher({ linger: 1000, sendHighWaterMark: 0, verbosity: "allSubs" });
  const bind = (socket: Socket, port: number): Promise<void> =>
    bindTo(socket, channelAddress(connection, port));
  // Every socket is bound before the first request is read: an answer needs a bound iopub.
  await Promise.all([
    bind(shell, connection.shell_port),
    bind(control, connection.control_port),
    bind(stdin, connection.stdin_port),
    bind(heartbeat, connection.hb_port),
    bind(iopub, connection.iopub_port),
  ]);
  void echo(heartbeat);
  const session = randomUUID();
  const queues = {
    shell: createSendQueue(shell),
    control: createSendQueue(control),
    iopub: createSendQueue(iopub),
  };
  const publish: KernelSockets["publish"] = (type, content, parent) => {
    const header = createHeader(type, session, now());
    queues.iopub.send(encodeMessage({ identities: [], header, parent, content }, connection.key));
  };
  void welcome(iopub, publish);
  return {
    requests: (channel) => readRequests(channel === "shell" ? shell : control, connection.key),
    reply: (channel, { identities, header: parent }, content) => {
      const header = createHeader(replyType(parent.msg_type), session, now());
      queues[channel].send(encodeMessage({ identities, header, parent, content }, connection.key));
    },
    publish,
    settle: async () => {
      await Promise.all(Object.values(queues).map((queue) => queue.settle()));
    },
  };
}

async function bindTo(socket: Socket, address: string): Promise<void> {
  try {
    await socket.bind(address);
  } catch (error) {
    const { message } = error as Error;
    throw new MachineError(`openSockets: address must be free, got: ${message} at ${address}`, {
      cause: error,
    });
  }
}

async function echo(heartbeat: Reply): Promise<void> {
  for await (const frames of heartbeat) await heartbeat.send(frames);
}

/** Who subscribes hears of it, and need not guess from when on nothing is missed. */
async function welcome(iopub: XPublisher, publish: KernelSockets["publish"]): Promise<void> {
  for await (const [frame] of iopub) {
    const [isSubscription, ...topic] = frame ?? [];
    if (isSubscription === 1) publish("iopub_welcome", { subscription: Buffer.from(topic).toString("utf8") });
  }
}

async function* readRequests(socket: Router, key: string): AsyncGenerator<KernelMessage> {
  for await (const frames of socket) {
    const request = readRequest(frames, key);
    // Who subscribed before asking is welcomed first: both may have come in one turn of the loop.
    await nextTurn();
    if (request !== undefined) yield request;
  }
}

function readRequest(frames: readonly Uint8Array[], key: string): KernelMessage | undefined {
  try {
    return decodeMessage(frames, key);
  } catch {
    return undefined;
  }
}

function replyType(requestType: string): string {
  return requestType.replace(/_request$/, "_reply");
}
