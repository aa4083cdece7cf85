import { InputError } from "../core/errors.js";
import type { CustomerTable } from "../core/feature.js";
import type { Engine } from "../engine/engine.js";
import type { FeatureDefinition } from "../features/feature-definition.js";
import { checkStateTables, readStateAccount } from "../refresh/check-state.js";
import type { HistoryState } from "../refresh/history.js";
import { stateFiles } from "../refresh/history-layout.js";
import { readStateCustomers, readStateFeatures, type StateCustomers } from "../refresh/state-customers.js";
import type { KMeansDefinition } from "../segments/definition.js";
import { readDefinition } from "../segments/read-definition.js";
import type { CleaningAccount } from "../sources/account.js";

/** All that a refresh needs of the state before; rows of `customers` and `table` are the same customers. */
export interface FormerState {
  readonly state: HistoryState;
  /** The one that was in force. */
  readonly definition: KMeansDefinition;
  readonly customers: StateCustomers;
  /** Their features, as they were. */
  readonly table: CustomerTable;
  readonly account: CleaningAccount;
}

/**
 * Reads a published state.
 *
 * @param features - Those of the workbook; what the state does not have is left out.
 * @throws InputError if its definition is not of clusters, or its files were changed.
 */
export async function readFormerState(
  engine: Engine,
  state: HistoryState,
  features: readonly FeatureDefinition[],
): Promise<FormerState> {
  const files = stateFiles(state.folder);
  const definition = readDefinition(files.definition);
  const { model, keyName, fingerprint } = definition;
  if (model.kind !== "kmeans-lattice")
    throw new InputError(
      `refreshWorkbook: the definition in force must be of clusters, got rules in ${files.definition}`,
    );
  if (fingerprint !== state.record.definition.fingerprint)
    throw new InputError(
      `refreshWorkbook: history must hold the definition of its record, got another in ${files.definition}. Restore the folder from a copy`,
    );
  await checkStateTables(engine, state.folder);
  const table = await readStateFeatures(engine, files.features, { keyName, features });
  const customers = await readStateCustomers(engine, state.folder, definition);
  const account = readStateAccount(state.folder);
  return { state, definition: { ...definition, model }, customers, table, account };
}
