import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { readWorkbook } from "../config/read-workbook.js";
import { canonicalJson } from "../core/canonical-json.js";
import { sha256 } from "../core/sha256.js";
import { publishedClaimsVariable } from "../notebook/published-sentences.js";
import { readHistory, stateAt } from "../refresh/history.js";
import { pointerFile, stateFiles, statesFolder } from "../refresh/history-layout.js";
import type { RunData } from "../runner/notebook-inputs.js";
import { fileStateOf } from "../sources/file-state.js";
import type { Workbook } from "../workbook/open-workbook.js";
import { historyFolderOf } from "../workbook/state-in-force.js";

/**
 * What notebooks can read of a workbook, as one hash: its file, its sources, its history and the definitions that its rules name.
 *
 * @param isElsewhere - Whether `--data` names another folder for the sources.
 */
export function runDataOf(book: Workbook | undefined, isElsewhere: boolean): RunData {
  if (book === undefined) return { hash: sha256("no workbook") };
  const { config, account } = book;
  if (config.sources.some(({ format }) => format === "table"))
    return { unseen: "the workbook reads a database, which may have changed" };
  const nested = (config.rules?.nested ?? []).map((path) => resolve(dirname(config.file), path));
  const files = [config.file, pointerFile(historyFolderOf(config)), ...nested];
  const facts = {
    asOf: config.asOf,
    sources: account.sources.map(({ name, sha256: hash }) => [name, hash]),
    files: files.map((file) => (existsSync(file) ? sha256(readFileSync(file)) : null)),
    states: statesOf(historyFolderOf(config)),
  };
  const { file, asOf } = config;
  const workbook = { file, asOf, ownAsOf: readWorkbook(file).asOf, isElsewhere };
  return { hash: sha256(canonicalJson(facts)), workbook };
}

/** Names and states of the files of a history: too many bytes to hash them at every run. */
function statesOf(history: string): readonly (readonly [string, string])[] {
  const folder = statesFolder(history);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
    .map((path) => [relative(folder, path), fileStateOf(path)]);
}

/**
 * What kernels are told of sentences that were published as of the run's date or before: these are marked where they are no longer true.
 *
 * @throws InputError if the workbook's history is damaged.
 */
export function publishedClaims(book: Workbook | undefined): ReadonlyMap<string, string> {
  const history = book && readHistory(historyFolderOf(book.config));
  const state = history && stateAt(history, book.config.asOf);
  const ledger = state ? stateFiles(state.folder).claims : "";
  return ledger !== "" && existsSync(ledger) ? new Map([[publishedClaimsVariable, ledger]]) : new Map();
}
