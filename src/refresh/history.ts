import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../core/errors.js";
import { fileError } from "../core/file-error.js";
import { sha256 } from "../core/sha256.js";
import { type HistoryPointer, pointerFile, stateFiles, statesFolder } from "./history-layout.js";
import type { RefreshRecord } from "./refresh-record.js";

/** One refresh that was published. */
export interface HistoryState {
  /** Name of its folder: the as-of date, with a number where a date was made again. */
  readonly name: string;
  /** Absolute path of its folder; see stateFiles for what is in it. */
  readonly folder: string;
  readonly record: RefreshRecord;
  /** SHA-256 of the record's bytes. */
  readonly recordHash: string;
}

/** The published states of a workbook. */
export interface History {
  readonly folder: string;
  /** Oldest first; never empty. */
  readonly states: readonly HistoryState[];
}

/**
 * Reads the history of a workbook: the state that the pointer names and, through each record, the one before.
 *
 * A folder that no record names was never published, or was made again; it is passed over. O(states).
 *
 * @param folder - Absolute path.
 * @returns null where there is no history yet.
 * @throws InputError if the pointer or a record is damaged or missing: a record must have the bytes that it was published with.
 */
export function readHistory(folder: string): History | null {
  const pointer = readPointer(folder);
  if (pointer === null) return null;
  const states: HistoryState[] = [];
  let next: { readonly state: string; readonly record: string } | null = pointer;
  while (next !== null) {
    const state = readState(folder, next.state, next.record);
    states.unshift(state);
    next = state.record.previous;
  }
  return { folder, states };
}

/** The newest state. */
export function latestState({ states }: History): HistoryState {
  return states.at(-1)!;
}

/** The newest state that is not later than a day, `YYYY-MM-DD`; null where all are. */
export function stateAt({ states }: History, asOf: string): HistoryState | null {
  return states.filter(({ record }) => record.asOf <= asOf).at(-1) ?? null;
}

/** What the pointer file says; null where there is none. */
function readPointer(folder: string): HistoryPointer | null {
  const path = pointerFile(folder);
  const text = readIfThere(path);
  if (text === null) return null;
  const pointer = parse<HistoryPointer | null>(text, path);
  // A name is one folder below states/, whatever somebody wrote into the file.
  if (
    pointer === null ||
    typeof pointer.record !== "string" ||
    !/^\d{4}-\d{2}-\d{2}(-\d+)?$/.test(String(pointer.state))
  )
    throw damagedHistory(path, "something else");
  return pointer;
}

function readState(folder: string, name: string, hash: string): HistoryState {
  const stateFolder = join(statesFolder(folder), name);
  const path = stateFiles(stateFolder).record;
  const text = readIfThere(path);
  if (text === null) throw damagedHistory(path, "no file");
  const recordHash = sha256(text);
  if (recordHash !== hash)
    throw damagedHistory(path, `a record that was changed since (SHA-256 ${recordHash.slice(0, 12)}…)`);
  return { name, folder: stateFolder, record: parse<RefreshRecord>(text, path), recordHash };
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw fileError(error, { caller: "readHistory", requirement: "folder must be a readable history", path });
  }
}

function parse<Value>(text: string, path: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    throw damagedHistory(path, "text that is no JSON");
  }
}

/** The error on a file of a history that is not what a refresh left there. */
export function damagedHistory(path: string, got: string): InputError {
  return new InputError(
    `readHistory: folder must hold what a refresh left there, got ${got} at ${path}. Restore the folder from a copy, or begin a new history with --history`,
  );
}
