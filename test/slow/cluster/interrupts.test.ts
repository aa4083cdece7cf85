import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { printed, resultText, startFrontEnd, until } from "../../kernel/front-end.js";

/** Idle threads stay warm for five seconds. */
const threadsRest = 6000;

const clusters = "{ clusterCount: 8, seed: 1, threads: 2, starts: 40 }";

/** 10,000,000 rows × 8: ten overlapping groups, from a generator that takes a second or two. */
const makeMatrix = `
const values = new Float64Array(8e7);
for (let i = 0, state = 1; i < values.length; i++) {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  values[i] = ((i >> 3) % 10) * ((i & 7) % 3) * 0.1 + Math.round(state / 2 ** 12) / 2 ** 20;
}
const matrix = { rowCount: 1e7, columnCount: 8, columns: [..."abcdefgh"], values };`;

/** Megabytes resident and threads alive, once what can go has gone. */
const takeStock = `
require("node:v8").setFlagsFromString("--expose-gc");
const collect = require("node:vm").runInNewContext("gc");
for (let i = 0; i < 5; i++) { collect(); await new Promise((r) => setTimeout(r, 100)); }
JSON.stringify([process.memoryUsage.rss() / 1e6, require("node:fs").readdirSync("/proc/self/task").length])`;

test("Ctrl-C in a terminal ends a fit of 10,000,000 rows within a second", { timeout: 120_000 }, async () => {
  const code = `import { fitKMeans } from "#src/index.js";${makeMatrix}
console.log("on"); fitKMeans(matrix, ${clusters});`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  await pause(6000);
  const begin = performance.now();
  child.kill("SIGINT");
  const [, signal] = await once(child, "exit");
  assert.equal(signal, "SIGINT");
  assert.ok(performance.now() - begin < 1000, `${performance.now() - begin} ms`);
});

test("an interrupted cell and an error out of onProgress give back threads and memory of 10,000,000 rows", {
  timeout: 240_000,
}, async (context) => {
  const frontEnd = await startFrontEnd();
  context.after(() => frontEnd.close());
  const stock = async () =>
    JSON.parse(String(resultText(await frontEnd.execute(takeStock))).slice(1, -1)) as number[];
  await frontEnd.execute(`import { fitKMeans } from "segbook";${makeMatrix}`);
  await frontEnd.execute(
    "fitKMeans({ ...matrix, rowCount: 1000, values: values.slice(0, 8000) }, { clusterCount: 2, seed: 1, threads: 2 }).sizes",
  );
  await pause(threadsRest);
  const [before, threads] = await stock();

  const cell = frontEnd.send("execute_request", {
    code: `console.log("on"); fitKMeans(matrix, ${clusters})`,
  });
  await until(() => printed(cell) !== "");
  await pause(6000);
  const begin = performance.now();
  frontEnd.send("interrupt_request", {}, "control");
  await until(() => cell.reply !== undefined);
  assert.ok(performance.now() - begin < 1000, `${performance.now() - begin} ms`);
  assert.equal(cell.reply?.content.ename, "Interrupted");
  await pause(threadsRest);
  const [after, left] = await stock();
  assert.ok(after! < before! + 100, `${before} MB before, ${after} MB after`);
  assert.equal(left, threads);

  const failed = await frontEnd.execute(
    `fitKMeans(matrix, { ...${clusters}, onProgress() { throw new Error("enough"); } })`,
  );
  assert.equal(failed.reply?.content.ename, "Error");
  await pause(threadsRest);
  const [afterError, leftByError] = await stock();
  assert.ok(afterError! < before! + 100, `${before} MB before, ${afterError} MB after`);
  assert.equal(leftByError, threads);
});
