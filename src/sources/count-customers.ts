import type { Engine } from "../engine/engine.js";
import type { RowExample } from "./account.js";
import { exampleOf, type FaultyRows } from "./checked-table.js";

/** Distinct customers of a source. */
export interface CustomerCount {
  /** Named in readable rows. */
  readonly found: number;
  /** With a row that was kept. */
  readonly kept: number;
  /** First rows of at most three customers with none. */
  readonly examples: readonly RowExample[];
}

/** How many customers the readable rows of the sources name, and which of them kept no row. */
export async function countCustomers(
  engine: Engine,
  loaded: readonly { readonly faulty: FaultyRows; readonly table: string }[],
): Promise<CustomerCount> {
  const kept = loaded.map(({ table }) => `SELECT customer_id FROM ${table}`).join(" UNION ALL ");
  const dropped = loaded.map(
    ({ faulty }, i) => `
      SELECT customer_id, ${i} AS source, row_number FROM ${faulty.table}
      WHERE rule IS NOT NULL AND customer_id IS NOT NULL`,
  );
  const [counted] = await engine.rows(
    `SELECT (SELECT count(*) FROM (SELECT customer_id FROM (${kept}) GROUP BY customer_id)) AS kept,
      (SELECT count(*) FROM (${dropped.join(" UNION ALL ")})) AS dropped`,
  );
  const keptCount = Number(counted?.get("kept"));
  if (counted?.get("dropped") === 0) return { found: keptCount, kept: keptCount, examples: [] };
  const lost = await engine.rows(`
    SELECT customer_id, first.source AS source, first.row_number AS row_number, count(*) OVER () AS lost FROM (
      SELECT customer_id, min(struct_pack(source := source, row_number := row_number)) AS first
      FROM (${dropped.join(" UNION ALL ")})
      WHERE customer_id NOT IN (SELECT customer_id FROM (${kept})) GROUP BY customer_id)
    ORDER BY first LIMIT 3`);
  const message = "no row of the customer was kept";
  return {
    found: keptCount + Number(lost[0]?.get("lost") ?? 0),
    kept: keptCount,
    examples: lost.map((row) => {
      const { faulty } = loaded[Number(row.get("source"))]!;
      return exampleOf(faulty, row, { column: faulty.source.columns.get("customer")!, message });
    }),
  };
}
