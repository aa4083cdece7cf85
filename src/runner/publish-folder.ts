import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { InputError, MachineError } from "../core/errors.js";
import { fileError } from "../core/file-error.js";
import { lockFolder, unlockFolder } from "../core/folder-lock.js";

const runMark = "run.json";
const stagingEnd = ".new";

/**
 * A folder beside `final` that holds nothing but the mark of a run, an empty `run.json`: to be filled and then given to {@link publishFolder} or {@link discardStagingFolder}; meanwhile no
 * other process gets it. Its name is always the same, since notebooks may show it. What a killed run left half swapped is put back
 * first, so that the last good result is in place while the new one is made.
 * @throws {@link InputError} if `final` holds files that no run wrote (publishing would remove them), or another run is writing it.
 */
export function createStagingFolder(final: string): string {
  const target = resolve(final);
  const staging = join(dirname(target), `.${basename(target)}${stagingEnd}`);
  let isOurs = false;
  try {
    mkdirSync(dirname(target), { recursive: true });
    const writer = lockFolder(target);
    if (writer !== undefined) throw writtenElsewhere(writer, final);
    isOurs = true;
    recoverFolder(target);
    checkReplaceable(target, final);
    rmSync(staging, { recursive: true, force: true });
    mkdirSync(staging);
    // Now, when there is room: a disk that is full later must not leave a folder that no run may replace.
    writeFileSync(join(staging, runMark), "{}\n");
  } catch (error) {
    if (isOurs) unlockFolder(target);
    const requirement = "output must name a folder that can be written";
    throw fileError(error, { caller: "run", requirement, path: final });
  }
  return staging;
}

/**
 * Puts a finished folder in the place of `final`: the old one is renamed away, the new one renamed in, the old
 * one removed. A run killed at any moment leaves the old or the new folder whole, in place or put back by the
 * next {@link createStagingFolder}.
 * @param staging - As {@link createStagingFolder} made it, for this folder or another one beside it.
 * @throws {@link InputError} if `final` holds files that no run wrote.
 */
export function publishFolder(staging: string, final: string): void {
  const target = resolve(final);
  recoverFolder(target);
  checkReplaceable(target, final);
  const old = oldName(target);
  if (existsSync(target)) renameSync(target, old);
  renameSync(staging, target);
  rmSync(old, { recursive: true, force: true });
  unlockFolder(targetOf(staging));
}

/** When the machine gives up, what it has saved of a run is put beside the last good one, as that of a run that failed. */
export function keepWhatIsSaved(
  error: unknown,
  { staging, output }: { readonly staging: string; readonly output: string },
): void {
  if (error instanceof MachineError && readdirSync(staging).length > 1)
    publishFolder(staging, `${output}-failed`);
}

/** Removes a staging folder that will not be published; does nothing if it has been. */
export function discardStagingFolder(staging: string): void {
  rmSync(staging, { recursive: true, force: true });
  unlockFolder(targetOf(staging));
}

function writtenElsewhere(writer: number, asGiven: string): InputError {
  const who = writer === process.pid ? "this process" : `process ${writer}`;
  return new InputError(
    `run: output must be a folder that no other run is writing, got one that ${who} writes at ${asGiven}`,
  );
}

function targetOf(staging: string): string {
  return join(dirname(staging), basename(staging).slice(1, -stagingEnd.length));
}

function checkReplaceable(target: string, asGiven: string): void {
  if (!existsSync(target)) return;
  const entries = readdirSync(target);
  if (entries.length === 0 || entries.includes(runMark)) return;
  throw new InputError(
    `run: output must be a new folder, an empty one or that of an earlier run, got one with other files at ${asGiven}`,
  );
}

function recoverFolder(target: string): void {
  const old = oldName(target);
  if (!existsSync(old)) return;
  if (existsSync(target)) rmSync(old, { recursive: true, force: true });
  else renameSync(old, target);
}

function oldName(target: string): string {
  return join(dirname(target), `.${basename(target)}.old`);
}
