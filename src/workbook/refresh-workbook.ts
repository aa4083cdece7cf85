import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { readWorkbook } from "../config/read-workbook.js";
import type { WorkbookConfig } from "../config/workbook-config.js";
import { InputError } from "../core/errors.js";
import { fileError } from "../core/file-error.js";
import { lockFolder, unlockFolder } from "../core/folder-lock.js";
import { makeFolder } from "../core/write-atomic.js";
import { type History, latestState, readHistory } from "../refresh/history.js";
import { changedInputs, inputsOfRefresh } from "./refresh-inputs.js";
import type { RefreshOptions, RefreshOutcome } from "./refresh-options.js";
import { makeState, openForRefresh } from "./refresh-state.js";

/**
 * Brings a workbook's segments to a later day: scores the new data under the definition in force, seeks segments anew under its frozen
 * recipe, finds the former ones again, says what changed and why, and puts in force what the workbook lets it. Segments that rules draw
 * are never sought anew: the same rules score the new data.
 *
 * Same inputs, same bytes. A history without a state begins with one of the workbook's own day. A state appears whole or not at all:
 * whatever stops a refresh, the last one holds, and the same call begins anew, with the cleaned tables and the search remembered.
 *
 * @param file - Path of the workbook's YAML file.
 * @throws InputError if the day is before the newest state, that day was made from other inputs, another refresh of the history runs,
 * the history is of clusters and the workbook draws rules, or the other way round, or the workbook no longer computes a feature of the
 * definition; and as {@link openWorkbook}.
 */
export async function refreshWorkbook(file: string, options: RefreshOptions): Promise<RefreshOutcome> {
  const config = readWorkbook(file, { asOf: options.asOf });
  const folder = resolve(options.history ?? resolve(dirname(config.file), config.refresh.history));
  if (options.isDryRun) return dryRun(config, folder, options);
  lockHistory(folder);
  try {
    return await refreshInto(config, { folder, target: folder }, options);
  } finally {
    unlockFolder(folder);
  }
}

/** Where states are read from, and where new ones are written. */
interface Places {
  readonly folder: string;
  readonly target: string;
}

/** The same steps into a folder that is gone afterwards. */
async function dryRun(
  config: WorkbookConfig,
  folder: string,
  options: RefreshOptions,
): Promise<RefreshOutcome> {
  const target = mkdtempSync(join(tmpdir(), "segbook-"));
  try {
    const outcome = await refreshInto(config, { folder, target }, { ...options, keepTables: false });
    return outcome.word === "already-done" ? outcome : { ...outcome, word: "dry-run", folder: null };
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}

function lockHistory(folder: string): void {
  const other = lockOf(folder);
  if (other !== undefined)
    throw new InputError(
      `refreshWorkbook: history must be free, got another refresh of it at work, process ${other}, at ${folder}. Wait for it, or stop it`,
    );
}

/** The process that refreshes a history; undefined once it is ours. */
function lockOf(folder: string): number | undefined {
  try {
    makeFolder(dirname(folder));
    return lockFolder(folder);
  } catch (error) {
    const requirement = "history must name a folder that can be written";
    throw fileError(error, { caller: "refreshWorkbook", requirement, path: folder });
  }
}

async function refreshInto(
  config: WorkbookConfig,
  places: Places,
  options: RefreshOptions,
): Promise<RefreshOutcome> {
  const { asOf } = options;
  const own = readWorkbook(config.file).asOf;
  const known = readHistory(places.folder);
  const history =
    known ?? (own < asOf ? await beginHistory(config, places, { ...options, asOf: own }) : null);
  if (history === null) return makeState(config, { target: places.target, history: null }, options);
  const newest = latestState(history);
  if (asOf < newest.record.asOf)
    throw new InputError(
      `refreshWorkbook: asOf must not be before the newest state (${newest.record.asOf}), got ${asOf}. A history grows at its end; begin another with --history`,
    );
  if (asOf === newest.record.asOf) return refreshAgain(config, { places, history }, options);
  return makeState(config, { target: places.target, history }, options);
}

/** The first state, in force from the workbook's own day on. */
async function beginHistory(
  config: WorkbookConfig,
  places: Places,
  options: RefreshOptions,
): Promise<History> {
  options.onStep?.(`first state, as of ${options.asOf}`);
  await makeState(config, { target: places.target, history: null }, options);
  return readHistory(places.target)!;
}

/** The newest date once more: nothing to do, or from other inputs if that was asked for. */
async function refreshAgain(
  config: WorkbookConfig,
  { places, history }: { readonly places: Places; readonly history: History },
  options: RefreshOptions,
): Promise<RefreshOutcome> {
  const newest = latestState(history);
  const book = await openForRefresh(config, options);
  const changes = changedInputs(newest.record, inputsOfRefresh(book));
  book.close();
  if (changes.length === 0) return { word: "already-done", record: newest.record, folder: newest.folder };
  if (!options.isAgain)
    throw new InputError(
      `refreshWorkbook: asOf must be a new day, or the inputs those of the state of ${options.asOf}, got changes of ${changes.join(", ")}. --again makes that state anew`,
    );
  const before = { ...history, states: history.states.slice(0, -1) };
  return makeState(
    config,
    { target: places.target, history: before.states.length === 0 ? null : before, replaced: newest },
    options,
  );
}
