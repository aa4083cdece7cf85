import { setTimeout as pause } from "node:timers/promises";
import { MachineError } from "../core/errors.js";
import { forgetKey, makeConnection, removeConnection } from "./connection-file.js";
import { connectChannels, type KernelChannels } from "./kernel-channels.js";
import type { KernelMessage } from "./kernel-message.js";
import {
  type KernelExit,
  type KernelProcess,
  type KernelProcessOptions,
  startKernelProcess,
} from "./kernel-process.js";

/** How a kernel is started. */
export interface KernelOptions extends KernelProcessOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Absent: 60 seconds. */
  readonly readyTimeoutSeconds?: number;
}

/** Hears every message that the kernel publishes about one request, also after its end. */
export type OnMessage = (message: KernelMessage) => void;

/** Options of one execution. */
export interface ExecuteOptions {
  readonly onMessage?: OnMessage;
  /** Runs without a trace in the notebook's outputs and counts. */
  readonly silent?: boolean;
  /** After this long the cell is interrupted, and killed if that does not help. */
  readonly timeoutSeconds?: number | undefined;
}

/** How an execution ended. */
export type ExecuteOutcome =
  | {
      readonly ended: "replied";
      readonly reply: Readonly<Record<string, unknown>>;
      readonly isComplete: boolean;
    }
  | { readonly ended: "timed-out"; readonly isKilled: boolean }
  | { readonly ended: "kernel-died"; readonly exit: KernelExit };

/** A running kernel. Executes one piece of code at a time. */
export interface Kernel {
  readonly pid: number;
  readonly exited: Promise<KernelExit>;
  readonly execute: (code: string, options?: ExecuteOptions) => Promise<ExecuteOutcome>;
  readonly interrupt: () => void;
  /** Ends the kernel and everything it started: politely for 2 seconds, then by force. */
  readonly shutdown: () => Promise<void>;
}

const startAttempts = 3;
const nudgeMilliseconds = 100;
const idleSeconds = 4;
const interruptSeconds = 3;
const shutdownSeconds = 2;

/**
 * Starts a kernel and waits until it answers and its outputs arrive.
 * @throws {@link MachineError} if it cannot be started or is not ready in time.
 */
export async function startKernel(options: KernelOptions): Promise<Kernel> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(options);
    } catch (error) {
      const isPortTaken = error instanceof Error && error.message.includes("Address already in use");
      if (!isPortTaken || attempt === startAttempts) throw error;
    }
  }
}

async function startOnce(options: KernelOptions): Promise<Kernel> {
  const { connection, path: file } = await makeConnection();
  try {
    const running = await startKernelProcess(file, options);
    const channels = connectChannels(connection, options.now);
    const died = afterLastOutputs(running).then(() => {
      removeConnection(file);
      channels.close();
    });
    try {
      await waitUntilReady(channels, running, options.readyTimeoutSeconds ?? 60);
    } catch (error) {
      running.signal("SIGKILL");
      await died;
      throw error;
    }
    return { ...kernelOf(channels, running), shutdown: () => shutdown(channels, running).then(() => died) };
  } finally {
    forgetKey(file);
  }
}

/** The end of a kernel, once what it sent just before has arrived. */
async function afterLastOutputs(running: KernelProcess): Promise<KernelExit> {
  const exit = await running.exited;
  await pause(50);
  return exit;
}

/** Asks again and again: the subscription is live only some time after the first answer. */
async function waitUntilReady(
  channels: KernelChannels,
  running: KernelProcess,
  seconds: number,
): Promise<void> {
  const state = { replied: false, published: false };
  const exit = running.exited.then((ended) => ({ ended }));
  const listener = {
    onReply: (): void => {
      state.replied = true;
    },
    onIdle: (): void => {
      state.published = true;
    },
  };
  for (let waited = 0; !(state.replied && state.published); waited += nudgeMilliseconds) {
    if (waited >= seconds * 1000) {
      throw new MachineError(`startKernel: the kernel must be ready within ${seconds} s, got no answer`);
    }
    channels.send({ channel: "shell", type: "kernel_info_request", content: {} }, listener);
    const died = await Promise.race([exit, pause(nudgeMilliseconds)]);
    if (died !== undefined) {
      throw new MachineError(`startKernel: the kernel must start, got ${describeExit(died.ended)}`);
    }
  }
}

/** A sentence part such as "exit code 3" or "signal SIGKILL", with the last words of the process if it left any. */
export function describeExit({ code, signal, lastWords }: KernelExit): string {
  const way = signal === null ? `exit code ${code}` : `signal ${signal}`;
  return lastWords === "" ? way : `${way} and the words ${JSON.stringify(lastWords.slice(-300))}`;
}

function kernelOf(channels: KernelChannels, running: KernelProcess): Omit<Kernel, "shutdown"> {
  return {
    pid: running.pid,
    exited: running.exited,
    execute: (code, options = {}) => execute(channels, running, { code, ...options }),
    interrupt: () => {
      running.signal("SIGINT");
    },
  };
}

async function execute(
  channels: KernelChannels,
  running: KernelProcess,
  { code, onMessage, silent = false, timeoutSeconds }: ExecuteOptions & { readonly code: string },
): Promise<ExecuteOutcome> {
  const died = afterLastOutputs(running).then((exit): ExecuteOutcome => ({ ended: "kernel-died", exit }));
  let markIdle: () => void = () => undefined;
  const idle = new Promise<boolean>((resolve) => {
    markIdle = () => resolve(true);
  });
  const reply = new Promise<Readonly<Record<string, unknown>>>((onReply) => {
    const content = { code, silent, store_history: !silent, user_expressions: {}, allow_stdin: false };
    channels.send(
      { channel: "shell", type: "execute_request", content: { ...content, stop_on_error: true } },
      { onMessage, onReply, onIdle: markIdle },
    );
  });
  const replied = reply.then(async (content): Promise<ExecuteOutcome> => {
    const isComplete = await Promise.race([idle, pause(idleSeconds * 1000, false, { ref: false })]);
    return { ended: "replied", reply: content, isComplete };
  });
  const ended = Promise.race([replied, died]);
  if (timeoutSeconds === undefined) return ended;
  return endInTime(ended, running, timeoutSeconds);
}

async function endInTime(
  ended: Promise<ExecuteOutcome>,
  running: KernelProcess,
  seconds: number,
): Promise<ExecuteOutcome> {
  const inTime = await within(ended, seconds);
  if (inTime !== undefined) return inTime;
  running.signal("SIGINT");
  const afterInterrupt = await within(ended, interruptSeconds);
  if (afterInterrupt !== undefined)
    return { ended: "timed-out", isKilled: afterInterrupt.ended === "kernel-died" };
  running.signal("SIGKILL");
  await running.exited;
  return { ended: "timed-out", isKilled: true };
}

async function shutdown(channels: KernelChannels, running: KernelProcess): Promise<void> {
  const content = { restart: false };
  channels.send({ channel: "control", type: "shutdown_request", content }, {});
  if ((await within(running.exited, shutdownSeconds)) !== undefined) return;
  running.signal("SIGTERM");
  if ((await within(running.exited, shutdownSeconds)) !== undefined) return;
  running.signal("SIGKILL");
  await running.exited;
}

/** What a promise resolves to, or undefined if that takes longer. */
async function within<Value>(promise: Promise<Value>, seconds: number): Promise<Value | undefined> {
  const stop = new AbortController();
  try {
    return await Promise.race([
      promise,
      pause(seconds * 1000, undefined, { signal: stop.signal }).catch(() => undefined),
    ]);
  } finally {
    stop.abort();
  }
}
