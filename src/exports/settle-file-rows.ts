import type { Engine } from "../engine/engine.js";
import {
  faultyRows,
  findFaults,
  hasNoKey,
  refuseMissingKeys,
  refuseRepeatedKeys,
  refuseUnreadable,
} from "../sources/check-feature-file.js";
import type { OpenFeatureFile } from "../sources/open-feature-file.js";
import type { AssignmentPolicy } from "./assignment-policy.js";

/** Rows that a policy left out, each under the first reason that holds. */
export interface SkippedRows {
  readonly reason: "missing-key" | "not-a-number" | "not-a-date" | "repeated-key";
  readonly rows: number;
  /** At most three, by number in the file: lines of text from 1 with the header, rows of Parquet from 1. */
  readonly examples: readonly number[];
}

/** Which rows of a file are to be assigned. */
export interface SettledRows {
  readonly read: number;
  readonly skipped: readonly SkippedRows[];
  /** SQL: whether a row is kept. */
  readonly kept: string;
}

const repeatedRows = "segbook_repeated_rows";
const unreadableHint = ". unreadable: missing takes such cells as missing, skip leaves their rows out";

/**
 * Looks at keys and unreadable cells, and keeps, leaves out or refuses as the policy says.
 *
 * @throws InputError naming the line and the column of what the policy refuses.
 */
export async function settleRows(
  engine: Engine,
  file: OpenFeatureFile,
  policy: AssignmentPolicy,
): Promise<SettledRows> {
  const faults = await findFaults(engine, file);
  const conditions: { readonly reason: SkippedRows["reason"]; readonly condition: string }[] = [];
  if (faults.missingKeys > 0) {
    if (policy.missingKey === "refuse")
      await refuseMissingKeys(engine, file, ". missingKey: skip leaves such rows out");
    conditions.push({ reason: "missing-key", condition: hasNoKey(file) });
  }
  for (const [j, cells] of faults.unreadable.entries()) {
    if (cells === 0 || policy.unreadable === "missing") continue;
    if (policy.unreadable === "refuse")
      await refuseUnreadable(engine, file, { input: j, hint: unreadableHint });
    const reason = file.inputs[j]!.type === "date" ? "not-a-date" : "not-a-number";
    conditions.push({ reason, condition: `u${j}` });
  }
  if (faults.hasRepeatedKeys) {
    if (policy.repeatedKey === "refuse")
      await refuseRepeatedKeys(engine, file, ". repeatedKey: first takes the first");
    await collectRepeatedRows(engine, file, keptUnless(conditions));
    conditions.push({ reason: "repeated-key", condition: `row IN (SELECT row FROM ${repeatedRows})` });
  }
  const skipped: SkippedRows[] = [];
  for (const [i, { reason, condition }] of conditions.entries()) {
    const { rows, first } = await faultyRows(
      engine,
      file,
      `${keptUnless(conditions.slice(0, i))} AND ${condition}`,
    );
    if (rows > 0) skipped.push({ reason, rows, examples: first });
  }
  return { read: faults.rows, skipped, kept: keptUnless(conditions) };
}

function keptUnless(conditions: readonly { readonly condition: string }[]): string {
  return conditions.map(({ condition }) => `NOT (${condition})`).join(" AND ") || "TRUE";
}

/** The rows of each customer but the first. */
async function collectRepeatedRows(engine: Engine, file: OpenFeatureFile, kept: string): Promise<void> {
  await engine.run(`CREATE OR REPLACE TEMPORARY TABLE ${repeatedRows} AS
    SELECT row FROM (SELECT customer, row FROM ${file.relation} WHERE ${kept})
    JOIN (SELECT customer, min(row) AS first FROM ${file.relation} WHERE ${kept} GROUP BY customer HAVING count(*) > 1)
    USING (customer) WHERE row > first`);
}
