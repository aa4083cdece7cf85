import { threadId } from "node:worker_threads";

/** For warm threads to serve: says which thread it runs on. */
export function serve(answer: Int32Array): void {
  Atomics.store(answer, 0, threadId);
  Atomics.notify(answer, 0);
}
