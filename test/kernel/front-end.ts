import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Dealer, Request, Subscriber } from "zeromq";
import {
  createHeader,
  decodeMessage,
  encodeMessage,
  type KernelMessage,
} from "#src/evaluator/kernel-message.js";
import { channelAddress } from "#src/kernel/connection-file.js";

type Content = Readonly<Record<string, unknown>>;

/** What came back for one request: its reply, and all that was published about it in order. */
export interface Answer {
  readonly id: string;
  reply: KernelMessage | undefined;
  readonly published: KernelMessage[];
}

/** A Jupyter front end that sees every message, with the kernel that it started. */
export interface FrontEnd {
  readonly kernel: ChildProcess;
  readonly connectionFile: string;
  readonly exited: Promise<number | null>;
  /** Sends a request and returns at once. */
  readonly send: (type: string, content?: Content, channel?: "shell" | "control") => Answer;
  /** Sends a request and waits until the kernel is idle again. */
  readonly ask: (type: string, content?: Content, channel?: "shell" | "control") => Promise<Answer>;
  readonly execute: (code: string, options?: Content) => Promise<Answer>;
  /** Sends frames that nobody has signed. */
  readonly sendRaw: (frames: Uint8Array[]) => Promise<void>;
  /** Milliseconds until the kernel's heart answers. */
  readonly beat: () => Promise<number>;
  readonly close: () => void;
}

/** How the kernel of a front end is started. */
export interface FrontEndOptions {
  readonly folder?: string;
  readonly arguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Name of the folder with the connection file, without the random end. */
  readonly meetingPrefix?: string;
}

/** Starts a kernel with a connection file as Jupyter writes it. */
export async function startFrontEnd(options: FrontEndOptions = {}): Promise<FrontEnd> {
  const folder = mkdtempSync(join(tmpdir(), options.meetingPrefix ?? "front-end-"));
  const connectionFile = join(folder, "connection.json");
  const ports = { shell_port: 1, iopub_port: 2, control_port: 3, stdin_port: 4, hb_port: 5 };
  const key = randomBytes(8).toString("hex");
  const connection = {
    ...ports,
    ...{ transport: "ipc", ip: join(folder, "c"), signature_scheme: "hmac-sha256", key },
  };
  writeFileSync(connectionFile, JSON.stringify(connection));
  const main = resolve("dist/kernel/kernel-main.js");
  const kernel = spawn(
    process.execPath,
    [main, connectionFile, ...(options.arguments ?? ["--no-documentation"])],
    {
      cwd: options.folder ?? "test",
      stdio: "ignore",
      env: { ...process.env, ...options.environment },
    },
  );
  const exited = new Promise<number | null>((ended) => kernel.once("exit", ended));
  const open = { linger: 0, receiveHighWaterMark: 0 };
  const sockets = { shell: new Dealer(open), control: new Dealer(open), iopub: new Subscriber(open) };
  const heart = new Request({ linger: 0, receiveTimeout: 5000 });
  sockets.shell.connect(channelAddress(connection, 1));
  sockets.iopub.connect(channelAddress(connection, 2));
  sockets.control.connect(channelAddress(connection, 3));
  heart.connect(channelAddress(connection, 5));
  sockets.iopub.subscribe();
  const answers = new Map<string, Answer>();
  for (const socket of Object.values(sockets)) {
    void listen(socket, key, answers, socket === sockets.iopub).catch(() => undefined);
  }
  const send: FrontEnd["send"] = (type, content = {}, channel = "shell") => {
    const header = createHeader(type, "test", 0);
    const answer: Answer = { id: header.msg_id, reply: undefined, published: [] };
    answers.set(answer.id, answer);
    void sockets[channel].send(encodeMessage({ identities: [], header, content }, key));
    return answer;
  };
  const ask: FrontEnd["ask"] = async (...request) => {
    const answer = send(...request);
    await until(() => isOver(answer));
    return answer;
  };
  // The subscription is live some time after the first answer only.
  for (let isLive = false; !isLive; await pause(50)) {
    const answer = send("kernel_info_request");
    isLive = await until(() => isOver(answer), 100).then(
      () => true,
      () => false,
    );
  }
  return {
    kernel,
    connectionFile,
    exited,
    send,
    ask,
    execute: (code, more = {}) => ask("execute_request", { code, ...more }),
    sendRaw: (frames) => sockets.shell.send(frames),
    beat: async () => {
      const start = performance.now();
      await heart.send("ping");
      await heart.receive();
      return performance.now() - start;
    },
    close: () => {
      kernel.kill("SIGKILL");
      for (const socket of [...Object.values(sockets), heart]) socket.close();
      if (existsSync(folder)) rmSync(folder, { recursive: true });
    },
  };
}

async function listen(
  socket: Dealer | Subscriber,
  key: string,
  answers: ReadonlyMap<string, Answer>,
  isPublished: boolean,
): Promise<void> {
  for await (const frames of socket) {
    const message = decodeMessage(frames, key);
    const answer = answers.get(message.parent?.msg_id ?? "");
    if (answer === undefined) continue;
    if (isPublished) answer.published.push(message);
    else answer.reply = message;
  }
}

/** Idle was heard, and the reply of a request that gets one. */
function isOver({ reply, published }: Answer): boolean {
  const isIdle = published.some(({ content }) => content.execution_state === "idle");
  const hasReply = reply !== undefined || !published[0]?.parent?.msg_type.endsWith("_request");
  return isIdle && hasReply;
}

/** Waits for something that is to come soon. */
export async function until(isTrue: () => boolean, milliseconds = 30_000): Promise<void> {
  for (let waited = 0; !isTrue(); waited += 5) {
    if (waited > milliseconds) throw new Error(`not within ${milliseconds} ms`);
    await pause(5);
  }
}

/** Kinds of what was published, with the state where it is one. */
export function kinds({ published }: Answer): string[] {
  return published.map(({ header, content }) => String(content.execution_state ?? header.msg_type));
}

/** Contents of one kind that were published. */
export function contents({ published }: Answer, type: string): Content[] {
  return published.filter(({ header }) => header.msg_type === type).map(({ content }) => content);
}

/** What a cell printed to one stream. */
export function printed(answer: Answer, name = "stdout"): string {
  const streams = contents(answer, "stream").filter((content) => content.name === name);
  return streams.map(({ text }) => text).join("");
}

/** The plain text of a cell's value. */
export function resultText(answer: Answer): unknown {
  const [result] = contents(answer, "execute_result");
  return (result?.data as Content | undefined)?.["text/plain"];
}
