import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { KernelMessage } from "#src/evaluator/kernel-message.js";
import type { ExecuteOptions, ExecuteOutcome } from "#src/runner/execute-code.js";
import { type Kernel, startKernel } from "#src/runner/kernel-client.js";
import { type MeetingPlace, makeMeetingPlace } from "#src/runner/meeting-place.js";
import { scratchFolder } from "../notebook/made-notebook.js";

const now = (): number => 0;
let kernel: Kernel;

before(async () => {
  kernel = await startKernel({ folder: "test", now });
});

after(() => kernel.shutdown());

/** A kernel that ends with its test, however the test ends. */
async function startForTest(context: { after: (end: () => Promise<void>) => void }): Promise<Kernel> {
  const started = await startKernel({ folder: "test", now });
  context.after(() => started.shutdown());
  return started;
}

interface Heard {
  readonly outcome: ExecuteOutcome;
  readonly messages: readonly KernelMessage[];
}

async function run(code: string, options: ExecuteOptions = {}, on: Kernel = kernel): Promise<Heard> {
  const messages: KernelMessage[] = [];
  const outcome = await on.execute(code, { onMessage: (message) => messages.push(message), ...options });
  return { outcome, messages };
}

function contents(heard: Heard, type: string): Record<string, unknown>[] {
  return heard.messages
    .filter(({ header }) => header.msg_type === type)
    .map(({ content }) => ({ ...content }));
}

function text(heard: Heard, name = "stdout"): string {
  const streams = contents(heard, "stream").filter((content) => content.name === name);
  return streams.map((content) => content.text).join("");
}

function errorOf(heard: Heard): [string, string] {
  assert.equal(heard.outcome.ended, "replied");
  const reply = heard.outcome.ended === "replied" ? heard.outcome.reply : {};
  assert.equal(reply.status, "error");
  const errors = contents(heard, "error");
  assert.equal(errors.length, 1, "exactly one error message");
  assert.deepEqual([reply.ename, reply.evalue], [errors[0]!.ename, errors[0]!.evalue]);
  return [String(reply.ename), String(reply.evalue)];
}

test("the value of the last expression arrives as util.inspect prints it, with the count of the cell", async () => {
  const heard = await run("[1, 2, 3]");
  const [input] = contents(heard, "execute_input");
  const [result] = contents(heard, "execute_result");
  assert.deepEqual(result?.data, { "text/plain": "[ 1, 2, 3 ]" });
  assert.equal(result?.execution_count, input?.execution_count);
});

test("10,000 lines printed in one cell arrive complete", async () => {
  const heard = await run('for (let i = 0; i < 10_000; i++) console.log("line " + i)');
  const lines = text(heard).trimEnd().split("\n");
  assert.equal(lines.length, 10_000);
  assert.equal(lines.at(-1), "line 9999");
  assert.ok(heard.outcome.ended === "replied" && heard.outcome.isComplete);
});

test("600 displays arrive complete and in order", async () => {
  const heard = await run(
    'import { display } from "tslab"; for (let i = 0; i < 600; i++) display.html(String(i));',
  );
  const shown = contents(heard, "display_data").map(
    ({ data }) => (data as Record<string, string>)["text/html"],
  );
  assert.deepEqual(
    shown,
    Array.from({ length: 600 }, (_, i) => String(i)),
  );
});

test("400 small cells lose neither output nor end", async () => {
  for (let i = 0; i < 40; i++) {
    const heard = await run("console.log(1); console.error(2); console.log(3)");
    assert.deepEqual([text(heard), text(heard, "stderr")], ["1\n3\n", "2\n"]);
    assert.ok(heard.outcome.ended === "replied" && heard.outcome.isComplete);
  }
});

const failing: readonly (readonly [string, string, string])[] = [
  ['throw new RangeError("too far")', "RangeError", "too far"],
  ["throw null", "Thrown", "null"],
  ["throw { a: 1 }", "Thrown", "{ a: 1 }"],
  ["const s: number = 'x'", "CompileError", "1:7 - Type 'string' is not assignable to type 'number'."],
  ["\n  zz", "CompileError", "2:3 - Cannot find name 'zz'."],
  ["if (", "CompileError", "1:5 - Expression expected."],
  ['Promise.reject(new Error("nobody waits")); 5', "Error", "nobody waits"],
  ['setTimeout(() => { throw new Error("in a timer") }, 0); 5', "Error", "in a timer"],
  ['await Promise.reject(new TypeError("awaited"))', "TypeError", "awaited"],
  [
    'import { x } from "no-such-package"',
    "CompileError",
    "1:19 - Cannot find module 'no-such-package' or its corresponding type declarations.",
  ],
  [
    'import { InputError } from "segbook"; throw new InputError("fitKMeans: no")',
    "InputError",
    "fitKMeans: no",
  ],
];

for (const [code, name, message] of failing) {
  test(`${JSON.stringify(code)} fails its cell as ${name}, and the next cell is not blank`, async () => {
    assert.deepEqual(errorOf(await run(code)), [name, message]);
    assert.equal(text(await run('console.log("next")')), "next\n");
  });
}

test("a traceback names the cell's functions and no folder of this machine", async () => {
  const heard = await run('function deep() { require("fs").readFileSync(process.cwd() + "/none") }\ndeep()');
  const [error] = contents(heard, "error");
  const lines = error?.traceback as string[];
  assert.match(lines.join("\n"), /at deep \(cell \d+, line 1\)/);
  assert.ok(!JSON.stringify(error).includes(process.cwd()), JSON.stringify(error));
});

test("an error in a timer that fires after its cell is reported as that cell's", async () => {
  const late: KernelMessage[] = [];
  await run('setTimeout(() => { console.log("late"); throw new Error("late") }, 60); 1', {
    onMessage: (message) => late.push(message),
  });
  const next = await run("await new Promise((resolve) => setTimeout(resolve, 150)); 2");
  assert.deepEqual(
    late.slice(-2).map(({ header }) => header.msg_type),
    ["stream", "error"],
  );
  assert.equal(text(next), "");
});

test("a busy loop and a wait without end are interrupted in time, and the kernel lives on", async () => {
  for (const code of ["while (true) {}", "await new Promise(() => {})"]) {
    const { outcome } = await run(code, { timeoutSeconds: 0.3 });
    assert.deepEqual(outcome, { ended: "timed-out", isKilled: false });
    assert.equal(text(await run("console.log(1)")), "1\n");
  }
});

test("a write to standard output calls back", async () => {
  const { outcome } = await run('await new Promise((done) => process.stdout.write("x", done))', {
    timeoutSeconds: 5,
  });
  assert.equal(outcome.ended, "replied");
});

test("a silent execution leaves no trace and no count", async () => {
  const [first] = contents(await run("1"), "execute_result");
  const heard = await run("console.log(5); 6", { silent: true });
  assert.deepEqual(heard.messages, []);
  const [second] = contents(await run("1"), "execute_result");
  assert.equal(Number(second?.execution_count), Number(first?.execution_count) + 1);
});

test("a parameter compared with a literal compiles when it is declared with its type", async () => {
  await run("const clusterCount: number = 5;");
  await run("const clusterCount: number = 6;");
  const heard = await run("clusterCount === 4 ? 'four' : 'other'");
  assert.deepEqual(contents(heard, "execute_result")[0]?.data, { "text/plain": "'other'" });
});

/** A process that has ended may stay in the table until somebody asks how it ended. */
function isRunning(pid: number): boolean {
  const state = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim();
  return state !== "" && !state.startsWith("Z");
}

/** Fails unless the process ends by itself within 5 seconds. */
async function waitUntilGone(pid: number): Promise<void> {
  for (let waited = 0; isRunning(pid) && waited < 5000; waited += 100) await pause(100);
  assert.ok(!isRunning(pid), "what the kernel started ends with it");
}

test("process.exit and a kill from outside are seen at once, and nothing is left behind", async (context) => {
  const other = await startForTest(context);
  const child = await run('require("child_process").spawn("sleep", ["60"]).pid', {}, other);
  const [result] = contents(child, "execute_result");
  const pid = Number((result!.data as Record<string, string>)["text/plain"]);
  const ended = run("await new Promise(() => {})", {}, other);
  process.kill(other.pid, "SIGKILL");
  const { outcome } = await ended;
  assert.ok(outcome.ended === "kernel-died" && outcome.exit.signal === "SIGKILL");
  await waitUntilGone(pid);

  const third = await startForTest(context);
  const exit = await run("process.exit(3)", {}, third);
  assert.deepEqual(errorOf(exit), ["KernelDied", "the cell called process.exit(3)"]);
  assert.equal((await third.exited).code, 3);
});

test("a kernel ends when it is asked to, also with a live timer, and leaves no file behind", async (context) => {
  // A temporary folder of its own: other kernels of this machine start and end meanwhile.
  const folder = mkdtempSync(join(tmpdir(), "segbook-test-"));
  const usual = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  context.after(() => {
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
    rmSync(folder, { recursive: true });
  });
  const other = await startForTest(context);
  await run("setInterval(() => {}, 1000); 1", {}, other);
  await other.shutdown();
  assert.deepEqual((await other.exited).code, 0);
  assert.deepEqual(readdirSync(folder), []);
});

for (const signal of ["SIGTERM", "SIGKILL"] as const) {
  test(`a busy kernel ends with the process that started it, also by ${signal}`, async (context) => {
    const script = join(scratchFolder(context), "starts-a-kernel.mjs");
    const code = [
      'import { startKernel } from "#src/runner/kernel-client.js";',
      'const kernel = await startKernel({ folder: ".", now: () => 0 });',
      "console.log(kernel.pid);",
      'await kernel.execute("while (true) {}");',
    ];
    writeFileSync(script, code.join("\n"));
    const parent = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
    const kernelPid = Number(await new Promise((resolve) => parent.stdout.once("data", resolve)));
    assert.ok(isRunning(kernelPid));
    parent.kill(signal);
    context.after(() => isRunning(kernelPid) && process.kill(kernelPid, "SIGKILL"));
    await waitUntilGone(kernelPid);
  });
}

test("a kernel whose port is taken is started again at another place", async (context) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  let places = 0;
  const makePlace = async (): Promise<MeetingPlace> => {
    const place = await makeMeetingPlace();
    if (places++ > 0) return place;
    const names = ["shell_port", "iopub_port", "control_port", "stdin_port", "hb_port"];
    const taken = Object.fromEntries(names.map((name) => [name, port]));
    const connection = { ...place.connection, transport: "tcp", ip: "127.0.0.1", ...taken };
    writeFileSync(place.path, JSON.stringify(connection));
    return { ...place, connection };
  };
  const other = await startKernel({ folder: "test", now, makePlace });
  await other.shutdown();
  assert.equal(places, 2);
});

test("a kernel that cannot start is told with its way to end and its last words", async (context) => {
  const makePlace = async (): Promise<MeetingPlace> => {
    const place = await makeMeetingPlace();
    context.after(() => assert.ok(!existsSync(place.path)));
    writeFileSync(place.path, "no JSON");
    return place;
  };
  await assert.rejects(startKernel({ folder: "test", now, makePlace }), {
    name: "MachineError",
    message: /^startKernel: the kernel must start, got exit code \d+ and the words ".+"$/s,
  });
  await assert.rejects(startKernel({ folder: "no-such-folder", now }), {
    name: "MachineError",
    message: /^startKernel: the kernel process must start, got /,
  });
});
