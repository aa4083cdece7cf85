import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import {
  type Answer,
  contents,
  type FrontEnd,
  kinds,
  printed,
  resultText,
  startFrontEnd,
  until,
} from "./front-end.js";

let frontEnd: FrontEnd;

before(async () => {
  frontEnd = await startFrontEnd();
});

after(() => frontEnd.close());

const run = (code: string, options: Readonly<Record<string, unknown>> = {}): Promise<Answer> =>
  frontEnd.execute(code, options);

/** Starts a cell and waits until it says that it is under way. */
async function startCell(code: string): Promise<Answer> {
  const cell = frontEnd.send("execute_request", { code: `console.log("on");\n${code}` });
  await until(() => printed(cell) !== "");
  return cell;
}

async function interrupt(cell: Answer): Promise<void> {
  const { reply } = await frontEnd.ask("interrupt_request", {}, "control");
  assert.equal(reply?.content.status, "ok");
  await until(() => cell.reply !== undefined);
}

test("a kernel says on both channels which language and compiler it speaks", async () => {
  const path = "node_modules/@tslab/typescript-for-tslab/package.json";
  const { version } = JSON.parse(readFileSync(path, "utf8"));
  for (const channel of ["shell", "control"] as const) {
    const { reply } = await frontEnd.ask("kernel_info_request", {}, channel);
    assert.equal(reply?.header.msg_type, "kernel_info_reply");
    assert.equal(reply.content.status, "ok");
    assert.equal(reply.content.protocol_version, "5.4");
    assert.deepEqual((reply.content.language_info as { version: string }).version, version);
  }
});

test("a cell's messages come in order: busy, its input, its prints, its value, idle", async () => {
  const cell = await run('console.log("a"); console.error("b"); 5');
  assert.deepEqual(kinds(cell), ["busy", "execute_input", "stream", "stream", "execute_result", "idle"]);
  assert.equal(cell.reply?.header.msg_type, "execute_reply");
  assert.deepEqual(cell.reply?.content.payload, []);
});

test("an error is one message with name, value and traceback, and the reply says the same", async () => {
  const cell = await run('throw new RangeError("too far")');
  const [error] = contents(cell, "error");
  assert.deepEqual(kinds(cell), ["busy", "execute_input", "error", "idle"]);
  const { ename, evalue, traceback } = cell.reply?.content ?? {};
  assert.deepEqual({ ename, evalue, traceback }, error);
  assert.deepEqual([ename, evalue], ["RangeError", "too far"]);
});

test("after an error the cells that wait are aborted, unless the cell says that they may go on", async () => {
  for (const [stop, status] of [
    [true, "aborted"],
    [false, "ok"],
  ] as const) {
    const failing = frontEnd.send("execute_request", { code: "throw 1", stop_on_error: stop });
    const next = frontEnd.send("execute_request", { code: "1" });
    const info = frontEnd.send("is_complete_request", { code: "1" });
    await until(() => [failing, next, info].every(({ reply }) => reply !== undefined));
    assert.equal(next.reply?.content.status, status);
    assert.equal(info.reply?.content.status, "complete", "only cells are aborted");
  }
  assert.equal((await run("2")).reply?.content.status, "ok", "a cell that comes later runs");
});

test("a silent cell publishes nothing and does not count; one without history counts as little", async () => {
  const before = Number((await run("1")).reply?.content.execution_count);
  assert.deepEqual(kinds(await run("console.log(1); 2", { silent: true })), ["busy", "idle"]);
  assert.deepEqual(kinds(await run("throw 1", { silent: true, stop_on_error: false })), ["busy", "idle"]);
  assert.equal(resultText(await run("3", { store_history: false })), "3");
  assert.equal(Number((await run("1")).reply?.content.execution_count), before + 1);
});

test("expressions of a request are evaluated after its cell, each to its value or its error", async () => {
  const { reply } = await run("const size = 4", {
    user_expressions: { twice: "size * 2", none: "missing", object: "{ size }" },
  });
  const found = reply?.content.user_expressions as Record<string, Record<string, unknown>>;
  assert.deepEqual(found.twice, { status: "ok", data: { "text/plain": "8" }, metadata: {} });
  assert.deepEqual(found.object?.data, { "text/plain": "{ size: 4 }" });
  assert.equal(found.none?.status, "error");
  assert.equal(found.none?.ename, "CompileError");
});

test("history finds cells of this session by count, by place and by pattern", async () => {
  const marked = Number((await run("const marked = 1; marked")).reply?.content.execution_count);
  await run("const other = 2");
  await run("const marked = 1; marked");
  const find = async (content: Readonly<Record<string, unknown>>): Promise<unknown> =>
    (await frontEnd.ask("history_request", { raw: true, output: false, ...content })).reply?.content.history;
  assert.deepEqual(await find({ hist_access_type: "tail", n: 1 }), [
    [1, marked + 2, "const marked = 1; marked"],
  ]);
  assert.deepEqual(
    await find({ hist_access_type: "range", session: 0, start: marked + 1, stop: marked + 2 }),
    [[1, marked + 1, "const other = 2"]],
  );
  const search = { hist_access_type: "search", pattern: "const mark?d*" };
  assert.deepEqual(
    ((await find(search)) as unknown[][]).map(([, line]) => line),
    [marked, marked + 2],
  );
  assert.deepEqual(await find({ ...search, unique: true, output: true }), [
    [1, marked + 2, ["const marked = 1; marked", "1"]],
  ]);
});

test("a comm for a target that nobody knows is closed", async () => {
  const opened = await frontEnd.ask("comm_open", { comm_id: "c1", target_name: "nobody", data: {} });
  assert.deepEqual(contents(opened, "comm_close"), [{ comm_id: "c1", data: {} }]);
  const { reply } = await frontEnd.ask("comm_info_request", {});
  assert.equal(reply?.header.msg_type, "comm_info_reply");
  assert.deepEqual(reply.content, { status: "ok", comms: {} });
});

test("an unknown request, a wrong signature and frames that are no message harm nobody", async () => {
  const unknown = frontEnd.send("debug_request");
  await until(() => kinds(unknown).includes("idle"));
  await frontEnd.sendRaw([Buffer.from("<IDS|MSG>"), Buffer.from("no signature")]);
  await frontEnd.sendRaw(
    ["<IDS|MSG>", "0".repeat(64), "{}", "{}", "{}", "{}"].map((part) => Buffer.from(part)),
  );
  assert.equal(resultText(await run("1")), "1");
});

test("code completion, documentation and completeness are answered without running anything", async () => {
  await run("const customers = [1, 2]");
  const asked = { code: "customers.len", cursor_pos: 13 };
  assert.deepEqual((await frontEnd.ask("complete_request", asked)).reply?.content.matches, ["length"]);
  const inspected = await frontEnd.ask("inspect_request", {
    code: "customers",
    cursor_pos: 3,
    detail_level: 0,
  });
  assert.equal(inspected.reply?.content.found, true);
  const open = await frontEnd.ask("is_complete_request", { code: "if (true) {" });
  assert.equal(open.reply?.content.status, "incomplete");
});

test("a cell clears its output, and updates what it has shown", async () => {
  const cell = await run(`import { newDisplay } from "tslab";
    const shown = newDisplay(); shown.html("<b>1</b>"); shown.html("<b>2</b>");
    require("tslab/dist/jupyter.js").lastWriteDisplayData.clear(true);`);
  assert.deepEqual(kinds(cell).slice(2, -1), ["display_data", "update_display_data", "clear_output"]);
  assert.deepEqual(contents(cell, "clear_output"), [{ wait: true }]);
});

test("what a timer prints or throws after its cell belongs to that cell", async () => {
  const late = await run('setTimeout(() => { console.log("late"); throw new Error("late") }, 60); 1');
  const next = await run("await new Promise((resolve) => setTimeout(resolve, 200)); console.log(2)");
  assert.deepEqual([printed(late), printed(next)], ["late\n", "2\n"]);
  assert.deepEqual(contents(late, "error")[0]?.evalue, "late");
  assert.equal(next.reply?.content.status, "ok");
});

test("what child processes and native code write appears in the running cell", async () => {
  const cell = await run(`require("child_process").execSync("echo out; echo err >&2", { stdio: "inherit" });
    require("fs").writeSync(1, "raw\\n");`);
  assert.deepEqual([printed(cell), printed(cell, "stderr")], ["out\nraw\n", "err\n"]);
});

test("200,000 printed lines arrive complete and in few messages", async () => {
  const cell = await run('for (let i = 0; i < 200_000; i++) console.log("line " + i)');
  const lines = printed(cell).trimEnd().split("\n");
  assert.deepEqual([lines.length, lines[0], lines.at(-1)], [200_000, "line 0", "line 199999"]);
  assert.ok(contents(cell, "stream").length < 1000);
});

test("an output of 100 MB arrives whole", async () => {
  const cell = await run('import { display } from "tslab"; display.html("x".repeat(100_000_000))');
  const [shown] = contents(cell, "display_data");
  assert.equal((shown!.data as Record<string, string>)["text/html"]!.length, 100_000_000);
});

test("a kernel that computes answers its heart, its channels and comms, and tells that it is busy again", async () => {
  const cell = await startCell("while (true) {}");
  assert.ok((await frontEnd.beat()) < 1000);
  const info = await frontEnd.ask("kernel_info_request");
  assert.equal(info.reply?.content.status, "ok");
  assert.equal((await frontEnd.ask("comm_info_request")).reply?.content.status, "ok");
  assert.equal(kinds(cell).at(-1), "busy", "the last state that a front end hears is that of the cell");
  await interrupt(cell);
});

const endless: readonly (readonly [string, string])[] = [
  ["a loop", "while (true) {}"],
  ["a loop after an await", "await new Promise((r) => setTimeout(r, 5)); while (true) {}"],
  ["a loop in a timer", "setTimeout(() => { while (true) {} }, 5); await new Promise(() => {})"],
  ["a loop of awaits", "while (true) await null"],
  ["an await without end", "await new Promise(() => {})"],
  ["a thread that sleeps", "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)"],
  ["a regular expression", '/^(a+)+$/.test("a".repeat(40) + "b")'],
  ["a program that it waits for", 'require("child_process").execFileSync("sleep", ["60"])'],
  ["a loop that prints", 'while (true) console.log("again")'],
];

for (const [what, code] of endless) {
  test(`${what} is interrupted, and the kernel keeps its variables`, async () => {
    await run("const kept = 6");
    const cell = await startCell(code);
    await pause(20);
    await interrupt(cell);
    assert.equal(cell.reply?.content.ename, "Interrupted");
    assert.equal(contents(cell, "error").length, 1);
    assert.equal(resultText(await run("kept")), "6");
  });
}

test("an interrupt of a kernel at rest, or before its cell has begun, does no harm", async () => {
  await frontEnd.ask("interrupt_request", {}, "control");
  assert.equal(resultText(await run("1")), "1");
  const cell = frontEnd.send("execute_request", { code: "await new Promise(() => {})" });
  await until(() => kinds(cell).includes("execute_input"));
  await interrupt(cell);
  assert.equal(cell.reply?.content.ename, "Interrupted");
  assert.equal(resultText(await run("1")), "1");
});

test("a loop in a timer of an earlier cell is ended by an interrupt, and the cell that waited for it runs", async () => {
  await run("setTimeout(() => { while (true) {} }, 20); 1");
  await pause(60);
  const next = frontEnd.send("execute_request", { code: "1 + 1" });
  await until(() => kinds(next).includes("execute_input"));
  await interrupt(next);
  assert.equal(resultText(await run("2 + 2")), "4");
});
