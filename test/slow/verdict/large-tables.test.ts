import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createRandom } from "#src/core/random.js";
import { judgeSegments } from "#src/verdict/judge-segments.js";
import { drawTriangle } from "../../verdict/sets.js";

const program = fileURLToPath(new URL("../../../bin/segbook.js", import.meta.url));

/** 30,000 customers in four groups: searching and judging them takes a minute and more. */
function writeCustomers(file: string): void {
  const random = createRandom(3);
  const lines = Array.from({ length: 30_000 }, (_, i) =>
    [i, (i % 2) * 7 + random.normal(), ((i >> 1) % 2) * 7 + random.normal(), random.normal()].join(","),
  );
  writeFileSync(file, `customer_id,visits,spend,age\n${lines.join("\n")}\n`);
}

for (const seconds of [2, 15])
  test(`Ctrl-C after ${seconds} s of fit over 30,000 customers ends it within a second and leaves no file behind`, {
    timeout: 60_000,
  }, async (context) => {
    const folder = mkdtempSync(join(tmpdir(), "segbook-test-"));
    context.after(() => rmSync(folder, { recursive: true }));
    writeCustomers(join(folder, "customers.csv"));
    mkdirSync(join(folder, "temporary"));
    const words =
      "fit --input customers.csv --key customer_id --basis visits,spend,age --output definition.json";
    const child = spawn(process.execPath, [program, ...words.split(" ")], {
      cwd: folder,
      env: { ...process.env, TMPDIR: join(folder, "temporary") },
      stdio: ["ignore", "ignore", "inherit"],
    });
    await pause(1000 * seconds);
    assert.equal(child.exitCode, null);
    const begin = performance.now();
    child.kill("SIGINT");
    // A shell calls this end 130.
    const [, signal] = await once(child, "exit");
    assert.equal(signal, "SIGINT");
    assert.ok(performance.now() - begin < 1000, `${performance.now() - begin} ms`);
    assert.deepEqual(readdirSync(folder).sort(), ["customers.csv", "temporary"]);
    assert.deepEqual(readdirSync(join(folder, "temporary")), []);
  });

test("above 20,000 customers a sample drawn with the seed is judged, and the reason says so", {
  timeout: 300_000,
}, () => {
  const judged = judgeSegments(drawTriangle(20_400, 1, 7), { seed: 5, counts: [3, 3], thorough: true });
  assert.equal(judged.recommendedCount, 3);
  assert.equal(judged.verdict, "natural");
  assert.deepEqual([judged.judgedRows, judged.copies, judged.refits], [20_000, 199, 100]);
  assert.equal(new Set(judged.sample).size, 20_000);
  assert.match(judged.reason, /\. Judged on 20,000 of 20,400 customers, drawn with seed 5\.$/);
});
