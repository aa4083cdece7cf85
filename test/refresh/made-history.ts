import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "#src/core/sha256.js";
import type { Engine } from "#src/engine/engine.js";
import { quoteText } from "#src/engine/sql-text.js";
import { pointerFile, stateFiles, statesFolder } from "#src/refresh/history-layout.js";
import { writeMembership } from "#src/refresh/membership.js";
import type { RefreshRecord } from "#src/refresh/refresh-record.js";

/** Customer → segment and spend at one date. */
export interface MadeDate {
  readonly asOf: string;
  readonly customers: readonly (readonly [customer: string, segment: string, spend: number])[];
}

const names: Readonly<Record<string, string>> = { s1: "Loyal families", s2: "Eco-minded", s7: "Parents" };

/** A history as refreshes leave it, as far as questions of it read: records, assignments, features, membership. */
export async function writeHistory(
  engine: Engine,
  folder: string,
  dates: readonly MadeDate[],
): Promise<void> {
  let previous: { readonly record: RefreshRecord; readonly hash: string } | null = null;
  for (const { asOf, customers } of dates) {
    const files = stateFiles(join(statesFolder(folder), asOf));
    mkdirSync(join(statesFolder(folder), asOf), { recursive: true });
    const rows = customers.map(
      ([customer, segment, spend]) =>
        `(${quoteText(customer, "duckdb")}, '${segment}', '${names[segment]}', ${spend})`,
    );
    const table = `(VALUES ${rows.join(", ")}) AS made(customer_id, segment, segment_name, spend)`;
    await engine.run(`
      COPY (SELECT customer_id, segment, segment_name, segment AS former FROM ${table}) TO '${files.assignments}' (FORMAT parquet);
      COPY (SELECT customer_id AS "customer number", CAST(spend AS DOUBLE) AS spend FROM ${table}) TO '${files.features}' (FORMAT parquet)`);
    const before: string | null =
      previous && stateFiles(join(statesFolder(folder), previous.record.asOf)).membership;
    await writeMembership(
      engine,
      { previous: before, assignments: files.assignments, asOf, version: 1 },
      files.membership,
    );
    const record: RefreshRecord = madeRecord(asOf, previous);
    const text = JSON.stringify(record);
    writeFileSync(files.record, text);
    previous = { record, hash: sha256(text) };
  }
  const { record, hash } = previous!;
  writeFileSync(
    pointerFile(folder),
    JSON.stringify({ state: record.asOf, record: hash, definition: "0".repeat(64), version: 1 }),
  );
}

/** A record that says nothing but its place in a history. */
export function madeRecord(
  asOf: string,
  previous: { readonly record: RefreshRecord; readonly hash: string } | null,
): RefreshRecord {
  const fingerprint = "0".repeat(64);
  return {
    schemaVersion: 1,
    asOf,
    previous: previous && {
      state: previous.record.asOf,
      asOf: previous.record.asOf,
      version: 1,
      fingerprint,
      record: previous.hash,
    },
    definition: { version: 1, fingerprint, createdFor: asOf, decision: previous === null ? "first" : "kept" },
    recommendation: null,
    customers: { before: 0, after: 0, common: 0, arrived: 0, lapsed: 0 },
    segments: [],
    former: [],
    migration: null,
    drift: [],
    claims: [],
    gates: [],
    workbook: "0".repeat(64),
    inputs: [],
    notes: [],
  };
}
