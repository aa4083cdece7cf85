import assert from "node:assert/strict";
import { test } from "node:test";
import { type CommHandler, createCommTable } from "#src/kernel/kernel-comms.js";

/** Answers with what it was sent. */
const echo: CommHandler = (data, reply) => reply({ heard: data });

function openTable(): { sent: unknown[]; receive: (type: string, content: object) => void; list: unknown } {
  const table = createCommTable(new Map([["echo", echo]]));
  const sent: unknown[] = [];
  return {
    sent,
    receive: (type, content) =>
      table.receive(type, content as Record<string, unknown>, (...message) => sent.push(message)),
    list: table.list,
  };
}

test("messages of an open comm reach the handler of its target, and its answers go back on the same comm", () => {
  const { sent, receive } = openTable();
  receive("comm_open", { comm_id: "a", target_name: "echo", data: {} });
  assert.deepEqual(sent, [], "opened without data");
  receive("comm_msg", { comm_id: "a", data: { kind: "x" } });
  receive("comm_open", { comm_id: "b", target_name: "echo", data: { first: 1 } });
  assert.deepEqual(sent, [
    ["comm_msg", { comm_id: "a", data: { heard: { kind: "x" } } }],
    ["comm_msg", { comm_id: "b", data: { heard: { first: 1 } } }],
  ]);
});

test("a comm that is closed or was never opened is answered with its end", () => {
  const { sent, receive } = openTable();
  receive("comm_open", { comm_id: "a", target_name: "echo", data: {} });
  receive("comm_close", { comm_id: "a", data: {} });
  receive("comm_msg", { comm_id: "a", data: { kind: "x" } });
  assert.deepEqual(sent, [["comm_close", { comm_id: "a", data: {} }]]);
});

test("open comms are listed, all or those of one target", () => {
  const table = createCommTable(new Map([["echo", echo]]));
  table.receive("comm_open", { comm_id: "a", target_name: "echo", data: {} }, () => undefined);
  assert.deepEqual(table.list(), { a: { target_name: "echo" } });
  assert.deepEqual(table.list("other"), {});
});

test("a handler that fails ends its comm, not the kernel", async () => {
  const fails: CommHandler = async () => {
    throw new Error("no");
  };
  const sent: unknown[] = [];
  const content = { comm_id: "a", target_name: "fails", data: { kind: "x" } };
  createCommTable(new Map([["fails", fails]])).receive("comm_open", content, (...message) =>
    sent.push(message),
  );
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(sent, [["comm_close", { comm_id: "a", data: {} }]]);
});
