import { existsSync } from "node:fs";
import { InputError } from "../core/errors.js";
import { copyQuery } from "../engine/copy-query.js";
import type { Engine } from "../engine/engine.js";
import { quoteText } from "../engine/sql-text.js";
import { hmacSql } from "./audience-key.js";

/** What was exported last: `segment`, `member`, `i0`, `i1`, …; empty before the first time. */
export const lastTable = "segbook_audience_last";

/** SQL of the rows that were exported this time. */
interface StateToWrite {
  /** What the state is of: definition, kind of ids, their columns; another export must not be compared with it. */
  readonly madeFor: string;
  readonly identifiers: readonly string[];
}

/** Proves that the same key is in use, and nothing else. */
const keyProof = hmacSql("'segbook audience state'");

/**
 * Reads what was exported last into {@link lastTable}.
 *
 * The state holds keyed hashes of customers and the identifiers as they were written (hashes), nothing in clear.
 *
 * @param path - A Parquet file; not there before the first export.
 * @throws InputError if it is no state, is that of another export, or was written with another key.
 */
export async function readState(
  engine: Engine,
  path: string,
  { madeFor, identifiers }: StateToWrite,
): Promise<void> {
  const columns = ["segment", "member", ...identifiers];
  if (!existsSync(path)) {
    const empty = columns.map((name) => `CAST(NULL AS VARCHAR) AS ${name}`).join(", ");
    await engine.run(`CREATE OR REPLACE TEMPORARY TABLE ${lastTable} AS SELECT ${empty} WHERE FALSE`);
    return;
  }
  const file = `read_parquet(${quoteText(path, "duckdb")}, hive_partitioning = false)`;
  const heads = await engine
    .rows(`SELECT DISTINCT made_for, key_proof = ${keyProof} AS same_key FROM ${file}`)
    .catch(() => {
      throw new InputError(`exportAudiences: state must be a file that an earlier export wrote, got ${path}`);
    });
  for (const head of heads) {
    if (head.get("made_for") !== madeFor)
      throw new InputError(
        `exportAudiences: state must be that of the same export (${madeFor}), got that of ${String(head.get("made_for"))} in ${path}`,
      );
    if (head.get("same_key") !== true)
      throw new InputError(
        `exportAudiences: key must be that with which the state was written, got another for ${path}`,
      );
  }
  const known = `made_for = ${quoteText(madeFor, "duckdb")} AND segment IS NOT NULL`;
  await engine.run(
    `CREATE OR REPLACE TEMPORARY TABLE ${lastTable} AS SELECT ${columns.join(", ")} FROM ${file} WHERE ${known}`,
  );
}

/** Writes the state of this export, whole or not at all. */
export async function writeState(
  engine: Engine,
  path: string,
  { madeFor, identifiers, exported }: StateToWrite & { readonly exported: string },
): Promise<void> {
  const heads = [`${quoteText(madeFor, "duckdb")} AS made_for`, `${keyProof} AS key_proof`];
  const columns = ["segment", "member", ...identifiers];
  // One row without a member, so that the state of an export of nobody is known as well.
  const nobody = columns.map((name) => `CAST(NULL AS VARCHAR) AS ${name}`);
  const sql = `SELECT ${[...heads, ...nobody].join(", ")} UNION ALL
    (SELECT ${[...heads, ...columns].join(", ")} FROM (${exported}) ORDER BY member)`;
  await copyQuery(
    engine,
    { sql, columns: ["made_for", "key_proof", ...columns], path },
    { format: "parquet", inspect: async () => undefined },
  );
}
