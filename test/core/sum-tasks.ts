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
  /** Threads other than the calling one cannot begin. */
  readonly onlyHere?: boolean;
}

const still = new Int32Array(new SharedArrayBuffer(4));

export function openTask({ values, failing = [], pause = 0, onlyHere = false }: SumInput) {
  if (onlyHere && !isMainThread) throw new Error("no room here");
  return (task: number, result: Float64Array): void => {
    if (pause > 0) Atomics.wait(still, 0, 0, pause);
    if (failing.includes(task)) throw new InputError(`sum: task must not be ${task}`);
    // Added to what is there: a result that were not all zeros at first would show.
    for (let i = 0; i <= task; i++) result[0]! += values[i % values.length]!;
    result[1] = isMainThread ? 1 : 0;
  };
}

export const sumTasks: TaskJob<SumInput> = { module: import.meta.url, open: openTask };
