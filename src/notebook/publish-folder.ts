import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { InputError } from "../core/errors.js";
import { fileError } from "../core/file-error.js";

const runMark = "run.json";

/**
 * An empty folder beside `final`, to be filled and then given to {@link publishFolder}. What a killed run left
 * half swapped is put back first, so that the last good result is in place while the new one is made.
 * @throws {@link InputError} if `final` holds files that no run wrote: publishing would remove them.
 */
export function createStagingFolder(final: string): string {
  const target = resolve(final);
  const staging = `${stagingPrefix(target)}${process.pid}`;
  try {
    mkdirSync(dirname(target), { recursive: true });
    recoverFolder(target);
    checkReplaceable(target, final);
    removeOrphans(target);
    rmSync(staging, { recursive: true, force: true });
    mkdirSync(staging);
  } catch (error) {
    const requirement = "output must name a folder that can be written";
    throw fileError(error, { caller: "run", requirement, path: final });
  }
  return staging;
}

/**
 * Puts a finished folder in the place of `final`: the old one is renamed away, the new one renamed in, the old
 * one removed. A run killed at any moment leaves the old or the new folder whole, in place or put back by the
 * next {@link createStagingFolder}.
 * @param staging - A folder beside `final`, as {@link createStagingFolder} makes it.
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
}

/** Removes a staging folder that will not be published. */
export function discardStagingFolder(staging: string): void {
  rmSync(staging, { recursive: true, force: true });
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

/** Staging folders carry the number of their process: those of dead ones were left by killed runs. */
function removeOrphans(target: string): void {
  const prefix = basename(stagingPrefix(target));
  for (const entry of readdirSync(dirname(target))) {
    const owner = entry.startsWith(prefix) ? Number(entry.slice(prefix.length)) : Number.NaN;
    if (Number.isInteger(owner) && !isAlive(owner)) discardStagingFolder(join(dirname(target), entry));
  }
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function stagingPrefix(target: string): string {
  return join(dirname(target), `.${basename(target)}.new-`);
}

function oldName(target: string): string {
  return join(dirname(target), `.${basename(target)}.old`);
}
