import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { MachineError } from "../core/errors.js";
import { kernelArguments } from "../kernel/kernel-arguments.js";
import { beforeOurEnd } from "./our-end.js";

/** How a kernel process ended, with the last of what it wrote past the notebook. */
export interface KernelExit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly lastWords: string;
}

/** A running kernel process and everything that it started. */
export interface KernelProcess {
  readonly pid: number;
  /** Ends when the process has ended; never rejects. */
  readonly exited: Promise<KernelExit>;
  /** Sends a signal to the process and everything that it started; true if there was anybody to receive it. */
  readonly signal: (name: NodeJS.Signals) => boolean;
}

/** Where and how large a kernel runs. */
export interface KernelProcessOptions {
  /** Working folder of the kernel: the folder of its notebook. */
  readonly folder: string;
  /** Largest heap of the kernel in megabytes; absent: what the kernel chooses. */
  readonly heapMegabytes?: number | undefined;
  /** Variables that the kernel gets besides ours. */
  readonly environment?: ReadonlyMap<string, string> | undefined;
}

const wordsKept = 2000;
const lastWordsMilliseconds = 100;

/** Starts a kernel that reads `connectionFile`, as leader of its own process group. */
export async function startKernelProcess(
  connectionFile: string,
  { folder, heapMegabytes, environment = new Map() }: KernelProcessOptions,
): Promise<KernelProcess> {
  const heap = heapMegabytes === undefined ? [] : ["--heap", String(heapMegabytes)];
  const launch = [...kernelArguments(), connectionFile, "--no-documentation", ...heap];
  const child = spawn(process.execPath, launch, {
    cwd: folder,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...Object.fromEntries(environment) },
  });
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", (error) => {
      reject(new MachineError(`startKernel: the kernel process must start, got ${error.message}`));
    });
  });
  return watchChild(child);
}

/** A sentence part such as "exit code 3" or "signal SIGKILL", with the last words of the process if it left any. */
export function describeExit({ code, signal, lastWords }: KernelExit): string {
  const way = signal === null ? `exit code ${code}` : `signal ${signal}`;
  return lastWords === "" ? way : `${way} and the words ${JSON.stringify(lastWords.slice(-300))}`;
}

function watchChild(child: ChildProcess): KernelProcess {
  const pid = child.pid!;
  const signal = (name: NodeJS.Signals): boolean => {
    try {
      return process.kill(-pid, name);
    } catch {
      return false;
    }
  };
  // A kernel in its own group does not hear Ctrl-C: whatever ends us ends it.
  const forget = beforeOurEnd(() => signal("SIGKILL"));
  let lastWords = "";
  const remember = (chunk: Buffer): void => {
    lastWords = (lastWords + chunk.toString("utf8")).slice(-wordsKept);
  };
  child.stdout?.on("data", remember);
  child.stderr?.on("data", remember);
  const isClosed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const exited = new Promise<KernelExit>((resolve) => {
    child.once("exit", async (code, endSignal) => {
      forget();
      signal("SIGKILL");
      // Pipes may still hold the last words; who left the group may hold the pipes, so nobody waits long for their end.
      await Promise.race([isClosed, pause(lastWordsMilliseconds)]);
      resolve({ code, signal: endSignal, lastWords: lastWords.trim() });
    });
  });
  return { pid, exited, signal };
}
