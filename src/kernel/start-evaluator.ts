import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { packageFile } from "../core/package-root.js";
import {
  createFrameReader,
  encodeFrame,
  type Frame,
  type ReportHead,
  type RequestHead,
} from "../evaluator/kernel-frames.js";
import type { StreamName } from "../evaluator/kernel-streams.js";

/** How the process that runs the cells is started. */
export interface EvaluatorOptions {
  readonly withDocumentation: boolean;
  /** Largest heap in megabytes; absent: what Node chooses. */
  readonly heapMegabytes?: number | undefined;
  /** Folder to remove if the speaker dies without a chance to do so. */
  readonly meetingFolder?: string | undefined;
}

/** How the process ended, with what it wrote to its standard error about a fault of its own. */
export interface EvaluatorExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lastWords: string;
}

/** Hears what the evaluator says; set it before the process can have said anything. */
export interface EvaluatorListener {
  readonly onReport: (frame: Frame<ReportHead>) => void;
  /** What native code and child processes write to the standard streams, past the cells. */
  readonly onRawOutput: (name: StreamName, piece: Uint8Array) => void;
}

/** The process that runs the cells, seen from the one that speaks for it. */
export interface Evaluator {
  readonly listen: (listener: EvaluatorListener) => void;
  readonly request: (head: RequestHead, content: Readonly<Record<string, unknown>>) => void;
  readonly interrupt: (cell: number) => void;
  /** Ends it and everything that it started, at once. */
  readonly kill: () => void;
  /** Ends when the process has ended and everything that it reported was heard. */
  readonly exited: Promise<EvaluatorExit>;
}

const rawOutputMilliseconds = 100;
const wordsKept = 20_000;

/** Starts the process in the folder of this one, as leader of a group of its own. */
export function startEvaluator(options: EvaluatorOptions): Evaluator {
  const { heapMegabytes, withDocumentation, meetingFolder = "" } = options;
  // Compiling makes much short-lived garbage, which a small nursery collects again and again.
  const flags = ["--max-semi-space-size=32"];
  if (heapMegabytes !== undefined) flags.push(`--max-old-space-size=${heapMegabytes}`);
  const main = packageFile("dist", "evaluator", "kernel-evaluator-main.js");
  const words = [withDocumentation ? "with-documentation" : "without-documentation", meetingFolder];
  const child = spawn(process.execPath, [...flags, main, ...words], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "pipe", "pipe", "pipe"],
  });
  const [, , , reports, requests, interrupts] = child.stdio as unknown as [
    null,
    Readable,
    Readable,
    Readable,
    Writable,
    Writable,
  ];
  // A process that has ended hears nothing; its end is noticed where it is waited for.
  for (const channel of [requests, interrupts]) channel.on("error", () => undefined);
  return {
    listen: ({ onReport, onRawOutput }) => {
      reports.on("data", createFrameReader(onReport));
      child.stdout!.on("data", (piece: Uint8Array) => onRawOutput("stdout", piece));
      child.stderr!.on("data", (piece: Uint8Array) => onRawOutput("stderr", piece));
    },
    request: (head, content) => {
      for (const bytes of encodeFrame(head, JSON.stringify(content))) requests.write(bytes);
    },
    interrupt: (cell) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(cell);
      interrupts.write(bytes);
    },
    kill: () => killGroup(child),
    exited: exitOf(child, reports),
  };
}

async function exitOf(child: ChildProcess, reports: Readable): Promise<EvaluatorExit> {
  const reported = new Promise<void>((resolve) => reports.once("close", () => resolve()));
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let words = "";
  child.stderr!.on("data", (piece: Buffer) => {
    words = (words + piece.toString("utf8")).slice(-wordsKept);
  });
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.once("exit", (...end) => resolve(end));
    child.once("error", () => resolve([null, null]));
  });
  killGroup(child);
  await reported;
  // Who left the group may hold the standard streams open for ever.
  await Promise.race([closed, pause(rawOutputMilliseconds)]);
  return { code, signal, lastWords: words };
}

function killGroup(child: ChildProcess): void {
  try {
    process.kill(-child.pid!, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}
