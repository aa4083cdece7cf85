import { openDuckDb } from "../engine/duckdb.js";
import { writeFeatures } from "../features/write-features.js";
import { stateFiles } from "../refresh/history-layout.js";
import type { RefreshRecord } from "../refresh/refresh-record.js";
import { duckDbOptions } from "./duckdb-options.js";
import type { SearchProgress } from "./find-segments.js";
import type { Workbook } from "./open-workbook.js";
import { writeStateFiles } from "./refresh-files.js";
import { inputsOfRefresh } from "./refresh-inputs.js";
import { describeFirst, sizesOf } from "./refresh-segments.js";
import { segmentCustomers } from "./segment-customers.js";

/**
 * Makes the first state of a history: a plain fit of the workbook, in force from its day on.
 *
 * @param staging - Folder in which the state is made.
 * @returns Its record.
 */
export async function makeFirstState(
  book: Workbook,
  staging: string,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: SearchProgress) => void },
): Promise<RefreshRecord> {
  const { config, account } = book;
  const { signal, onProgress } = options;
  const { definition, assignment } = await segmentCustomers(book, { ...(onProgress && { onProgress }) });
  await writeFeatures(book.engine, config, stateFiles(staging).features);
  const engine = await openDuckDb({ ...duckDbOptions(config.engine), ...(signal && { signal }) });
  try {
    const refresh = { heldLabels: assignment.labels };
    const contents = { asOf: config.asOf, definition, assignment, refresh, account };
    await writeStateFiles(engine, staging, { contents, previous: null });
  } finally {
    engine.close();
  }
  const { version, fingerprint, createdFor } = definition;
  const after = assignment.keys.length;
  return {
    schemaVersion: 1,
    asOf: config.asOf,
    previous: null,
    definition: { version, fingerprint, createdFor, decision: "first" },
    recommendation: null,
    customers: { before: 0, after, common: 0, arrived: after, lapsed: 0 },
    segments: describeFirst(definition, sizesOf(assignment.labels, definition.segments.length)),
    former: [],
    migration: null,
    gates: [],
    ...inputsOfRefresh(book),
    notes: [],
  };
}
