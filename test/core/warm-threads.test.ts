import assert from "node:assert/strict";
import { test } from "node:test";
import { callThread, releaseThread, stopThread, type WarmThread } from "#src/core/warm-threads.js";

const module = new URL("./report-thread.js", import.meta.url).href;

function askThread(bytes = 4): { readonly thread: WarmThread; readonly id: number } {
  const answer = new Int32Array(new SharedArrayBuffer(4)).fill(-1);
  const thread = callThread({ module, data: answer }, { bytes });
  Atomics.wait(answer, 0, -1, 20_000);
  return { thread, id: answer[0]! };
}

test("a thread that was given back serves the next call", () => {
  const first = askThread();
  releaseThread(first.thread);
  const second = askThread();
  assert.ok(first.id > 0);
  assert.equal(second.id, first.id);
  const third = askThread();
  assert.notEqual(third.id, second.id);
  stopThread(second.thread);
  stopThread(third.thread);
});

test("a thread that may still hold much memory is not kept", () => {
  const first = askThread(2 ** 28);
  releaseThread(first.thread);
  const second = askThread();
  assert.notEqual(second.id, first.id);
  stopThread(second.thread);
});

test("a thread that has died is not called again", async () => {
  const { thread, id } = askThread();
  await thread.worker.terminate();
  releaseThread(thread);
  const next = askThread();
  assert.ok(next.id > 0);
  assert.notEqual(next.id, id);
  stopThread(next.thread);
});
