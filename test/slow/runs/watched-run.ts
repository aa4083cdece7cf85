import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { markedProcesses } from "./marked-processes.js";

/** A process that carries the mark of a watched one. */
export interface MarkedProcess {
  readonly pid: number;
  readonly command: string;
}

/** How a watched process ended. */
export interface WatchedEnd {
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
  /** Commands of the processes that were still there 3 seconds after the end. */
  readonly leftBehind: readonly string[];
}

/** A process that is watched from outside together with everything that it starts. */
export interface WatchedProcess {
  readonly ended: Promise<WatchedEnd>;
  /** The process and all that it has started, in whatever group or session. */
  readonly processes: () => readonly MarkedProcess[];
}

const variable = "SEGBOOK_TEST_MARK";

/** Starts Node with a mark in its environment, which every descendant inherits. It is killed after `limitSeconds`. */
export function watchNode(
  words: readonly string[],
  { folder, limitSeconds }: { readonly folder: string; readonly limitSeconds: number },
): WatchedProcess {
  const mark = randomUUID();
  const child = spawn(process.execPath, words, {
    cwd: folder,
    env: { ...process.env, SEGBOOK_DATASETS: "", [variable]: mark },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: limitSeconds * 1000,
    killSignal: "SIGKILL",
  });
  return { ended: watchEnd(child, mark), processes: () => processesOf(mark) };
}

async function watchEnd(child: ChildProcess, mark: string): Promise<WatchedEnd> {
  let output = "";
  let errors = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const closed = once(child, "close");
  const [exitCode] = await once(child, "exit");
  const end = performance.now();
  while (processesOf(mark).length > 0 && performance.now() - end < 3000) await pause(50);
  const left = processesOf(mark);
  for (const { pid } of left) process.kill(pid, "SIGKILL");
  await closed;
  return { exitCode, output, errors, leftBehind: left.map(({ command }) => command) };
}

function processesOf(mark: string): readonly MarkedProcess[] {
  return markedProcesses(variable, mark).map((pid) => ({ pid, command: commandOf(pid) }));
}

/** A process may be gone before its command is read. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
