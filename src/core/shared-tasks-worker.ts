import { isWorkLeft } from "./board.js";
import { type DoTask, doTasks, type TaskTable } from "./do-tasks.js";
import { internWords } from "./intern-words.js";
import { type FailureSlot, writeFailure } from "./task-failure.js";

/** What a thread is told of a call of `shareTasks`. */
export interface TaskCall {
  readonly module: string;
  readonly input: unknown;
  readonly table: TaskTable;
  readonly slot: FailureSlot;
  /** 1 while the thread may hold a task. */
  readonly atWork: Int32Array;
}

/** What a task's module exports. */
interface TaskModule {
  readonly openTask: (input: unknown) => DoTask;
}

/** Does tasks until none is left. */
export async function serve({ module, input, table, slot, atWork }: TaskCall): Promise<void> {
  try {
    const { openTask } = (await import(module)) as TaskModule;
    // A call that was over before this thread came needs nothing prepared.
    if (!isWorkLeft(table.board)) return;
    const doTask = openTask(internWords(input));
    Atomics.store(atWork, 0, 1);
    doTasks(table, doTask, { onFailure: (task, error) => writeFailure(slot, { task, error }) });
    Atomics.store(atWork, 0, 0);
  } catch {
    // A thread that cannot begin leaves its share to the others: the caller meets the same error, if it is one of ours.
  }
}
