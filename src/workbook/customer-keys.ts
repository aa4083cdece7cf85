import type { Workbook } from "./open-workbook.js";

/** A scan holds the keys in memory; of more customers the first by key are looked for. */
const mostKeys = 1_000_000;

/** Keys of a workbook's customers, sorted, at most a million: what no report may hold. */
export async function customerKeys({ config, engine }: Workbook): Promise<readonly string[]> {
  const isListed = config.sources.some(({ kind }) => kind === "customers");
  const rows = await engine.rows(
    `SELECT DISTINCT "customer_id" AS "key" FROM "${isListed ? "customers" : "transactions"}" ORDER BY 1 LIMIT ${mostKeys}`,
  );
  return rows.map((row) => String(row.get("key")));
}
