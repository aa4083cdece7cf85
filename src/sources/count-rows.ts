import type { Engine } from "../engine/engine.js";

/** How many of the checked rows fit a condition. */
export async function countRows(engine: Engine, table: string, where: string): Promise<number> {
  const [row] = await engine.rows(`SELECT count(*) AS rows FROM ${table} WHERE ${where}`);
  return Number(row?.get("rows"));
}
