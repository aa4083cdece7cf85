import { parentPort } from "node:worker_threads";
import { isWorkLeft } from "./board.js";
import { type DoTask, doTasks } from "./do-tasks.js";
import { describeFailure, type TaskMessage } from "./task-message.js";

/** What a task's module exports. */
interface TaskModule {
  readonly openTask: (input: unknown) => DoTask;
}

parentPort!.on("message", ({ module, input, table, failures }: TaskMessage) => {
  const onFailure = (task: number, error: unknown) => failures.postMessage(describeFailure(task, error));
  const work = ({ openTask }: TaskModule) => {
    // A call that was over before this thread came needs nothing prepared.
    if (isWorkLeft(table.board)) doTasks(table, openTask(input), { onFailure });
  };
  // A thread that cannot begin leaves its share to the others: the caller meets the same error, if it is one of ours.
  import(module)
    .then(work)
    .catch(() => undefined)
    .finally(() => failures.close());
});
