import { claimUnit, completeUnit } from "./board.js";

/** Does one task: writes what it finds to `result`, which is all zeros before. */
export type DoTask = (task: number, result: Float64Array) => void;

export type OnFailure = (task: number, error: unknown) => void;

/** What all threads of one call share. */
export interface TaskTable {
  /** The units still to claim; the last one is task 0, so that tasks are claimed in their order. */
  readonly board: Int32Array;
  /** Not 0 once a task has failed: those not begun yet are left out. */
  readonly stopped: Int32Array;
  readonly taskCount: number;
  readonly resultLength: number;
  /** Every task's results, in the order of the tasks. */
  readonly results: Float64Array;
}

/** Claims and does tasks until none is left; tells of each that fails. */
export function doTasks(
  table: TaskTable,
  doTask: DoTask,
  { onFailure, afterTask }: { readonly onFailure: OnFailure; readonly afterTask?: () => void },
): void {
  const { board, stopped, taskCount, resultLength, results } = table;
  const result = new Float64Array(resultLength);
  for (let unit = claimUnit(board); unit >= 0; unit = claimUnit(board)) {
    const task = taskCount - 1 - unit;
    if (Atomics.load(stopped, 0) === 0) {
      try {
        doTask(task, result.fill(0));
        results.set(result, task * resultLength);
      } catch (error) {
        Atomics.store(stopped, 0, 1);
        onFailure(task, error);
      }
    }
    completeUnit(board);
    afterTask?.();
  }
}
