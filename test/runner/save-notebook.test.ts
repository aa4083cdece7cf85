import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { Notebook } from "#src/notebook/notebook.js";
import { createNotebookSaver } from "#src/runner/save-notebook.js";
import { scratchFolder } from "../notebook/made-notebook.js";

const notebook = (source: string): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [{ cell_type: "markdown", id: "a", metadata: {}, source }],
});

test("the first save is at once, later ones wait until saving is a tenth of the time, and the last is whole", async () => {
  const written: string[] = [];
  const write = (_: string, text: string): void => {
    written.push(text);
    const until = performance.now() + 10;
    while (performance.now() < until);
  };
  const saver = createNotebookSaver("a.ipynb", { write });
  for (let i = 0; i < 50; i++) saver.save(() => notebook(`state ${i}.`));
  assert.equal(written.length, 1);
  await pause(200);
  assert.equal(written.length, 2, "what waits is saved without being asked again");
  assert.match(written[1]!, /state 49\./);
  saver.save(() => notebook("later"));
  saver.save(() => notebook("last"));
  saver.finish();
  saver.stop();
  assert.match(written.at(-1)!, /last/);
  assert.ok(written.length <= 4);
});

test("a cell that has not changed is not laid out again", () => {
  let reads = 0;
  const cell = { cell_type: "markdown" as const, id: "a", metadata: {}, source: "x" };
  Object.defineProperty(cell, "attachments", { enumerable: true, get: () => void reads++ });
  const saver = createNotebookSaver("a.ipynb", { write: () => undefined });
  const snapshot = (): Notebook => ({ ...notebook(""), cells: [cell] });
  saver.save(snapshot);
  const before = reads;
  saver.save(snapshot);
  saver.finish();
  saver.stop();
  assert.ok(before > 0);
  assert.equal(reads, before);
});

test("a save that fails is told to whoever saves next, and the file stays as it was", (context) => {
  const path = join(scratchFolder(context), "a.ipynb");
  let isFull = false;
  const write = (target: string, text: string): void => {
    if (isFull) throw new Error("the disk is full");
    writeFileSync(target, text);
  };
  const saver = createNotebookSaver(path, { write });
  saver.save(() => notebook("good"));
  isFull = true;
  assert.throws(() => {
    saver.save(() => notebook("lost"));
    saver.finish();
  }, /the disk is full/);
  saver.stop();
  assert.match(readFileSync(path, "utf8"), /good/);
});

test("a full disk leaves the copy that was there, nothing half-written, and says so", (context) => {
  const folder = scratchFolder(context);
  const disk = join(folder, "disk");
  mkdirSync(disk);
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "none", disk]);
  if (status !== 0) return context.skip("only root can make a small disk");
  try {
    const path = join(disk, "a.ipynb");
    const saver = createNotebookSaver(path);
    saver.save(() => notebook("good"));
    const message = `writeFileAtomic: the disk is full at ${path}`;
    assert.throws(
      () => {
        saver.save(() => notebook("x".repeat(100_000)));
        saver.finish();
      },
      { name: "MachineError", message },
    );
    saver.stop();
    assert.match(readFileSync(path, "utf8"), /good/);
    assert.deepEqual(readdirSync(disk), ["a.ipynb"]);
  } finally {
    spawnSync("umount", [disk]);
  }
});

for (const end of ["process.exit(0)", 'process.kill(process.pid, "SIGTERM")', 'throw new Error("ours")']) {
  test(`what waits to be saved is saved at our own end by ${end}`, (context) => {
    const folder = scratchFolder(context);
    const path = join(folder, "a.ipynb");
    const script = join(folder, "ends.mjs");
    const code = `
      import { createNotebookSaver } from "#src/runner/save-notebook.js";
      const notebook = (source) => ({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [{ cell_type: "markdown", id: "a", metadata: {}, source }] });
      const saver = createNotebookSaver(${JSON.stringify(path)});
      for (const source of ["first", "second", "third"]) saver.save(() => notebook(source));
      ${end};
      setInterval(() => {}, 1000);`;
    writeFileSync(script, code);
    spawnSync(process.execPath, [script], { timeout: 10_000 });
    assert.match(readFileSync(path, "utf8"), /third/);
  });
}
