import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { JsonObject } from "#src/notebook/notebook.js";
import { writeMade } from "../../notebook/made-notebook.js";
import {
  assertTidy,
  type BadRun,
  errorOf,
  printedBy,
  type RunBadOptions,
  runBad,
  workbookFolder,
} from "./bad-notebook.js";
import type { WatchedProcess } from "./watched-run.js";

/** The second of three cells: the first prints "before", the third "after". */
interface BadCell extends RunBadOptions {
  readonly title: string;
  readonly code: string;
  /** What the run says of the cell, and the cell itself. */
  readonly says: RegExp;
  /** More lines of the workbook. */
  readonly workbook?: string;
}

const shortTime = ["--timeout", "2"];

const fatal: readonly BadCell[] = [
  { title: "calls process.exit(3)", code: "process.exit(3)", says: /^KernelDied: .*process\.exit\(3\)/ },
  { title: "throws null", code: "throw null", says: /null/ },
  {
    title: "leaves a rejected promise that nobody awaits",
    code: 'Promise.reject(new RangeError("nobody waits")); 1',
    says: /^RangeError: nobody waits/,
  },
  { title: "never ends", code: "while (true) {}", words: shortTime, says: /^Timeout: .*longer than 2 s/ },
  {
    title: "never ends after an await",
    code: "await new Promise((done) => setTimeout(done, 100)); while (true) {}",
    words: shortTime,
    says: /^Timeout: .*longer than 2 s/,
  },
  {
    title: "awaits what never comes",
    code: "await new Promise(() => undefined)",
    words: shortTime,
    says: /^Timeout: .*longer than 2 s/,
  },
  {
    title: "has a worker that dies",
    code: `import { Worker } from "node:worker_threads";
new Worker('throw new RangeError("the worker failed")', { eval: true });
await new Promise((done) => setTimeout(done, 3000));`,
    says: /^RangeError: the worker failed/,
  },
  { title: "has a syntax error", code: "const = 1", says: /^CompileError: 1:7/ },
  {
    title: "imports a file with a type error",
    code: 'import { size } from "./sizes"; size',
    says: /^CompileError: .*sizes\.ts.*1:14.*not assignable to type 'number'/,
  },
  {
    title: "uses all the memory",
    code: "const all: number[][] = []; for (;;) all.push(new Array(100000).fill(1.5));",
    workbook: "kernel: { heapMegabytes: 256 }\n",
    says: /^KernelDied: .*memory.*256 MB/,
  },
  {
    title: "loses its kernel to a kill from outside",
    code: 'require("node:fs").writeFileSync("started", ""); while (true) {}',
    during: killWhileItRuns("kernel-evaluator"),
    says: /^KernelDied: .*SIGKILL/,
  },
  {
    title: "loses the process that speaks for its kernel to a kill from outside",
    code: 'require("node:fs").writeFileSync("started", ""); while (true) {}',
    during: killWhileItRuns("kernel-main"),
    says: /^KernelDied: .*SIGKILL/,
  },
];

for (const { title, code, says, workbook, ...options } of fatal)
  test(`a cell that ${title} ends the run by its name; what was before it is saved`, async (context) => {
    const folder = workbookFolder(context, workbook);
    writeFileSync(join(folder, "sizes.ts"), 'export const size: number = "many";\n');
    writeMade(folder, "bad.ipynb", ['console.log("before")', code, 'console.log("after")']);
    const run = await runBad(folder, options);
    assertTidy(run);
    assert.equal(run.exitCode, 1, run.errors);
    const said = /run: notebook bad, cell 2 failed: (.*)/.exec(run.errors)?.[1] ?? run.errors;
    assert.match(said, says);
    assert.equal(printedBy(run, "c1"), "before\n");
    assert.match(errorOf(run, "c2") ?? "no error in the cell", says);
    assert.deepEqual(run.cells.get("c3")?.outputs, []);
    assert.equal(run.cells.get("c3")?.execution_count, null);
  });

/** A cell that is unusual but good, or too much, and does not end the run. */
interface SurvivedCell {
  readonly title: string;
  readonly code: string;
  readonly check: (run: BadRun) => void;
}

const survived: readonly SurvivedCell[] = [
  {
    title: "prints 200,000 lines is complete",
    code: "for (let i = 0; i < 200_000; i++) console.log(i)",
    check: (run) =>
      assert.equal(printedBy(run, "c2"), Array.from({ length: 200_000 }, (_, i) => `${i}\n`).join("")),
  },
  {
    title: "makes 2,000 displays has all of them in order",
    code: 'import { display } from "tslab"; for (let i = 0; i < 2000; i++) display.text(String(i))',
    check: (run) =>
      assert.deepEqual(
        textsOf(run),
        Array.from({ length: 2000 }, (_, i) => `${i}`),
      ),
  },
  {
    title: "shows 100 MB of HTML says what was left out of the notebook",
    code: 'import { display } from "tslab"; display.html("<p>x</p>".repeat(12_500_000)); display.text("still here")',
    check: (run) => {
      const outputs = JSON.stringify(run.cells.get("c2")?.outputs);
      assert.ok(outputs.length < 25e6, `${outputs.length} bytes were kept`);
      assert.match(outputs, /left out/);
      assert.deepEqual(textsOf(run), ["still here"]);
    },
  },
  {
    title: "leaves a timer alive does not hold up the end",
    code: "setInterval(() => undefined, 1000); 1",
    check: (run) => assert.ok(run.seconds < 20, `it took ${run.seconds} s`),
  },
  {
    title: "lets a child process print shows what it printed",
    code: 'import { execSync } from "node:child_process"; execSync("echo from a child", { stdio: "inherit" })',
    check: (run) => assert.equal(printedBy(run, "c2"), "from a child\n"),
  },
];

for (const { title, code, check } of survived)
  test(`a cell that ${title}`, async (context) => {
    const folder = workbookFolder(context);
    writeMade(folder, "bad.ipynb", ['console.log("before")', code, 'console.log("after")']);
    const run = await runBad(folder);
    assertTidy(run);
    assert.equal(run.exitCode, 0, run.errors);
    assert.deepEqual([printedBy(run, "c1"), printedBy(run, "c3")], ["before\n", "after\n"]);
    check(run);
  });

function textsOf(run: BadRun): unknown[] {
  const outputs = run.cells.get("c2")?.outputs ?? [];
  return outputs
    .filter(({ output_type }) => output_type === "display_data")
    .map(({ data }) => (data as JsonObject)["text/plain"]);
}

/** Kills the kernel's process with this word in its command, once the second cell runs. */
function killWhileItRuns(word: string): (run: WatchedProcess, folder: string) => Promise<void> {
  return async (run, folder) => {
    while (!existsSync(join(folder, "started"))) await pause(50);
    const victims = run.processes().filter(({ command }) => command.includes(word));
    assert.equal(
      victims.length,
      1,
      `one process must be the ${word}, got ${JSON.stringify(run.processes())}`,
    );
    process.kill(victims[0]!.pid, "SIGKILL");
  };
}
