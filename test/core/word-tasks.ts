import { isMainThread } from "node:worker_threads";
import type { TaskJob } from "#src/core/shared-tasks.js";
import { isInterned } from "./is-interned.js";

/** Words that tasks are told, and how long each takes, in milliseconds. */
export interface WordInput {
  readonly words: readonly string[];
  readonly pause: number;
}

const still = new Int32Array(new SharedArrayBuffer(4));

/** Each task tells whether it ran on the calling thread, and how many words are the engine's one copy. */
export function openTask({ words, pause }: WordInput) {
  return (_task: number, result: Float64Array): void => {
    Atomics.wait(still, 0, 0, pause);
    result[0] = isMainThread ? 1 : 0;
    result[1] = words.filter(isInterned).length;
  };
}

export const wordTasks: TaskJob<WordInput> = { module: import.meta.url, open: openTask };
