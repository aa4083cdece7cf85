import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { remember } from "#src/workbook/remember.js";
import { folderWith } from "../commands/segbook.js";

/** A program that remembers 42 after some time of work, and notes that it worked. */
function program(folder: string, milliseconds = 500): string[] {
  const module = pathToFileURL(resolve("dist/workbook/remember.js")).href;
  const code = `
    import { appendFileSync } from "node:fs";
    import { remember } from ${JSON.stringify(module)};
    const result = remember(${JSON.stringify(join(folder, "memory"))}, "work", { a: 1 }, () => {
      appendFileSync(${JSON.stringify(join(folder, "worked"))}, "x");
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${milliseconds});
      return 42;
    });
    process.stdout.write(String(result));`;
  return ["--input-type=module", "-e", code];
}

test("of processes that need the same result one computes and the others wait for it", async () => {
  const folder = folderWith({});
  const both = [1, 2, 3].map(() => spawn(process.execPath, program(folder), { stdio: "pipe" }));
  const said = await Promise.all(
    both.map(async (child) => {
      let text = "";
      child.stdout.on("data", (chunk) => (text += chunk));
      await once(child, "close");
      return text;
    }),
  );
  assert.deepEqual(said, ["42", "42", "42"]);
  assert.equal(readFileSync(join(folder, "worked"), "utf8"), "x");
  assert.equal(readdirSync(join(folder, "memory")).length, 1, "no lock is left");
});

test("nobody waits for a process that was killed at work", async () => {
  const folder = folderWith({});
  const child = spawn(process.execPath, program(folder, 60_000), { stdio: "ignore" });
  while (!readdirSync(folder).includes("worked")) await new Promise((next) => setTimeout(next, 20));
  child.kill("SIGKILL");
  await once(child, "close");
  const { stdout } = spawnSync(process.execPath, program(folder), { encoding: "utf8", timeout: 20_000 });
  assert.equal(stdout, "42");
  assert.equal(readFileSync(join(folder, "worked"), "utf8"), "xx");
});

test("a folder that cannot be written and a damaged file only cost the work", () => {
  const folder = folderWith({ file: "" });
  assert.equal(
    remember(join(folder, "file"), "work", 1, () => 7),
    7,
  );
  const memory = join(folder, "memory");
  let times = 0;
  const compute = (): number => ++times;
  assert.equal(remember(memory, "work", 1, compute), 1);
  assert.equal(remember(memory, "work", 1, compute), 1);
  const [left] = readdirSync(memory);
  writeFileSync(join(memory, left!), '{"half');
  assert.equal(remember(memory, "work", 1, compute), 2);
  assert.equal(remember(memory, "work", 1, compute), 2);
});
