import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { createRandom } from "#src/core/random.js";
import { readNotebook } from "#src/notebook/notebook-file.js";
import type { Kernel } from "#src/runner/kernel-client.js";
import { createMask } from "#src/runner/mask-secrets.js";
import { type NotebookOutcome, runNotebook } from "#src/runner/run-notebook.js";
import { createNotebookSaver } from "#src/runner/save-notebook.js";
import { startKernelFor } from "#src/runner/starting-kernel.js";
import { type MadeCell, writeMade } from "../../notebook/made-notebook.js";
import { assertValidNotebook } from "../../notebook/notebook-schema.js";
import { assertNoneLeft, evaluatorOf } from "./marked-processes.js";

/** In all; SEGBOOK_STORM_MOMENTS asks for more. */
const moments = Number(process.env.SEGBOOK_STORM_MOMENTS ?? 60);
const skip = process.platform === "linux" ? false : "needs /proc";
const random = createRandom(4);
const now = (): number => 0;
const mark = "SEGBOOK_STORM";
/** Out of 20, each as often as it can be afforded: a kernel lives through the first two. */
const shares = { interrupt: 7, timeout: 6, speaker: 2, evaluator: 2, SIGINT: 1, SIGTERM: 1, SIGKILL: 1 };
type Kind = keyof typeof shares;
type RunnerSignal = Extract<Kind, NodeJS.Signals>;
const lots = Object.entries(shares).flatMap(([kind, share]) => Array<Kind>(share).fill(kind as Kind));

/** What a cell may be doing when it happens. */
const work: readonly string[] = [
  "while (true) {}",
  "await 1; for (;;) {}",
  "await new Promise(() => {})",
  "for (let i = 0; ; i++) if (i % 1e6 === 0) console.log(i)",
  "for (;;) await new Promise((done) => setTimeout(done, 1))",
  "for (;;) await null",
  'require("child_process").spawnSync("sleep", ["60"]); await new Promise(() => {})',
  'require("child_process").spawn("sleep", ["60"]); await new Promise(() => {})',
  'new (require("worker_threads").Worker)("setInterval(() => {}, 5)", { eval: true }); await new Promise(() => {})',
  "setInterval(() => console.log('tick'), 1); await new Promise(() => {})",
];

function cells(): MadeCell[] {
  return ["console.log('kept')", work[random.below(work.length)]!, "'never reached'"];
}

interface MarkedKernel {
  readonly kernel: Kernel;
  readonly name: string;
}

let kernels = 0;
const started: Kernel[] = [];

async function startMarked(folder: string): Promise<MarkedKernel> {
  const name = `kernel-${kernels++}`;
  const notebook = readNotebook(writeMade(folder, "empty.ipynb", []));
  const starting = startKernelFor(notebook, { folder, now, environment: new Map([[mark, name]]) });
  const kernel = await starting.kernel;
  started.push(kernel);
  return { kernel, name };
}

async function endMarked({ kernel, name }: MarkedKernel): Promise<void> {
  await kernel.shutdown();
  await assertNoneLeft(mark, name);
}

/** Runs a notebook; calls `onMoment` at a random moment of its first seconds. */
async function runStruck(
  folder: string,
  kernel: Kernel,
  { timeoutSeconds, onMoment }: { readonly timeoutSeconds: number; readonly onMoment: () => void },
): Promise<NotebookOutcome> {
  const executed = join(folder, "executed.ipynb");
  const saver = createNotebookSaver(executed);
  const timer = setTimeout(onMoment, random.next() * 600);
  const options = { kernel, now, timeoutSeconds, mask: createMask(), onCell: () => {}, save: saver.save };
  const outcome = await runNotebook(readNotebook(writeMade(folder, "a.ipynb", cells())), options);
  clearTimeout(timer);
  saver.finish();
  saver.stop();
  assertValidNotebook(executed);
  return outcome;
}

/** Work after whose interrupt a kernel answered no more and had to be killed: rare, but counted. */
const lost: string[] = [];

/** True if the kernel lives on. */
async function interruptSomehow(folder: string, kernel: Kernel, isTimeout: boolean): Promise<boolean> {
  // An interrupt may come before the cell that never ends.
  const timeoutSeconds = isTimeout ? 0.1 + random.next() * 0.5 : 1;
  const onMoment = isTimeout ? () => {} : () => void kernel.interrupt();
  const { failed } = await runStruck(folder, kernel, { timeoutSeconds, onMoment });
  assert.ok(["Interrupted", "Timeout"].includes(failed?.name ?? ""), JSON.stringify(failed));
  const before = readNotebook(join(folder, "a.ipynb")).cells[1]!.source;
  if (failed?.message.includes("killed")) return false;
  const check = await kernel.execute("40 + 2", { timeoutSeconds: 10 });
  if (check.ended === "timed-out") {
    lost.push(before);
    return false;
  }
  const isGood = check.ended === "replied" && check.reply.status === "ok";
  assert.ok(isGood, `after ${before}: ${JSON.stringify(check)}`);
  return true;
}

async function killKernel(folder: string, kernel: Kernel, isSpeaker: boolean): Promise<void> {
  const victim = isSpeaker ? kernel.pid : evaluatorOf(kernel.pid)!;
  const onMoment = (): void => void process.kill(victim, "SIGKILL");
  const { failed } = await runStruck(folder, kernel, { timeoutSeconds: 30, onMoment });
  assert.equal(failed?.name, "KernelDied", JSON.stringify(failed));
  assert.match(failed.message, /SIGKILL/);
}

/** Starts `segbook run` and ends it at a random moment of its first seconds. */
async function endRunner(folder: string, signal: RunnerSignal): Promise<void> {
  for (const name of ["01-a.ipynb", "02-b.ipynb"]) writeMade(folder, name, cells());
  const name = `runner-${kernels++}`;
  const words = ["run", "01-a.ipynb", "02-b.ipynb", "--output", "out", "--quiet"];
  const runner = spawn(process.execPath, [resolve("bin/segbook.js"), ...words], {
    cwd: folder,
    stdio: "ignore",
    env: { ...process.env, [mark]: name },
  });
  const ended = once(runner, "exit");
  await pause(random.next() * 4000);
  runner.kill(signal);
  const [code, endSignal] = await ended;
  const right = signal === "SIGINT" ? code === 130 || endSignal === "SIGINT" : endSignal === signal;
  assert.ok(right, `${signal}: ${code} ${endSignal}`);
  await assertNoneLeft(mark, name);
  assert.ok(!existsSync(join(folder, "out")), "a run that was ended is not published");
  const copies = join(folder, ".out.new", "notebooks");
  const saved = existsSync(copies) ? readdirSync(copies).filter((file) => file.endsWith(".ipynb")) : [];
  for (const file of saved) assertValidNotebook(join(copies, file));
}

/** One moment; returns the kernel if it lives on. */
async function strike(
  kind: Kind,
  folder: string,
  current: MarkedKernel | undefined,
): Promise<MarkedKernel | undefined> {
  if (kind === "SIGINT" || kind === "SIGTERM" || kind === "SIGKILL") {
    await endRunner(folder, kind);
    return current;
  }
  const marked = current ?? (await startMarked(folder));
  if (kind === "interrupt" || kind === "timeout") {
    if (await interruptSomehow(folder, marked.kernel, kind === "timeout")) return marked;
  } else {
    await killKernel(folder, marked.kernel, kind === "speaker");
  }
  await endMarked(marked);
  return undefined;
}

test(`${moments} interrupts, timeouts and kills at random moments leave no process, no broken file and no place behind`, {
  skip,
}, async (context) => {
  mkdirSync("build/scratch", { recursive: true });
  const folder = resolve(mkdtempSync("build/scratch/storm-"));
  const usual = process.env.TMPDIR;
  const temporary = mkdtempSync(join(tmpdir(), "segbook-storm-"));
  process.env.TMPDIR = temporary;
  context.after(async () => {
    // After a failure one may be left, and would keep this process waiting.
    await Promise.all(started.map((kernel) => kernel.shutdown()));
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
    for (const own of [folder, temporary]) rmSync(own, { recursive: true, force: true });
  });
  const counts = new Map<string, number>();
  let current: MarkedKernel | undefined;
  for (let moment = 0; moment < moments; moment++) {
    const kind = lots[random.below(lots.length)]!;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    try {
      current = await strike(kind, folder, current);
    } catch (error) {
      throw new Error(`moment ${moment}, ${kind}: ${(error as Error).message}`, { cause: error });
    }
  }
  if (current !== undefined) await endMarked(current);
  assert.deepEqual(readdirSync(temporary), []);
  context.diagnostic([...counts].map(([kind, count]) => `${kind} ${count}`).join(", "));
  context.diagnostic(`kernels lost after an interrupt: ${lost.length} ${JSON.stringify(lost)}`);
  assert.ok(
    lost.length <= Math.ceil(moments / 30),
    "an interrupt leaves the kernel alive but for rare cases",
  );
});
