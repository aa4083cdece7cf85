import type { CustomerTable } from "../core/feature.js";
import type { Engine } from "../engine/engine.js";
import type { FeatureDefinition } from "../features/feature-definition.js";
import type { History } from "../refresh/history.js";
import { stateFiles } from "../refresh/history-layout.js";
import { readStateCustomers, readStateFeatures } from "../refresh/state-customers.js";
import type { FormerState } from "./refresh-former.js";

/** The customers whom the definition in force was made for, under it: what drift is measured against. */
export interface DriftBaseline {
  readonly asOf: string;
  readonly table: CustomerTable;
  /** Segments by the definition, as indices into its own, nobody held; −1 for the fallback. */
  readonly labels: Int32Array;
}

/**
 * Reads the first state under the definition in force. Against the state before, a slow drift would be small each month and never
 * told; against this one it adds up.
 */
export async function readBaseline(
  engine: Engine,
  { history, former }: { readonly history: History; readonly former: FormerState },
  features: readonly FeatureDefinition[],
): Promise<DriftBaseline> {
  const { definition, state, table, customers } = former;
  const { fingerprint, keyName } = definition;
  const first = history.states.find(({ record }) => record.definition.fingerprint === fingerprint) ?? state;
  const { asOf } = first.record;
  if (first.name === state.name) return { asOf, table, labels: customers.nearest };
  const { nearest } = await readStateCustomers(engine, first.folder, definition);
  const then = await readStateFeatures(engine, stateFiles(first.folder).features, { keyName, features });
  return { asOf, table: then, labels: nearest };
}
