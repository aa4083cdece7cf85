import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readProcessStart } from "#src/core/is-alive.js";
import { createStagingFolder, discardStagingFolder, publishFolder } from "#src/runner/publish-folder.js";
import { scratchFolder } from "../notebook/made-notebook.js";

function writeRun(folder: string, words: string): void {
  writeFileSync(join(folder, "run.json"), words);
}

test("a finished folder takes the place of the last one, and nothing else is left", (context) => {
  const parent = scratchFolder(context);
  const final = join(parent, "report");
  for (const words of ["first", "second"]) {
    const staging = createStagingFolder(final);
    writeRun(staging, words);
    publishFolder(staging, final);
    assert.equal(readFileSync(join(final, "run.json"), "utf8"), words);
  }
  assert.deepEqual(readdirSync(parent), ["report"]);
});

test("a run that ends early leaves the last report as it was", (context) => {
  const parent = scratchFolder(context);
  const final = join(parent, "report");
  mkdirSync(final);
  writeRun(final, "good");
  const staging = createStagingFolder(final);
  writeRun(staging, "half");
  assert.equal(readFileSync(join(final, "run.json"), "utf8"), "good");
  discardStagingFolder(staging);
  assert.deepEqual(readdirSync(parent), ["report"]);
});

test("a run killed between the two renames is put back, and what it was writing is taken over", (context) => {
  const parent = scratchFolder(context);
  const final = join(parent, "report");
  mkdirSync(final);
  writeRun(final, "good");
  renameSync(final, join(parent, ".report.old"));
  mkdirSync(join(parent, ".report.new"));
  writeFileSync(join(parent, ".report.new", "half.txt"), "x");
  writeFileSync(join(parent, ".report.lock"), "999999999 1\n");
  const staging = createStagingFolder(final);
  assert.deepEqual(readdirSync(staging), ["run.json"]);
  discardStagingFolder(staging);
  assert.equal(readFileSync(join(final, "run.json"), "utf8"), "good");
  assert.deepEqual(readdirSync(parent), ["report"]);
});

test("a folder that another run is writing is refused with the number of its process", (context) => {
  const parent = scratchFolder(context);
  const final = join(parent, "report");
  const lock = join(parent, ".report.lock");
  const theirs = `${process.ppid} ${readProcessStart(process.ppid)}\n`;
  writeFileSync(lock, theirs);
  assert.throws(() => createStagingFolder(final), {
    name: "InputError",
    message: `run: output must be a folder that no other run is writing, got one that process ${process.ppid} writes at ${final}`,
  });
  assert.deepEqual([readdirSync(parent), readFileSync(lock, "utf8")], [[".report.lock"], theirs]);
});

test("two runs of one process do not share a folder either", (context) => {
  const final = join(scratchFolder(context), "report");
  const staging = createStagingFolder(final);
  assert.throws(() => createStagingFolder(final), {
    name: "InputError",
    message: /that this process writes/,
  });
  assert.ok(existsSync(staging));
  discardStagingFolder(staging);
  discardStagingFolder(createStagingFolder(final));
});

for (const [whose, number] of [
  ["another process that got the same number", process.ppid],
  ["a process of an earlier container that had our number", process.pid],
] as const) {
  test(`a lock of ${whose} is taken over`, (context) => {
    const parent = scratchFolder(context);
    writeFileSync(join(parent, ".report.lock"), `${number} 1\n`);
    discardStagingFolder(createStagingFolder(join(parent, "report")));
    assert.deepEqual(readdirSync(parent), []);
  });
}

test("a folder with other people's files is refused and stays", (context) => {
  const final = join(scratchFolder(context), "documents");
  mkdirSync(final);
  writeFileSync(join(final, "thesis.txt"), "x");
  assert.throws(() => createStagingFolder(final), {
    name: "InputError",
    message: /got one with other files at/,
  });
  assert.throws(() => publishFolder("none", final), { name: "InputError" });
  assert.ok(existsSync(join(final, "thesis.txt")));
});
