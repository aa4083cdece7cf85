import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileError } from "../core/file-error.js";
import { sha256 } from "../core/sha256.js";
import { makeFolder, writeFileAtomic } from "../core/write-atomic.js";
import type { HistoryState } from "./history.js";
import { type HistoryPointer, pointerFile, stateFiles, statesFolder } from "./history-layout.js";
import type { RefreshRecord } from "./refresh-record.js";

/** Ends the names of folders that are being written. */
const unfinished = ".part";

/**
 * An empty folder in which a state is made before it takes its name; what a killed refresh left in the history is removed.
 *
 * @throws InputError if the folder may not be written; MachineError if the disk is full.
 */
export function openStaging(historyFolder: string, name: string): string {
  const folder = statesFolder(historyFolder);
  const staging = join(folder, `.${name}${unfinished}`);
  try {
    makeFolder(folder);
    removeUnfinished(folder, ".");
    removeUnfinished(historyFolder, basename(pointerFile(historyFolder)));
    makeFolder(staging);
    return staging;
  } catch (error) {
    throw fileError(error, {
      caller: "refreshWorkbook",
      requirement: "history must name a folder that can be written",
      path: folder,
    });
  }
}

function removeUnfinished(folder: string, start: string): void {
  for (const name of readdirSync(folder))
    if (name.startsWith(start) && name.endsWith(unfinished))
      rmSync(join(folder, name), { recursive: true, force: true });
}

/** The bytes of a record: what is hashed and written. */
function recordText(record: RefreshRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

/**
 * Gives a finished state its name. Nothing refers to it yet: {@link movePointer} does, last.
 *
 * @param staging - Folder with all its files but the record.
 */
export function placeState(
  historyFolder: string,
  staging: string,
  { name, record }: { readonly name: string; readonly record: RefreshRecord },
): HistoryState {
  const folder = join(statesFolder(historyFolder), name);
  const text = recordText(record);
  writeFileAtomic(stateFiles(staging).record, text);
  // One of this name that no record names was never published.
  rmSync(folder, { recursive: true, force: true });
  renameSync(staging, folder);
  return { name, folder, record, recordHash: sha256(text) };
}

/** Makes a state the one that holds. */
export function movePointer(historyFolder: string, { name, record, recordHash }: HistoryState): void {
  const pointer: HistoryPointer = {
    state: name,
    record: recordHash,
    definition: record.definition.fingerprint,
    version: record.definition.version,
  };
  writeFileAtomic(pointerFile(historyFolder), `${JSON.stringify(pointer, null, 2)}\n`);
}

/**
 * A name for the state of a date: the date, or with the next number where it is made again. Numbers only grow, since the states that
 * were made again before stay on disk though nothing names them any more.
 */
export function freeStateName(published: readonly HistoryState[], asOf: string): string {
  const numbers = published
    .filter(({ record }) => record.asOf === asOf)
    .map(({ name }) => (name === asOf ? 1 : Number(name.slice(asOf.length + 1))));
  return numbers.length === 0 ? asOf : `${asOf}-${Math.max(...numbers) + 1}`;
}

/** Removes what a failed refresh leaves. */
export function removeStaging(staging: string): void {
  if (existsSync(staging)) rmSync(staging, { recursive: true, force: true });
}
