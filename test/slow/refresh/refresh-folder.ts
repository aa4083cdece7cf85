import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { sha256 } from "#src/core/sha256.js";
import { latestState, readHistory } from "#src/refresh/history.js";

/** Every file of a folder and its SHA-256, by path; what is remembered beside a workbook is left out. */
export function filesOf(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !relative(folder, file).startsWith(".segbook"));
  return new Map(files.sort().map((file) => [relative(folder, file), sha256(readFileSync(file))]));
}

/** Names of files that were being written, anywhere in a folder. */
export function unfinishedIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.(part|lock|wal|tmp)\b/.test(name),
  );
}

/** Fails unless the history opens at one of the given states with all files of that state as they were; returns its name. */
export function assertOpens(
  history: string,
  states: ReadonlyMap<string, ReadonlyMap<string, string>>,
): string {
  const opened = readHistory(history);
  assert.ok(opened, "the history opens");
  const { name, folder } = latestState(opened);
  assert.deepEqual(filesOf(folder), states.get(name), `the state of ${name} is whole`);
  return name;
}
