import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { Dealer, Subscriber } from "zeromq";
import {
  createHeader,
  decodeMessage,
  encodeMessage,
  type KernelMessage,
} from "../evaluator/kernel-message.js";
import { type Connection, channelAddress } from "../kernel/connection-file.js";
import { createSendQueue } from "../kernel/send-queue.js";

/** Who hears what the kernel says about one request. */
export interface RequestListener {
  /** Every message but those of busy and idle, also after the end. */
  readonly onMessage?: ((message: KernelMessage) => void) | undefined;
  readonly onReply?: (content: Readonly<Record<string, unknown>>) => void;
  readonly onStatus?: (state: "busy" | "idle") => void;
}

/** A request to a kernel. */
export interface KernelRequest {
  readonly channel: "shell" | "control";
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** The client's ends of a kernel's channels. */
export interface KernelChannels {
  readonly send: (request: KernelRequest, listener: RequestListener) => void;
  /** Ends when nothing has arrived for `milliseconds`. */
  readonly settle: (milliseconds: number) => Promise<void>;
  readonly close: () => void;
}

/** Connects to a kernel, which may start later. `now` is in milliseconds since 1970. */
export function connectChannels(connection: Connection, now: () => number): KernelChannels {
  const address = (port: number): string => channelAddress(connection, port);
  const shell = new Dealer({ linger: 0, sendHighWaterMark: 0, receiveHighWaterMark: 0 });
  const control = new Dealer({ linger: 0, sendHighWaterMark: 0, receiveHighWaterMark: 0 });
  const iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
  shell.connect(address(connection.shell_port));
  control.connect(address(connection.control_port));
  iopub.connect(address(connection.iopub_port));
  iopub.subscribe();
  const queues = { shell: createSendQueue(shell), control: createSendQueue(control) };
  const session = randomUUID();
  const listeners = new Map<string, RequestListener>();

  let received = 0;

  async function receive(socket: Dealer | Subscriber): Promise<void> {
    for await (const frames of socket) {
      received++;
      const message = readMessage(frames, connection.key);
      const listener = listeners.get(message?.parent?.msg_id ?? "");
      if (message !== undefined && listener !== undefined) tell(listener, message, socket === iopub);
    }
  }
  // A socket that is closed while it is read has nothing more to say.
  for (const socket of [shell, control, iopub]) void receive(socket).catch(() => undefined);

  return {
    send: ({ channel, type, content }, listener) => {
      const header = createHeader(type, session, now());
      listeners.set(header.msg_id, listener);
      queues[channel].send(encodeMessage({ identities: [], header, content }, connection.key));
    },
    settle: async (milliseconds) => {
      for (let before = -1; before !== received; ) {
        before = received;
        await pause(milliseconds);
      }
    },
    close: () => {
      for (const socket of [shell, control, iopub]) socket.close();
    },
  };
}

function tell(listener: RequestListener, message: KernelMessage, isPublished: boolean): void {
  const { header, content } = message;
  if (!isPublished) listener.onReply?.(content);
  else if (header.msg_type !== "status") listener.onMessage?.(message);
  else if (content.execution_state === "busy" || content.execution_state === "idle")
    listener.onStatus?.(content.execution_state);
}

/** A message that is not signed with our key is nobody's answer. */
function readMessage(frames: readonly Uint8Array[], key: string): KernelMessage | undefined {
  try {
    return decodeMessage(frames, key);
  } catch {
    return undefined;
  }
}
