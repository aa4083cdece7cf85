import { setTimeout as pause } from "node:timers/promises";
import { MachineError } from "../core/errors.js";
import {
  type ExecuteOptions,
  type ExecuteOutcome,
  executeCode,
  interruptKernel,
  type KernelEnds,
} from "./execute-code.js";
import { connectChannels } from "./kernel-channels.js";
import {
  describeExit,
  type KernelExit,
  type KernelProcessOptions,
  startKernelProcess,
} from "./kernel-process.js";
import { forgetKey, type MeetingPlace, makeMeetingPlace, removeMeetingPlace } from "./meeting-place.js";
import { beforeOurEnd } from "./our-end.js";
import { waitWithin } from "./wait-within.js";

/** How a kernel is started. */
export interface KernelOptions extends KernelProcessOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Absent: 60 seconds. */
  readonly readyTimeoutSeconds?: number;
  /** Where kernel and client meet; absent: a place of their own. Asked again if the place turns out to be taken. */
  readonly makePlace?: () => Promise<MeetingPlace>;
}

/** A running kernel. Executes one piece of code at a time. */
export interface Kernel {
  readonly pid: number;
  /** Ends when the kernel has ended and everything that it sent has arrived. */
  readonly exited: Promise<KernelExit>;
  readonly execute: (code: string, options?: ExecuteOptions) => Promise<ExecuteOutcome>;
  /** Interrupts what the kernel runs, if anything. */
  readonly interrupt: () => Promise<void>;
  /** Ends the kernel and everything it started: politely for 2 seconds, then by signals. */
  readonly shutdown: () => Promise<void>;
}

const startAttempts = 3;
const nudgeMilliseconds = 100;
const lastMessagesMilliseconds = 50;
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
      const isPlaceTaken = error instanceof Error && /address already in use/i.test(error.message);
      if (!isPlaceTaken || attempt === startAttempts) throw error;
    }
  }
}

async function startOnce(options: KernelOptions): Promise<Kernel> {
  const { connection, path } = await (options.makePlace ?? makeMeetingPlace)();
  const forget = beforeOurEnd(() => removeMeetingPlace(path));
  const tidy = (): void => {
    forget();
    removeMeetingPlace(path);
  };
  try {
    const running = await startKernelProcess(path, options);
    const channels = connectChannels(connection, options.now);
    const died = running.exited.then(async (exit) => {
      await channels.settle(lastMessagesMilliseconds);
      channels.close();
      tidy();
      return exit;
    });
    const kernel = { channels, running, died };
    await waitUntilReady(kernel, options.readyTimeoutSeconds ?? 60);
    forgetKey(path);
    return kernelOf(kernel);
  } catch (error) {
    tidy();
    throw error;
  }
}

/** Asks again and again: the subscription is live only some time after the first answer. */
async function waitUntilReady(kernel: KernelEnds, seconds: number): Promise<void> {
  const state = { replied: false, published: false };
  const listener = {
    onReply: (): void => {
      state.replied = true;
    },
    onStatus: (status: "busy" | "idle"): void => {
      state.published ||= status === "idle";
    },
  };
  const exit = kernel.running.exited.then((ended) => ({ ended }));
  for (let waited = 0; !(state.replied && state.published); waited += nudgeMilliseconds) {
    if (waited >= seconds * 1000) {
      kernel.running.signal("SIGKILL");
      await kernel.died;
      throw new MachineError(`startKernel: the kernel must be ready within ${seconds} s, got no answer`);
    }
    kernel.channels.send({ channel: "shell", type: "kernel_info_request", content: {} }, listener);
    const died = await Promise.race([exit, pause(nudgeMilliseconds)]);
    if (died !== undefined) {
      await kernel.died;
      throw new MachineError(`startKernel: the kernel must start, got ${describeExit(died.ended)}`);
    }
  }
}

function kernelOf(kernel: KernelEnds): Kernel {
  return {
    pid: kernel.running.pid,
    exited: kernel.died,
    execute: (code, options) => executeCode(kernel, code, options),
    interrupt: () => interruptKernel(kernel),
    shutdown: () => shutDown(kernel),
  };
}

async function shutDown({ channels, running, died }: KernelEnds): Promise<void> {
  channels.send({ channel: "control", type: "shutdown_request", content: { restart: false } }, {});
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    if ((await waitWithin(running.exited, shutdownSeconds)) !== undefined) break;
    running.signal(signal);
  }
  await died;
}
