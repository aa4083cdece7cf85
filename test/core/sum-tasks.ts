import { isMainThread } from "node:worker_threads";
import { InputError } from "#src/core/errors.js";
import type { TaskJob } from "#src/core/shared-tasks.js";

/** What made-up tasks work on: sums over a few values each, and what goes wrong. */
export interface SumInput {
  readonly values: Float64Array;
  /** These tasks throw. */
  readonly failing?: readonly number[];
  /** Milliseconds that a task takes. */
  readonly pause?: number;
  /** These tasks end the thread that they run on, if it is not the calling one. */
  readonly deadly?: readonly number[];
  /** Threads other than the calling one cannot begin. */
  readonly onlyHere?: boolean;
}

const still = new Int32Array(new SharedArrayBuffer(4));

export function openTask(input: SumInput) {
  const { values, failing = [], deadly = [], pause = 0, onlyHere = false } = input;
  if (onlyHere && !isMainThread) throw new Error("no room here");
  return (task: number, result: Float64Array): void => {
    if (pause > 0) Atomics.wait(still, 0, 0, pause);
    if (deadly.includes(task) && !isMainThread) process.exit(1);
    if (failing.includes(task)) throw new InputError(`sum: task must not be ${task}`);
    // Added to what is there: a result that were not all zeros at first would show.
    for (let i = 0; i <= task; i++) result[0]! += values[i % values.length]!;
    result[1] = isMainThread ? 1 : 0;
  };
}

export const sumTasks: TaskJob<SumInput> = { module: import.meta.url, open: openTask };
