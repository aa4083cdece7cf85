import type { Engine } from "../engine/engine.js";
import type { HistoryState } from "../refresh/history.js";
import { stateFiles } from "../refresh/history-layout.js";
import { writeMembership } from "../refresh/membership.js";
import { writeStateAssignments } from "../refresh/state-assignments.js";
import type { Assignment } from "../segments/assign.js";
import type { Definition } from "../segments/definition.js";
import type { RefreshColumns } from "../segments/write-assignments.js";
import { writeDefinition } from "../segments/write-definition.js";
import type { CleaningAccount } from "../sources/account.js";
import { writeAccount } from "./write-run-files.js";

/** What a state holds besides its features and its record. */
export interface StateContents {
  readonly asOf: string;
  /** The one in force. */
  readonly definition: Definition;
  /** A refit that was not put in force. */
  readonly candidate?: Definition;
  readonly assignment: Assignment;
  readonly refresh: RefreshColumns;
  readonly account: CleaningAccount;
}

/** Writes the files of a state into the folder in which it is made; same contents, same bytes. */
export async function writeStateFiles(
  engine: Engine,
  staging: string,
  { contents, previous }: { readonly contents: StateContents; readonly previous: HistoryState | null },
): Promise<void> {
  const files = stateFiles(staging);
  const { asOf, definition, candidate, assignment, refresh, account } = contents;
  writeDefinition(files.definition, definition);
  if (candidate !== undefined) writeDefinition(files.candidate, candidate);
  writeAccount(account, staging);
  await writeStateAssignments(engine, files.assignments, { definition, assignment, refresh });
  await writeMembership(
    engine,
    {
      previous: previous && stateFiles(previous.folder).membership,
      assignments: files.assignments,
      asOf,
      version: definition.version,
    },
    files.membership,
  );
}
