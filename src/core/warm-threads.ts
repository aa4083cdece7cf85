import { fstatSync } from "node:fs";
import { Worker } from "node:worker_threads";

/** What a warm thread is told when it starts (warm-thread.ts). */
export interface WarmThreadData {
  /** How often it was called; {@link gone} once it listens no more. */
  readonly calls: Int32Array;
  /** The number of a file that it holds open, once it does. */
  readonly signOfLife: Int32Array;
}

/** What it is told when it is called. */
export interface ThreadCall {
  /** Address of a module that exports `serve`, a function of `data` that may take its time. */
  readonly module: string;
  readonly data: unknown;
}

/** In place of the number of calls. */
export const gone: number = -1;

/** In place of the number of a file. */
const noFile = -1;

/**
 * A worker thread that stays a few seconds after its work, ready for the next: to start one takes some 40 ms of
 * processor time, and its code is slow until the engine has compiled it. It keeps no process alive.
 */
export interface WarmThread extends WarmThreadData {
  readonly worker: Worker;
  /** Shared memory that the thread may still hold: it collects no garbage while it sleeps. */
  readonly heldBytes: number;
}

const mostIdle = 8;
/** What a sleeping thread may hold; one that has seen more goes home and starts anew. */
const mostHeldBytes = 2 ** 27;

const idle: WarmThread[] = [];

/** Calls `serve(data)` of a module on a thread of its own. `bytes`: size of the shared memory in `data`. */
export function callThread(call: ThreadCall, { bytes }: { readonly bytes: number }): WarmThread {
  for (let thread = idle.pop(); thread !== undefined; thread = idle.pop())
    if (!hasEnded(thread) && isTaken(thread, call)) return { ...thread, heldBytes: thread.heldBytes + bytes };
  const thread = startThread();
  isTaken(thread, call);
  return { ...thread, heldBytes: bytes };
}

/** Takes back a thread whose call has ended or is just about to. */
export function releaseThread(thread: WarmThread): void {
  if (thread.heldBytes <= mostHeldBytes && idle.length < mostIdle) idle.push(thread);
  else stopThread(thread);
}

/**
 * Whether a thread has ended, for one that waits and so hears no event: Node closes the files of a thread however it ends,
 * be it for want of memory.
 */
export function hasEnded({ signOfLife }: WarmThread): boolean {
  const file = Atomics.load(signOfLife, 0);
  if (file === noFile) return false;
  try {
    fstatSync(file);
    return false;
  } catch {
    return true;
  }
}

/** Ends a thread, in the middle of its work if need be. */
export function stopThread({ worker }: WarmThread): void {
  void worker.terminate();
}

/** Returns false where the thread has stopped listening. The message lies there before the thread is woken to read it. */
function isTaken({ worker, calls }: WarmThread, call: ThreadCall): boolean {
  const before = Atomics.load(calls, 0);
  if (before === gone) return false;
  worker.postMessage(call);
  if (Atomics.compareExchange(calls, 0, before, before + 1) !== before) return false;
  Atomics.notify(calls, 0);
  return true;
}

function startThread(): WarmThread {
  const calls = new Int32Array(new SharedArrayBuffer(4));
  const signOfLife = new Int32Array(new SharedArrayBuffer(4)).fill(noFile);
  const data: WarmThreadData = { calls, signOfLife };
  const worker = new Worker(new URL("./warm-thread.js", import.meta.url), { workerData: data, execArgv: [] });
  // One that cannot start leaves its share to the others; none may be called once it has died.
  worker.on("error", () => Atomics.store(calls, 0, gone));
  worker.on("exit", () => Atomics.store(calls, 0, gone));
  worker.unref();
  return { worker, ...data, heldBytes: 0 };
}
