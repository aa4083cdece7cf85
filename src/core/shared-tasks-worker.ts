import { isWorkLeft } from "./board.js";
import { type DoTask, doTasks, type TaskTable } from "./do-tasks.js";
import { type FailureSlot, writeFailure } from "./task-failure.js";

/** What a thread is told of a call of `shareTasks`. */
export interface TaskCall {
  readonly module: string;
  readonly input: unknown;
  readonly table: TaskTable;
  readonly slot: FailureSlot;
}

/** What a task's module exports. */
interface TaskModule {
  readonly openTask: (input: unknown) => DoTask;
}

/** Does tasks until none is left. */
export async function serve({ module, input, table, slot }: TaskCall): Promise<void> {
  try {
    const { openTask } = (await import(module)) as TaskModule;
    // A call that was over before this thread came needs nothing prepared.
    if (!isWorkLeft(table.board)) return;
    doTasks(table, openTask(input), { onFailure: (task, error) => writeFailure(slot, { task, error }) });
  } catch {
    // A thread that cannot begin leaves its share to the others: the caller meets the same error, if it is one of ours.
  }
}
