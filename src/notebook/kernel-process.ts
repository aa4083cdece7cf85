import { type ChildProcess, spawn } from "node:child_process";
import { MachineError } from "../core/errors.js";
import { packageFile } from "../core/package-root.js";

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
  /** Largest heap of the kernel in megabytes; absent: what Node chooses. */
  readonly heapMegabytes?: number | undefined;
}

const alive = new Set<KernelProcess>();
const wordsKept = 2000;

/** Starts a kernel that reads `connectionFile`, as leader of its own process group. */
export async function startKernelProcess(
  connectionFile: string,
  { folder, heapMegabytes }: KernelProcessOptions,
): Promise<KernelProcess> {
  const heap = heapMegabytes === undefined ? [] : [`--max-old-space-size=${heapMegabytes}`];
  const launch = [...kernelArguments(), connectionFile, "--no-documentation"];
  const child = spawn(process.execPath, [...heap, ...launch], {
    cwd: folder,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", (error) => {
      reject(new MachineError(`startKernel: the kernel process must start, got ${error.message}`));
    });
  });
  const running = watchChild(child);
  endWithUs(running);
  return running;
}

/** What Node is started with for a kernel; the connection file follows. */
export function kernelArguments(): string[] {
  // Compiling makes much short-lived garbage, which a small nursery collects again and again.
  return ["--max-semi-space-size=32", packageFile("dist", "notebook", "kernel-main.js")];
}

function watchChild(child: ChildProcess): KernelProcess {
  let lastWords = "";
  const remember = (chunk: Buffer): void => {
    lastWords = (lastWords + chunk.toString("utf8")).slice(-wordsKept);
  };
  child.stdout?.on("data", remember);
  child.stderr?.on("data", remember);
  const pid = child.pid!;
  const running: KernelProcess = {
    pid,
    exited: new Promise((resolve) => {
      child.once("exit", (code, signal) => {
        alive.delete(running);
        running.signal("SIGKILL");
        // Pipes may still hold the last words; a grandchild may hold the pipes, so nobody waits for their end.
        setImmediate(() => resolve({ code, signal, lastWords: lastWords.trim() }));
      });
    }),
    signal: (name) => {
      try {
        return process.kill(-pid, name);
      } catch {
        return false;
      }
    },
  };
  return running;
}

let isWatchingOurEnd = false;

/** A kernel in its own group does not hear Ctrl-C: whatever ends us ends it. */
function endWithUs(running: KernelProcess): void {
  alive.add(running);
  if (isWatchingOurEnd) return;
  isWatchingOurEnd = true;
  process.on("exit", killAll);
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    const end = (): void => {
      killAll();
      process.removeListener(name, end);
      if (process.listenerCount(name) === 0) process.kill(process.pid, name);
    };
    process.on(name, end);
  }
}

function killAll(): void {
  for (const running of alive) running.signal("SIGKILL");
}
