import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { readWorkbook } from "../config/read-workbook.js";
import type { WorkbookConfig } from "../config/workbook-config.js";
import { InputError } from "../core/errors.js";
import { openDuckDb } from "../engine/duckdb.js";
import { type History, type HistoryState, readHistory } from "../refresh/history.js";
import { stateFiles } from "../refresh/history-layout.js";
import { readStateCustomers, type StateCustomers } from "../refresh/state-customers.js";
import type { Definition, KMeansDefinition, RulesDefinition } from "../segments/definition.js";
import { readDefinition } from "../segments/read-definition.js";
import type { CleaningAccount } from "../sources/account.js";

/** Environment variable with a state that a refresh is making: JSON of {@link StagedState}. */
export const stateVariable = "SEGBOOK_STATE";

/** A state that is not published yet: only the kernels that test its claims know of it. */
export interface StagedState {
  readonly asOf: string;
  /** Absolute path; holds the definition and the assignments. */
  readonly folder: string;
  /** Folder of the state before; null for a first one. */
  readonly former: string | null;
}

/** The segments that a refresh put in force for a day. */
export interface StateInForce {
  readonly asOf: string;
  readonly definition: KMeansDefinition;
  /** The definition before; null for a first state. */
  readonly former: KMeansDefinition | null;
  /** Who is in which segment, held customers where they are held. */
  readonly customers: StateCustomers;
  /** Name and SHA-256 of each source as the refresh read it. */
  readonly inputs: CleaningAccount["sources"];
}

/** What the history of a workbook says of its day: a state, or a sentence on why there is none; null where there is nothing to say. */
export type Continuity = { readonly state: StateInForce } | { readonly caution: string } | null;

/** Absolute path of a workbook's history. */
export function historyFolderOf({ file, refresh }: WorkbookConfig): string {
  return resolve(dirname(file), refresh.history);
}

/**
 * Looks up the day of a workbook in its history.
 *
 * @throws InputError if the history is damaged.
 */
export async function findContinuity(config: WorkbookConfig): Promise<Continuity> {
  if (config.rules !== undefined) return null;
  const staged = stagedState();
  if (staged?.asOf === config.asOf) return readState(staged);
  const history = readHistory(historyFolderOf(config));
  if (history === null) return otherDay(config);
  const place = history.states.map(({ record }) => record.asOf).lastIndexOf(config.asOf);
  if (place < 0) return { caution: strangersCaution(history, config.asOf) };
  const folder = history.states[place]!.folder;
  const former = history.states[place - 1]?.folder ?? null;
  return readState({ asOf: config.asOf, folder, former }, history.states[place]);
}

/** The rules of the state that a refresh is making for the day of a workbook; null outside the kernels that test its claims. */
export function stagedRules({ asOf }: Pick<WorkbookConfig, "asOf">): RulesDefinition | null {
  const staged = stagedState();
  if (staged?.asOf !== asOf) return null;
  const definition = readDefinition(stateFiles(staged.folder).definition);
  const { model } = definition;
  return model.kind === "rules" ? { ...definition, model } : null;
}

function stagedState(): StagedState | undefined {
  const text = process.env[stateVariable] ?? "";
  return text === "" ? undefined : (JSON.parse(text) as StagedState);
}

async function readState(
  { asOf, folder, former }: StagedState,
  published?: HistoryState,
): Promise<{ readonly state: StateInForce }> {
  const files = stateFiles(folder);
  const definition = clusters(readDefinition(files.definition));
  if (published !== undefined && definition.fingerprint !== published.record.definition.fingerprint)
    throw new InputError(
      `segmentCustomers: history must hold the definition of its record, got another in ${files.definition}. Restore the folder from a copy`,
    );
  const engine = await openDuckDb();
  try {
    return {
      state: {
        asOf,
        definition,
        former: former === null ? null : clusters(readDefinition(stateFiles(former).definition)),
        customers: await readStateCustomers(engine, folder, definition),
        inputs: existsSync(files.account) ? accountOf(files.account).sources : [],
      },
    };
  } finally {
    engine.close();
  }
}

function accountOf(path: string): CleaningAccount {
  return JSON.parse(readFileSync(path, "utf8")) as CleaningAccount;
}

function clusters(definition: Definition): KMeansDefinition {
  const { model } = definition;
  if (model.kind === "kmeans-lattice") return { ...definition, model };
  throw new InputError(
    "segmentCustomers: the history must hold definitions of clusters, got rules. Begin another with refresh.history",
  );
}

/** Keys are given by size, anew on every day that no history joins to another; a name belongs to the segments of the day in the file. */
function otherDay({ file, asOf, names }: WorkbookConfig): Continuity {
  if (names.size === 0) return null;
  const { asOf: ownDay } = readWorkbook(file);
  if (asOf === ownDay) return null;
  const command =
    asOf > ownDay ? ` segbook refresh --as-of ${ownDay}, then --as-of ${asOf}, finds them again.` : "";
  return {
    caution: `The names in the workbook are for the segments of ${ownDay}: those of ${asOf} were found anew, and nothing says which of them are the same.${command}`,
  };
}

/** Only a day after the newest state can still be refreshed to. */
function strangersCaution({ states }: History, asOf: string): string {
  const newest = states.at(-1)!.record.asOf;
  const command = asOf > newest ? ` segbook refresh --as-of ${asOf} finds the known segments again.` : "";
  return `The history holds no state for ${asOf}: these segments were found anew, and their keys and names are not those of other days.${command}`;
}
