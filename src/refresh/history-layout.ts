import { join } from "node:path";

/** What the pointer file of a history says: the state that holds now. Written last. */
export interface HistoryPointer {
  /** Name of the state's folder. */
  readonly state: string;
  /** SHA-256 of its record. */
  readonly record: string;
  /** Fingerprint and version of the definition in force. */
  readonly definition: string;
  readonly version: number;
}

/** Files of a state, by what they hold. */
export interface StateFiles {
  readonly record: string;
  /** The definition in force. */
  readonly definition: string;
  /** A refit that was not put in force; not always there. */
  readonly candidate: string;
  /** One row per customer by key: the key, then every feature. */
  readonly features: string;
  /** One row per customer by key: the columns of assignments, then `nearest`, `held` and `former`. */
  readonly assignments: string;
  /** Every customer's segments over time, up to this state. */
  readonly membership: string;
  readonly account: string;
  readonly claims: string;
  readonly page: string;
}

/** Paths of a state's files. */
export function stateFiles(stateFolder: string): StateFiles {
  const file = (name: string): string => join(stateFolder, name);
  return {
    record: file("record.json"),
    definition: file("definition.json"),
    candidate: file("candidate.json"),
    features: file("features.parquet"),
    assignments: file("assignments.parquet"),
    membership: file("membership.parquet"),
    account: file("account.json"),
    claims: file("claims.json"),
    page: file("index.html"),
  };
}

/** Path of a history's pointer. */
export function pointerFile(historyFolder: string): string {
  return join(historyFolder, "current.json");
}

/** Folder of the states of a history. */
export function statesFolder(historyFolder: string): string {
  return join(historyFolder, "states");
}
