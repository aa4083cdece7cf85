import type { KernelMessage } from "../evaluator/kernel-message.js";
import type { KernelChannels } from "./kernel-channels.js";
import type { KernelExit, KernelProcess } from "./kernel-process.js";
import { waitWithin } from "./wait-within.js";

/** Where an execution stands: taken up, answered, or done with all its outputs. */
export type ExecutionPhase = "busy" | "replied" | "idle";

/** Options of one execution. */
export interface ExecuteOptions {
  /** Hears every message that the kernel publishes about the execution, also after its end. */
  readonly onMessage?: (message: KernelMessage) => void;
  readonly onPhase?: (phase: ExecutionPhase) => void;
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
      /** False if the kernel did not say that all outputs are out. */
      readonly isComplete: boolean;
    }
  | { readonly ended: "timed-out"; readonly isKilled: boolean }
  | { readonly ended: "kernel-died"; readonly exit: KernelExit };

/** A kernel as its client sees it: its channels, its process, and its end once all that it sent has arrived. */
export interface KernelEnds {
  readonly channels: KernelChannels;
  readonly running: KernelProcess;
  readonly died: Promise<KernelExit>;
}

/** All in seconds. */
const idleWait = 4;
const interruptReplyWait = 0.5;
const interruptWait = 3;

/** Executes code and waits for its reply and its last output, for its time to run out, or for the kernel's death. */
export async function executeCode(
  kernel: KernelEnds,
  code: string,
  options: ExecuteOptions = {},
): Promise<ExecuteOutcome> {
  const died = kernel.died.then((exit): ExecuteOutcome => ({ ended: "kernel-died", exit }));
  const ended = Promise.race([requestExecution(kernel.channels, code, options), died]);
  if (options.timeoutSeconds === undefined) return ended;
  return (await waitWithin(ended, options.timeoutSeconds)) ?? stopExecution(kernel, ended);
}

/**
 * Asks the kernel to interrupt what it runs. A kernel that does not answer is busy in its own protocol: a signal may still reach it.
 */
export async function interruptKernel({ channels, running }: KernelEnds): Promise<void> {
  const reply = new Promise<boolean>((resolve) => {
    channels.send(
      { channel: "control", type: "interrupt_request", content: {} },
      { onReply: () => resolve(true) },
    );
  });
  if ((await waitWithin(reply, interruptReplyWait)) === undefined) running.signal("SIGINT");
}

async function requestExecution(
  channels: KernelChannels,
  code: string,
  { onMessage, onPhase, silent = false }: ExecuteOptions,
): Promise<ExecuteOutcome> {
  let markIdle: () => void = () => undefined;
  const idle = new Promise<true>((resolve) => {
    markIdle = () => resolve(true);
  });
  const reply = await new Promise<Readonly<Record<string, unknown>>>((resolve) => {
    const content = { code, silent, store_history: !silent, user_expressions: {}, allow_stdin: false };
    channels.send(
      { channel: "shell", type: "execute_request", content: { ...content, stop_on_error: true } },
      {
        onMessage,
        onReply: (answer) => {
          onPhase?.("replied");
          resolve(answer);
        },
        onStatus: (state) => {
          onPhase?.(state);
          if (state === "idle") markIdle();
        },
      },
    );
  });
  return { ended: "replied", reply, isComplete: (await waitWithin(idle, idleWait)) === true };
}

/** Interrupts, then kills. */
async function stopExecution(kernel: KernelEnds, ended: Promise<ExecuteOutcome>): Promise<ExecuteOutcome> {
  void interruptKernel(kernel);
  const afterInterrupt = await waitWithin(ended, interruptWait);
  if (afterInterrupt !== undefined)
    return { ended: "timed-out", isKilled: afterInterrupt.ended === "kernel-died" };
  kernel.running.signal("SIGKILL");
  await kernel.died;
  return { ended: "timed-out", isKilled: true };
}
