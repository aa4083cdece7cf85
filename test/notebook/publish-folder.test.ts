import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createStagingFolder, discardStagingFolder, publishFolder } from "#src/notebook/publish-folder.js";
import { scratchFolder } from "./made-notebook.js";

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

test("a run killed between the two renames is put back, and folders of dead runs are removed", (context) => {
  const parent = scratchFolder(context);
  const final = join(parent, "report");
  mkdirSync(final);
  writeRun(final, "good");
  renameSync(final, join(parent, ".report.old"));
  mkdirSync(join(parent, ".report.new-999999999"));
  discardStagingFolder(createStagingFolder(final));
  assert.equal(readFileSync(join(final, "run.json"), "utf8"), "good");
  assert.deepEqual(readdirSync(parent), ["report"]);
});

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
