import type { WorkbookConfig } from "../config/workbook-config.js";
import { MachineError } from "../core/errors.js";
import { writeFileAtomic } from "../core/write-atomic.js";
import { type History, type HistoryState, latestState } from "../refresh/history.js";
import { stateFiles } from "../refresh/history-layout.js";
import {
  freeStateName,
  movePointer,
  openStaging,
  placeState,
  removeStaging,
} from "../refresh/state-publish.js";
import { renderRefreshPage } from "../report/refresh-page.js";
import { openWorkbook, type Workbook } from "./open-workbook.js";
import { makeFirstState } from "./refresh-first.js";
import { makeNextState, type NextStateOptions } from "./refresh-next.js";
import type { RefreshOptions, RefreshOutcome } from "./refresh-options.js";
import { refreshStory, type StoryFacts } from "./refresh-story.js";

/** What the page of a refresh says beside its record. */
function storyFacts({ name: title, refresh: { maxAgeDays } }: WorkbookConfig): StoryFacts {
  return { title, maxAgeDays };
}

/** What a state is made after. */
export interface StateBasis {
  /** Folder of the history that it goes into. */
  readonly target: string;
  /** null for a first state. */
  readonly history: History | null;
  /** The state of the same date whose place it takes. */
  readonly replaced?: HistoryState;
}

/**
 * Makes the state of a day, whole or not at all, and lets it hold unless it is refused.
 *
 * @throws InputError as openWorkbook and the steps of a refresh; MachineError if the machine refuses, such as a full disk. The state
 * before then goes on.
 */
export async function makeState(
  config: WorkbookConfig,
  { target, history, replaced }: StateBasis,
  options: RefreshOptions,
): Promise<RefreshOutcome> {
  try {
    return await makeAndPublish(config, { target, history, ...(replaced && { replaced }) }, options);
  } catch (error) {
    if (!(error instanceof MachineError)) throw error;
    const held = history === null ? "" : `The state of ${latestState(history).record.asOf} goes on. `;
    throw new MachineError(
      `refreshWorkbook: the machine must let a state be made, got: ${error.message}. ${held}The same command begins anew`,
      { cause: error },
    );
  }
}

async function makeAndPublish(
  config: WorkbookConfig,
  { target, history, replaced }: StateBasis,
  options: RefreshOptions,
): Promise<RefreshOutcome> {
  const { asOf, onStep } = options;
  const published = [...(history?.states ?? []), ...(replaced ? [replaced] : [])];
  const name = freeStateName(published, asOf);
  const staging = openStaging(target, name);
  let book: Workbook | undefined;
  try {
    onStep?.(`reading the sources as of ${asOf}`);
    book = await openForRefresh(config, options);
    const record =
      history === null
        ? await makeFirstState(book, staging, watchedBy(options))
        : await makeNextState(book, { history, staging }, watchedBy(options));
    writeFileAtomic(stateFiles(staging).page, renderRefreshPage(refreshStory(record, storyFacts(config))));
    const state = placeState(target, staging, { name, record });
    const isRefused = record.definition.decision === "refused";
    if (!isRefused) movePointer(target, state);
    return { word: isRefused ? "refused" : "published", record, folder: state.folder };
  } finally {
    book?.close();
    removeStaging(staging);
  }
}

function watchedBy({ signal, onSearch, onStep, dataFolder = "" }: RefreshOptions): NextStateOptions {
  return {
    ...(signal && { signal }),
    ...(onSearch && { onProgress: onSearch }),
    ...(onStep && { onStep }),
    dataFolder,
  };
}

/** The sources as of the day of a refresh. */
export function openForRefresh({ file }: WorkbookConfig, options: RefreshOptions): Promise<Workbook> {
  const {
    history: _history,
    isDryRun: _dry,
    isAgain: _again,
    onStep: _step,
    onSearch: _search,
    ...rest
  } = options;
  return openWorkbook(file, rest);
}
