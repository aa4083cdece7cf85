import type { Engine } from "../engine/engine.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import type { CheckedTable } from "./checked-table.js";
import { selectTerms, type TablePlan } from "./table-plan.js";

/**
 * Turns judged rows into the typed table of their source: what a rule dropped goes, and so does every column that only judging
 * needed.
 *
 * Where the table is its columns row by row under their own names, nothing is copied.
 *
 * @param table - Quoted name of the typed table.
 * @returns Rows kept.
 */
export async function settleRows(engine: Engine, checked: CheckedTable, table: string): Promise<number> {
  const { plan } = checked;
  const [kept] = await engine.rows(`SELECT count(*) AS rows FROM ${checked.table} WHERE rule IS NULL`);
  if (isInPlace(plan)) await strip(engine, checked, table);
  else await copy(engine, checked, table);
  return Number(kept?.get("rows"));
}

function isInPlace({ columns, finish }: TablePlan): boolean {
  return finish === undefined && columns.every(({ name, term }) => name === term);
}

async function strip(engine: Engine, { table: judged, plan }: CheckedTable, table: string): Promise<void> {
  const wanted = new Set(plan.columns.map(({ name }) => name));
  await engine.run(`DELETE FROM ${judged} WHERE rule IS NOT NULL`);
  const described = await engine.rows(`DESCRIBE ${judged}`);
  const spare = described.map((row) => String(row.get("column_name"))).filter((name) => !wanted.has(name));
  const drops = spare.map((name) => `ALTER TABLE ${judged} DROP COLUMN ${quoteIdentifier(name, "duckdb")}`);
  await engine.run(
    [...drops, `DROP TABLE IF EXISTS ${table}`, `ALTER TABLE ${judged} RENAME TO ${table}`].join("; "),
  );
}

async function copy(engine: Engine, { table: judged, plan }: CheckedTable, table: string): Promise<void> {
  const kept = `(SELECT * FROM ${judged} WHERE rule IS NULL)`;
  const columns = selectTerms(plan.columns.map(({ name, term }) => ({ name, sql: term })));
  const query = plan.finish?.(kept) ?? `SELECT ${columns} FROM ${kept}`;
  await engine.run(`CREATE OR REPLACE TABLE ${table} AS ${query}; DROP TABLE ${judged}`);
}
