import { openDuckDb } from "../engine/duckdb.js";
import { writeFeatures } from "../features/write-features.js";
import { stateFiles } from "../refresh/history-layout.js";
import type { RefreshRecord } from "../refresh/refresh-record.js";
import { drawSegments } from "./draw-segments.js";
import { duckDbOptions } from "./duckdb-options.js";
import type { Workbook } from "./open-workbook.js";
import { testClaims } from "./refresh-claims.js";
import { writeStateFiles } from "./refresh-files.js";
import { inputsOfRefresh } from "./refresh-inputs.js";
import type { NextStateOptions } from "./refresh-next.js";
import { describeFirst, sizesOf } from "./refresh-segments.js";
import { segmentCustomers } from "./segment-customers.js";
import type { Segmentation } from "./segmentation.js";

/**
 * Makes the first state of a history: a plain fit of the workbook, or its rules, in force from its day on.
 *
 * @param staging - Folder in which the state is made.
 * @returns Its record.
 */
export async function makeFirstState(
  book: Workbook,
  staging: string,
  options: NextStateOptions,
): Promise<RefreshRecord> {
  const { config } = book;
  const { signal, onProgress, onStep, dataFolder = "" } = options;
  const found =
    config.rules === undefined
      ? await segmentCustomers(book, { isNew: true, ...(onProgress && { onProgress }) })
      : await drawSegments(book);
  const { definition, assignment } = found;
  await writeFirst(book, staging, { found, ...(signal && { signal }) });
  const { checked, gate } = await testClaims(book, {
    staging,
    former: null,
    dataFolder,
    ...(onStep && { onStep }),
  });
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
    drift: [],
    claims: checked,
    gates: [gate],
    ...inputsOfRefresh(book),
    notes: [],
  };
}

async function writeFirst(
  { config, account, engine: sources }: Workbook,
  staging: string,
  {
    found,
    signal,
  }: { readonly found: Pick<Segmentation, "definition" | "assignment">; readonly signal?: AbortSignal },
): Promise<void> {
  const { definition, assignment } = found;
  await writeFeatures(sources, config, stateFiles(staging).features);
  const engine = await openDuckDb({ ...duckDbOptions(config.engine), ...(signal && { signal }) });
  try {
    const refresh = { heldLabels: assignment.labels };
    const contents = { asOf: config.asOf, definition, assignment, refresh, account };
    await writeStateFiles(engine, staging, { contents, previous: null });
  } finally {
    engine.close();
  }
}
