import assert from "node:assert/strict";
import { test } from "node:test";
import { createFrameReader, encodeFrame, type ReportHead } from "#src/evaluator/kernel-frames.js";
import { createStreamBuffer } from "#src/evaluator/stream-buffer.js";

const sent: readonly (readonly [ReportHead, string])[] = [
  [{ kind: "stream", cell: 1, name: "stdout" }, "größer\n"],
  [{ kind: "answer", id: 2 }, ""],
  [{ kind: "publish", cell: 1, type: "display_data" }, JSON.stringify({ text: "x".repeat(1000) })],
  [{ kind: "outcome", cell: 1 }, "{}"],
];

test("frames that arrive in pieces of any size are the same", () => {
  const bytes = Buffer.concat(sent.flatMap(([head, body]) => encodeFrame(head, body)));
  for (const size of [1, 3, 8, 100, bytes.length]) {
    const read: [ReportHead, string][] = [];
    const take = createFrameReader<ReportHead>(({ head, body }) =>
      read.push([head, Buffer.from(body).toString("utf8")]),
    );
    for (let start = 0; start < bytes.length; start += size) take(bytes.subarray(start, start + size));
    assert.deepEqual(read, sent, `pieces of ${size} bytes`);
  }
});

test("text of one cell and stream travels together, and never after what came later", () => {
  const messages: [number, string, string][] = [];
  const buffer = createStreamBuffer((...message) => messages.push(message));
  buffer.add(1, "stdout", "a");
  buffer.add(1, "stdout", "b");
  buffer.add(1, "stderr", "c");
  buffer.add(2, "stderr", "d");
  buffer.flush();
  buffer.add(2, "stdout", "e".repeat(1 << 16));
  assert.deepEqual(messages, [
    [1, "stdout", "ab"],
    [1, "stderr", "c"],
    [2, "stderr", "d"],
    [2, "stdout", "e".repeat(1 << 16)],
  ]);
});
