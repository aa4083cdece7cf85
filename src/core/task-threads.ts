import { Worker } from "node:worker_threads";
import { codeEnded } from "./code-ended.js";

/** Threads stay open for the next call, for starting one takes longer than most calls. */
const idleMilliseconds = 5000;

let open: Worker[] = [];
let timer: NodeJS.Timeout | undefined;

/** So many threads, waiting or about to start; fewer where the machine gives no more. */
export function openTaskThreads(count: number): readonly Worker[] {
  // Code that is ended from outside runs no `finally`, so nobody closes what it opened.
  codeEnded.unsubscribe(closeTaskThreads);
  codeEnded.subscribe(closeTaskThreads);
  while (open.length < count) {
    const worker = startThread();
    if (worker === undefined) break;
    open.push(worker);
  }
  closeWhenIdle();
  return open.slice(0, count);
}

/** Stops all threads, whatever they do. */
export function closeTaskThreads(): void {
  for (const worker of open) void worker.terminate();
  open = [];
  clearTimeout(timer);
  timer = undefined;
  codeEnded.unsubscribe(closeTaskThreads);
}

/** Lets the threads go unless another call comes soon. */
function closeWhenIdle(): void {
  timer ??= setTimeout(closeTaskThreads, idleMilliseconds).unref();
  timer.refresh();
}

function startThread(): Worker | undefined {
  try {
    const worker = new Worker(new URL("./shared-tasks-worker.js", import.meta.url), { execArgv: [] });
    const forget = () => {
      open = open.filter((one) => one !== worker);
    };
    worker.on("error", forget).on("exit", forget).unref();
    return worker;
  } catch {
    return undefined;
  }
}
