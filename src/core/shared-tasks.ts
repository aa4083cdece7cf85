import { availableParallelism } from "node:os";
import { isMainThread } from "node:worker_threads";
import { boardLength, completedUnits, publishWork, waitForUnits } from "./board.js";
import { type DoTask, doTasks, type OnFailure, type TaskTable } from "./do-tasks.js";
import { type Progress, tellSparingly } from "./progress.js";
import { openFailureSlot, readFailure, type TaskFailure } from "./task-failure.js";
import {
  callTaskThreads,
  checkTaskThreads,
  releaseTaskThreads,
  stopTaskThreads,
  type TaskThreads,
} from "./task-threads.js";

/** A piece of work that any thread can begin. */
export interface TaskJob<Input> {
  /** `import.meta.url` of the file that exports `open` under the name `openTask`. */
  readonly module: string;
  /** Prepares what all tasks of a thread share. A task depends on `input` and its number alone. */
  readonly open: (input: Input) => DoTask;
}

/** What `shareTasks` needs to know of a call. */
export interface TaskOptions<Input> {
  /** Structured-clonable; large arrays over SharedArrayBuffer, or every thread gets a copy. */
  readonly input: Input;
  readonly taskCount: number;
  /** Numbers that a task writes. */
  readonly resultLength: number;
  /** If not given: one per core, at most 8. */
  readonly threads?: number | undefined;
  /** Called on the calling thread between tasks, some 200 times at most. An error in it stops the work. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

const mostThreads = 8;

/**
 * Does numbered tasks on all threads and returns when they are done: `resultLength` numbers per task, in the order of
 * the tasks, whichever thread did which. The calling thread works too, and does all where no other can start.
 *
 * @throws The error of the failed task with the lowest number, or what `onProgress` throws; MachineError if a thread ends in
 * the middle of a task.
 */
export function shareTasks<Input>(job: TaskJob<Input>, options: TaskOptions<Input>): Float64Array {
  const { input, taskCount, resultLength } = options;
  const table = openTable(taskCount, resultLength);
  const slots = Array.from({ length: countThreads(options) - 1 }, openFailureSlot);
  const threads = callTaskThreads(
    slots.map((slot) => ({ module: job.module, input, table, slot, atWork: openFlag() })),
  );
  const failures: TaskFailure[] = [];
  try {
    workAlong(job, options, { table, threads, onFailure: (task, error) => failures.push({ task, error }) });
  } catch (error) {
    // Others may be in the middle of a task that nobody waits for any more.
    stopTaskThreads(threads);
    throw error;
  }
  releaseTaskThreads(threads);
  const [first] = [...failures, ...slots.flatMap(readFailure)].sort((a, b) => a.task - b.task);
  if (first !== undefined) throw first.error;
  return table.results.slice();
}

function countThreads({ threads, taskCount }: TaskOptions<unknown>): number {
  // A task that shares out tasks of its own finds all threads busy.
  if (!isMainThread) return 1;
  return Math.max(1, Math.min(threads ?? Math.min(availableParallelism(), mostThreads), taskCount));
}

function openTable(taskCount: number, resultLength: number): TaskTable {
  const board = new Int32Array(new SharedArrayBuffer(boardLength * 4));
  const results = new Float64Array(new SharedArrayBuffer(taskCount * resultLength * 8));
  publishWork(board, taskCount);
  return { board, stopped: openFlag(), taskCount, resultLength, results };
}

function openFlag(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4));
}

/** The calling thread's share of the work, and the wait for the others. */
function workAlong<Input>(
  job: TaskJob<Input>,
  { input, taskCount, onProgress }: TaskOptions<Input>,
  {
    table,
    threads,
    onFailure,
  }: { readonly table: TaskTable; readonly threads: TaskThreads; readonly onFailure: OnFailure },
): void {
  const tell = tellSparingly(taskCount, onProgress);
  doTasks(table, job.open(input), { onFailure, afterTask: () => tell(completedUnits(table.board)) });
  waitForUnits(table.board, taskCount, () => checkTaskThreads(threads));
  tell(taskCount);
}
