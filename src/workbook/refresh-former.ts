import { InputError } from "../core/errors.js";
import type { CustomerTable } from "../core/feature.js";
import type { Engine } from "../engine/engine.js";
import { checkStateTables, readStateAccount } from "../refresh/check-state.js";
import type { HistoryState } from "../refresh/history.js";
import { stateFiles } from "../refresh/history-layout.js";
import { readStateCustomers, readStateFeatures, type StateCustomers } from "../refresh/state-customers.js";
import type { Definition } from "../segments/definition.js";
import { readDefinition } from "../segments/read-definition.js";
import type { CleaningAccount } from "../sources/account.js";
import type { Workbook } from "./open-workbook.js";

/** All that a refresh needs of the state before; rows of `customers` and `table` are the same customers. */
export interface FormerState {
  readonly state: HistoryState;
  /** The one that was in force. */
  readonly definition: Definition;
  readonly customers: StateCustomers;
  /** Their features, as they were. */
  readonly table: CustomerTable;
  readonly account: CleaningAccount;
}

/**
 * Reads a published state.
 *
 * @param book - Features that the state does not have are left out.
 * @throws InputError if its definition is of clusters and the workbook draws rules, or the other way round, or its files were changed.
 */
export async function readFormerState(
  engine: Engine,
  state: HistoryState,
  { config, features }: Pick<Workbook, "config" | "features">,
): Promise<FormerState> {
  const files = stateFiles(state.folder);
  const definition = readDefinition(files.definition);
  const { model, keyName, fingerprint } = definition;
  const wanted = config.rules === undefined ? "kmeans-lattice" : "rules";
  if (model.kind !== wanted)
    throw new InputError(
      `refreshWorkbook: the definition in force must be of the kind that the workbook asks for (${wanted}), got ${model.kind} in ${files.definition}. Begin a new history with --history`,
    );
  if (fingerprint !== state.record.definition.fingerprint)
    throw new InputError(
      `refreshWorkbook: history must hold the definition of its record, got another in ${files.definition}. Restore the folder from a copy`,
    );
  await checkStateTables(engine, state.folder);
  const table = await readStateFeatures(engine, files.features, { keyName, features });
  const customers = await readStateCustomers(engine, state.folder, definition);
  const account = readStateAccount(state.folder);
  return { state, definition, customers, table, account };
}
