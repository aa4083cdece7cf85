import { codeEnded } from "./code-ended.js";
import type { TaskCall } from "./shared-tasks-worker.js";
import { callThread, releaseThread, stopThread, type WarmThread } from "./warm-threads.js";

/** Threads that work on a call; fewer than asked for where the machine gives no more. */
export type TaskThreads = readonly WarmThread[];

/** The threads of every call that has not ended. */
const busy = new Set<TaskThreads>();

/** Calls one thread for every `calls`. */
export function callTaskThreads(calls: readonly TaskCall[]): TaskThreads {
  if (calls.length === 0) return [];
  // Code that is ended from outside runs no `finally`, so nobody stops what it called.
  if (busy.size === 0) codeEnded.subscribe(stopAll);
  const threads: WarmThread[] = [];
  busy.add(threads);
  const module = new URL("./shared-tasks-worker.js", import.meta.url).href;
  for (const data of calls) {
    try {
      threads.push(callThread({ module, data }, { bytes: data.table.results.byteLength }));
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
