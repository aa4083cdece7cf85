import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";

const executorModule = JSON.stringify(import.meta.resolve("#src/evaluator/kernel-executor.js"));

/** A second thread ends what blocks the first one, and tells it to give the cell up. Node would miss the end of calls that it has counted. */
const watch = `
  import { Session } from "node:inspector";
  import { parentPort, workerData } from "node:worker_threads";
  const session = new Session();
  session.connectToMainThread();
  const expression = "process.binding('async_wrap').clearAsyncIdStack()";
  setInterval(() => {
    if (Atomics.compareExchange(workerData.blocked, 0, 1, 0) !== 1) return;
    session.post("Runtime.evaluate", { expression }, () => {
      session.post("Runtime.terminateExecution", () => parentPort.postMessage("give up"));
    });
  }, 10);`;

const main = (cells: readonly string[]): string => `
  import { Worker } from "node:worker_threads";
  import { createCodeExecutor } from ${executorModule};
  const executor = createCodeExecutor({ withDocumentation: false });
  const blocked = new Int32Array(new SharedArrayBuffer(4));
  globalThis.endSoon = () => Atomics.store(blocked, 0, 1);
  const worker = new Worker(new URL("data:text/javascript," + encodeURIComponent(${JSON.stringify(watch)})), { workerData: { blocked } });
  worker.on("message", executor.interrupt);
  const told = [];
  for (const code of ${JSON.stringify(cells)}) {
    const { error } = await executor.run(code, { name: "cell 1" });
    const { value } = await executor.run("reached", { name: "cell 2" });
    told.push([error?.ename, value[0]]);
  }
  process.stdout.write(JSON.stringify(told), () => process.exit(0));`;

test("code that was ended from another thread settles as interrupted and keeps what it reached", async () => {
  const cells = [
    "let reached = 1;\nend();\nwhile (true) {}\nconst unreached = 1;",
    "reached = 2;\nawait null;\nend();\nwhile (true) {}",
    "reached = 3;\nawait new Promise(() => setTimeout(() => { end(); while (true) {} }, 1));",
    "reached = 4;\ntry { end(); while (true) {} } catch { reached = 0; } finally { reached = 0; }",
    'reached = 5;\nend();\n/(a+)+$/.test("a".repeat(60) + "b");',
    "const reached = 6;\n[2, 1].sort(() => { end(); while (true) {} });",
  ].map((code) => code.replace("end()", "(globalThis as any).endSoon()"));
  const script = ["--no-deprecation", "--input-type=module", "--eval", main(cells)];
  const { stdout } = await promisify(execFile)(process.execPath, script, { timeout: 120_000 });
  assert.deepEqual(
    JSON.parse(stdout),
    cells.map((_, i) => ["Interrupted", i + 1]),
  );
});
