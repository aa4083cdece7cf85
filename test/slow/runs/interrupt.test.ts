import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { createRandom } from "#src/core/random.js";
import { folderWith } from "../../commands/segbook.js";

test("Ctrl-C ends a long fit at once, with nothing half-written", { timeout: 60_000 }, async () => {
  const random = createRandom(1);
  const rows = Array.from(
    { length: 20_000 },
    (_, i) => `c${i},${random.next()},${random.next()},${random.next()}`,
  );
  const folder = folderWith({ "c.csv": `id,x,y,z\n${rows.join("\n")}\n` });
  const words = ["fit", "--input", "c.csv", "--key", "id", "--basis", "x,y,z", "--output", "d.json"];
  const fit = spawn(process.execPath, [resolve("bin/segbook.js"), ...words, "--starts", "5000"], {
    cwd: folder,
  });
  const ended = once(fit, "exit");
  await pause(4000);
  assert.equal(fit.exitCode, null, "the fit was over before it could be interrupted");
  const before = performance.now();
  fit.kill("SIGINT");
  const [code, signal] = await ended;
  assert.ok(performance.now() - before < 2000);
  assert.ok(code === 130 || signal === "SIGINT", `${code} ${signal}`);
  assert.deepEqual(readdirSync(folder), ["c.csv"]);
});
