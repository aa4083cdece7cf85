import assert from "node:assert/strict";
import { test } from "node:test";
import { createHeader, decodeMessage, encodeMessage } from "#src/evaluator/kernel-message.js";
import { createSendQueue } from "#src/kernel/send-queue.js";

const header = createHeader("execute_request", "session", 0);
const message = { identities: [Buffer.from("a"), Buffer.from([0, 1])], header, content: { code: "ü" } };

test("a message that is signed and read again is the same, after any number of routing frames", () => {
  for (const identities of [[], message.identities]) {
    const read = decodeMessage(encodeMessage({ ...message, identities }, "key"), "key");
    assert.deepEqual(read, { ...message, identities, parent: undefined });
  }
});

test("a message with another key, a changed part or a missing part is refused", () => {
  const frames = encodeMessage(message, "key");
  assert.throws(() => decodeMessage(frames, "other"), { name: "MachineError" });
  assert.throws(() => decodeMessage([...frames.slice(0, -1), Buffer.from("{}")], "key"), {
    name: "MachineError",
  });
  assert.throws(() => decodeMessage(frames.slice(0, -1), "key"), { name: "MachineError" });
  assert.throws(() => decodeMessage([], "key"), { name: "MachineError" });
});

test("a socket that takes one send at a time gets every message in order", async () => {
  const sent: number[] = [];
  let isBusy = false;
  const queue = createSendQueue({
    send: async ([frame]) => {
      assert.ok(!isBusy);
      isBusy = true;
      await new Promise((resolve) => setImmediate(resolve));
      isBusy = false;
      sent.push(frame![0]!);
    },
  });
  const numbers = Array.from({ length: 50 }, (_, i) => i);
  for (const i of numbers.slice(0, 30)) queue.send([Uint8Array.of(i)]);
  await queue.settle();
  for (const i of numbers.slice(30)) queue.send([Uint8Array.of(i)]);
  await queue.settle();
  assert.deepEqual(sent, numbers);
});
