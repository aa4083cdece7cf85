import { openSync } from "node:fs";
import { devNull } from "node:os";
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { gone, type ThreadCall, type WarmThreadData } from "./warm-threads.js";

/** How long a thread waits for its next call, in milliseconds. */
const patience = 5000;

/** Serves calls as they come. Between them the thread sleeps: only a call or the end of its patience wakes it. */
async function serveCalls({ calls, signOfLife }: WarmThreadData): Promise<void> {
  Atomics.store(signOfLife, 0, openSync(devNull, "r"));
  for (let served = 0; ; served++) {
    const isCalled = Atomics.wait(calls, 0, served, patience) !== "timed-out";
    if (!isCalled && Atomics.compareExchange(calls, 0, served, gone) === served) return;
    await serveNext();
  }
}

async function serveNext(): Promise<void> {
  const { module, data } = receiveMessageOnPort(parentPort!)!.message as ThreadCall;
  const { serve } = (await import(module)) as { serve: (data: unknown) => void | Promise<void> };
  await serve(data);
}

void serveCalls(workerData as WarmThreadData);
