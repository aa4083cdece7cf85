import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { InputError, MachineError } from "#src/core/errors.js";
import { fileError } from "#src/core/file-error.js";
import { checkWritable, writeFileAtomic } from "#src/core/write-atomic.js";

const folder = mkdtempSync(join(tmpdir(), "segbook-test-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const isRefused = (write: () => void, message: RegExp): void =>
  assert.throws(write, (error: Error) => error instanceof InputError && message.test(error.message));

test("a file is written whole, folders on the way are made, nothing else is left", () => {
  const path = join(folder, "deep", "er", "a.txt");
  writeFileAtomic(path, "first");
  writeFileAtomic(path, "second");
  assert.equal(readFileSync(path, "utf8"), "second");
  assert.deepEqual(readdirSync(join(folder, "deep", "er")), ["a.txt"]);
});

test("a folder, or a path through a file, is the user's to mend and leaves nothing behind", () => {
  mkdirSync(join(folder, "taken"));
  writeFileSync(join(folder, "file"), "");
  const before = readdirSync(folder).sort();
  isRefused(() => writeFileAtomic(join(folder, "taken"), "x"), /must name a file.*got a folder at .*taken/);
  isRefused(() => writeFileAtomic(join(folder, "file", "x"), "x"), /got a file where a folder is due/);
  isRefused(
    () => checkWritable("fit", "--output", join(folder, "taken")),
    /^fit: --output must .*got a folder/,
  );
  isRefused(
    () => checkWritable("fit", "--output", join(folder, "file", "x")),
    /got a file where a folder is due/,
  );
  checkWritable("fit", "--output", join(folder, "not", "there", "yet.json"));
  assert.deepEqual(readdirSync(folder).sort(), before);
});

test("no permission is the user's fault, a full disk the machine's, and a mistake of ours stays one", () => {
  const about = { caller: "fit", requirement: "path must be written", path: "d.json" };
  const systemError = (code: string): Error => Object.assign(new Error(code), { code, syscall: "open" });
  const refused = fileError(systemError("EACCES"), about) as Error;
  assert.ok(refused instanceof InputError);
  assert.equal(refused.message, "fit: path must be written, got no permission at d.json");
  const full = fileError(systemError("ENOSPC"), about) as Error;
  assert.ok(full instanceof MachineError);
  assert.equal(full.message, "fit: the disk is full at d.json");
  const ours = new TypeError("x is undefined");
  assert.equal(fileError(ours, about), ours);
});
