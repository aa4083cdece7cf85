import {
  constants,
  copyFileSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { isAlive, readProcessStart } from "./is-alive.js";

/** Folders that this process is writing. */
const held = new Set<string>();

/**
 * Makes this process the only one that writes `folder`. The lock is a file beside the folder; that of a process that has died is
 * taken over.
 * @returns The number of the process that writes the folder now, if it is not ours to write.
 */
export function lockFolder(folder: string): number | undefined {
  if (held.has(folder)) return process.pid;
  const lock = lockName(folder);
  const ours = `${process.pid} ${readProcessStart(process.pid)}\n`;
  const proposal = `${lock}-${process.pid}`;
  try {
    writeFileSync(proposal, ours);
    for (;;) {
      // A link is there whole or not at all, and never replaces another.
      if (isLinked(proposal, lock)) break;
      const theirs = readLock(lock);
      if (theirs === undefined) continue;
      if (theirs.isHeld) return theirs.processId;
      removeStaleLock(lock, theirs.text);
    }
  } finally {
    rmSync(proposal, { force: true });
  }
  removeAbandoned(lock);
  held.add(folder);
  return undefined;
}

/** Lets others write the folder; does nothing if it is not ours. */
export function unlockFolder(folder: string): void {
  if (held.delete(folder)) rmSync(lockName(folder), { force: true });
}

function isLinked(proposal: string, lock: string): boolean {
  for (const place of [linkSync, copyNew]) {
    try {
      place(proposal, lock);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      if (place === copyNew) throw error;
    }
  }
  return false;
}

/** Proposals of processes that were killed before they could take them back. */
function removeAbandoned(lock: string): void {
  const folder = dirname(lock);
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${basename(lock)}-`)) continue;
    const processId = Number.parseInt(name.slice(basename(lock).length + 1), 10);
    if (!isAlive(processId)) rmSync(join(folder, name), { force: true });
  }
}

/** For disks without links. */
function copyNew(from: string, to: string): void {
  copyFileSync(from, to, constants.COPYFILE_EXCL);
}

interface Lock {
  readonly text: string;
  readonly processId: number;
  readonly isHeld: boolean;
}

function readLock(lock: string): Lock | undefined {
  try {
    const text = readFileSync(lock, "utf8");
    const [number = "", start = ""] = text.trim().split(" ");
    const processId = Number(number);
    const isSame = isAlive(processId) && readProcessStart(processId) === start;
    return { text, processId, isHeld: isSame && processId !== process.pid };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Two may find the same stale lock: only the one who gets hold of it removes it, and a fresh one is put back. */
function removeStaleLock(lock: string, stale: string): void {
  const removed = `${lock}-${process.pid}-stale`;
  try {
    renameSync(lock, removed);
    if (readFileSync(removed, "utf8") !== stale) isLinked(removed, lock);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  } finally {
    rmSync(removed, { force: true });
  }
}

function lockName(folder: string): string {
  return join(dirname(folder), `.${basename(folder)}.lock`);
}
