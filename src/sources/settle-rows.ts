import type { Engine } from "../engine/engine.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import type { CheckedTable, FaultyRows } from "./checked-table.js";
import { countRows } from "./count-rows.js";
import { isInPlace, selectTerms } from "./table-plan.js";

/**
 * Turns judged rows into the typed table of their source: what a rule dropped goes, and so does every column that only judging
 * needed.
 *
 * Where the table is its columns row by row under their own names, nothing is copied; columns with one value in every row are
 * added by a view.
 *
 * @param faulty - Every row that a rule dropped.
 * @param table - Quoted name of the typed table.
 * @returns Rows kept.
 */
export async function settleRows(
  engine: Engine,
  checked: CheckedTable,
  { faulty, table }: { readonly faulty: FaultyRows; readonly table: string },
): Promise<number> {
  const dropped = await countRows(engine, faulty.table, "rule IS NOT NULL");
  if (checked.dropped !== undefined) await narrow(engine, checked, { table, isClean: dropped === 0 });
  else if (isInPlace(checked.plan)) await strip(engine, checked, table);
  else await copy(engine, checked, table);
  return checked.raw.rowCount - dropped;
}

/** Judging a row again is left out where every row is kept. */
async function narrow(
  engine: Engine,
  { table: judged, plan }: Pick<CheckedTable, "table" | "plan">,
  { table, isClean }: { readonly table: string; readonly isClean: boolean },
): Promise<void> {
  const columns = plan.columns.map(({ name, constant }) => ({
    name,
    sql: constant ?? quoteIdentifier(name, "duckdb"),
  }));
  const where = isClean ? "" : " WHERE rule IS NULL";
  await engine.run(
    `CREATE OR REPLACE VIEW ${table} AS SELECT ${selectTerms(columns)} FROM ${judged}${where}`,
  );
}

async function strip(engine: Engine, { table: judged, plan }: CheckedTable, table: string): Promise<void> {
  const stored = plan.columns.filter(({ constant }) => constant === undefined);
  const wanted = new Set(stored.map(({ name }) => name));
  await engine.run(`DELETE FROM ${judged} WHERE rule IS NOT NULL`);
  const described = await engine.rows(`DESCRIBE ${judged}`);
  const spare = described.map((row) => String(row.get("column_name"))).filter((name) => !wanted.has(name));
  for (const name of spare)
    await engine.run(`ALTER TABLE ${judged} DROP COLUMN ${quoteIdentifier(name, "duckdb")}`);
  if (stored.length < plan.columns.length)
    await narrow(engine, { table: judged, plan }, { table, isClean: true });
  else await engine.run(`DROP TABLE IF EXISTS ${table}; ALTER TABLE ${judged} RENAME TO ${table}`);
}

async function copy(engine: Engine, { table: judged, plan }: CheckedTable, table: string): Promise<void> {
  const kept = `(SELECT * FROM ${judged} WHERE rule IS NULL)`;
  const columns = selectTerms(
    plan.columns.map(({ name, term, constant }) => ({ name, sql: constant ?? term })),
  );
  const query = plan.finish?.(kept) ?? `SELECT ${columns} FROM ${kept}`;
  await engine.run(`CREATE OR REPLACE TABLE ${table} AS ${query}; DROP TABLE ${judged}`);
}
