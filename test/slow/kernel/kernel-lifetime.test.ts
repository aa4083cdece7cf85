import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import {
  type Answer,
  contents,
  type FrontEnd,
  type FrontEndOptions,
  printed,
  resultText,
  startFrontEnd,
  until,
} from "../../kernel/front-end.js";
import { scratchFolder } from "../../notebook/made-notebook.js";

/** A kernel that ends with its test, however the test ends. */
async function startForTest(context: TestContext, options: FrontEndOptions = {}): Promise<FrontEnd> {
  const frontEnd = await startFrontEnd(options);
  context.after(() => frontEnd.close());
  return frontEnd;
}

/** A process that has ended may stay in the table until somebody asks how it ended. */
function isRunning(processId: number): boolean {
  const asked = spawnSync("ps", ["-o", "stat=", "-p", String(processId)], { encoding: "utf8" });
  const state = asked.stdout.trim();
  return state !== "" && !state.startsWith("Z");
}

/** The numbers of the process that runs the cells and of a program that a cell has started. */
async function processesOf(frontEnd: FrontEnd): Promise<[evaluator: number, program: number]> {
  const code = '[process.pid, require("child_process").spawn("sleep", ["60"]).pid].join()';
  const [evaluator, program] = String(resultText(await frontEnd.execute(code)))
    .slice(1, -1)
    .split(",");
  return [Number(evaluator), Number(program)];
}

/** A cell that is under way. */
async function startCell(frontEnd: FrontEnd, code: string): Promise<Answer> {
  const cell = frontEnd.send("execute_request", { code: `console.log("on");\n${code}` });
  await until(() => printed(cell) !== "");
  return cell;
}

function deathOf(cell: Answer): unknown {
  const [error, ...others] = contents(cell, "error");
  assert.deepEqual(others, []);
  assert.equal(error?.ename, "KernelDied");
  assert.equal(cell.reply?.content.evalue, error.evalue);
  return error.evalue;
}

test("process.exit in a cell is its error, after all that it printed, and the kernel ends with that code", async (context) => {
  const frontEnd = await startForTest(context);
  const cell = await frontEnd.execute(
    'for (let i = 0; i < 5000; i++) console.log("line " + i); process.exit(3)',
  );
  assert.equal(deathOf(cell), "the cell called process.exit(3)");
  assert.equal(printed(cell).trimEnd().split("\n").length, 5000);
  assert.equal(await frontEnd.exited, 3);
});

test("a cell that fills the heap of segbook.yaml is told so, and what it printed is kept", async (context) => {
  const folder = scratchFolder(context);
  writeFileSync(join(folder, "segbook.yaml"), "kernel:\n  heapMegabytes: 150\n");
  const frontEnd = await startForTest(context, { folder });
  const cell = await frontEnd.execute(
    'console.log("filling"); const kept: number[][] = []; while (true) kept.push(new Array(100_000).fill(0.5));',
  );
  assert.equal(deathOf(cell), "the cell used more memory than its heap of 150 MB");
  assert.equal(printed(cell), "filling\n");
  assert.equal(printed(cell, "stderr"), "", "no dump of addresses");
  assert.notEqual(await frontEnd.exited, 0);
});

test("a kill from outside is named, and ends what the cell had started", async (context) => {
  const frontEnd = await startForTest(context);
  const [evaluator, program] = await processesOf(frontEnd);
  const cell = await startCell(frontEnd, "while (true) {}");
  process.kill(evaluator, "SIGKILL");
  await until(() => cell.reply !== undefined);
  assert.equal(deathOf(cell), "the kernel was killed by SIGKILL");
  assert.equal(await frontEnd.exited, 1);
  assert.ok(!isRunning(program));
});

for (const code of ["while (true) {}", "await new Promise(() => {})"]) {
  test(`a kernel killed in ${JSON.stringify(code)} leaves no process and no meeting folder`, async (context) => {
    const frontEnd = await startForTest(context, { meetingPrefix: `segbook-kernel-${process.pid}-` });
    const processes = await processesOf(frontEnd);
    await startCell(frontEnd, code);
    frontEnd.kernel.kill("SIGKILL");
    await pause(1000);
    assert.deepEqual(processes.filter(isRunning), []);
    assert.ok(!existsSync(dirname(frontEnd.connectionFile)));
  });
}

test("a kernel asked to end says so and ends with everything, also amid a loop; a foreign connection file stays", async (context) => {
  const frontEnd = await startForTest(context);
  const processes = await processesOf(frontEnd);
  await startCell(frontEnd, "setInterval(() => {}, 1000); while (true) {}");
  const { reply } = await frontEnd.ask("shutdown_request", { restart: false }, "control");
  assert.deepEqual(reply?.content, { status: "ok", restart: false });
  assert.equal(await frontEnd.exited, 0);
  assert.deepEqual(processes.filter(isRunning), []);
  assert.ok(existsSync(frontEnd.connectionFile));
});

test("code that listens for the end of the process runs at the end of its kernel", async (context) => {
  const frontEnd = await startForTest(context);
  const file = join(scratchFolder(context), "goodbye.txt");
  const words = JSON.stringify(file);
  await frontEnd.execute(`process.on("exit", () => require("fs").writeFileSync(${words}, "goodbye")); 1`);
  await frontEnd.ask("shutdown_request", { restart: true });
  assert.equal(await frontEnd.exited, 0);
  assert.equal(readFileSync(file, "utf8"), "goodbye");
});

test("a kernel ends with the Jupyter server that started it", async (context) => {
  const server = spawn("sleep", ["60"]);
  context.after(() => server.kill("SIGKILL"));
  const frontEnd = await startForTest(context, { environment: { JPY_PARENT_PID: String(server.pid) } });
  const processes = await processesOf(frontEnd);
  server.kill("SIGKILL");
  assert.equal(await frontEnd.exited, 1);
  await pause(100);
  assert.deepEqual(processes.filter(isRunning), []);
});
