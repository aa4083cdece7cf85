import { codeEnded } from "./code-ended.js";
import { MachineError } from "./errors.js";
import type { TaskCall } from "./shared-tasks-worker.js";
import { callThread, hasEnded, releaseThread, stopThread, type WarmThread } from "./warm-threads.js";

/** A thread that works on a call. */
interface TaskThread extends WarmThread {
  readonly atWork: Int32Array;
}

/** Threads that work on a call; fewer than asked for where the machine gives no more. */
export type TaskThreads = readonly TaskThread[];

/** The threads of every call that has not ended. */
const busy = new Set<TaskThreads>();

/** Calls one thread for every `calls`. */
export function callTaskThreads(calls: readonly TaskCall[]): TaskThreads {
  if (calls.length === 0) return [];
  // Code that is ended from outside runs no `finally`, so nobody stops what it called.
  if (busy.size === 0) codeEnded.subscribe(stopAll);
  const threads: TaskThread[] = [];
  busy.add(threads);
  const module = new URL("./shared-tasks-worker.js", import.meta.url).href;
  for (const data of calls) {
    try {
      const thread = callThread({ module, data }, { bytes: data.table.results.byteLength });
      threads.push({ ...thread, atWork: data.atWork });
    } catch {
      break;
    }
  }
  return threads;
}

/** Lets threads go whose tasks are done. */
export function releaseTaskThreads(threads: TaskThreads): void {
  threads.forEach(releaseThread);
  forget(threads);
}

/**
 * Finds a thread that will never complete its task, for it has ended in the middle.
 *
 * @throws MachineError if there is one.
 */
export function checkTaskThreads(threads: TaskThreads): void {
  if (threads.some((thread) => Atomics.load(thread.atWork, 0) === 1 && hasEnded(thread)))
    throw new MachineError(
      "shareTasks: a thread must live until its task is done, got its end in the middle of one. It may have run out of memory: threads: 1 needs less",
    );
}

/** Ends threads in the middle of a task. */
export function stopTaskThreads(threads: TaskThreads): void {
  threads.forEach(stopThread);
  forget(threads);
}

function forget(threads: TaskThreads): void {
  busy.delete(threads);
  if (busy.size === 0) codeEnded.unsubscribe(stopAll);
}

function stopAll(): void {
  for (const threads of busy) stopTaskThreads(threads);
}
