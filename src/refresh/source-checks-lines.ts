import type { Engine } from "../engine/engine.js";

/** Below this nobody asks for the exact count, which takes a sort. */
const suspicious = 0.1;

/**
 * Share of the kept order lines that repeat another in customer, invoice, day, product, quantity and amount, 0…1.
 *
 * A file appended twice gives a half. An estimate decides first (one pass, some 2 % off); only where it is high the lines are counted,
 * which takes as long as sorting them, and 0 stands for anything lower.
 *
 * @param engine - Holds the cleaned table `transactions`.
 */
export async function repeatedLineShare(engine: Engine): Promise<number> {
  const line = "hash(customer_id, invoice, date, product, product_name, quantity, amount)";
  const ask = async (sql: string): Promise<number> => {
    const [row] = await engine.rows(sql);
    const [lines, different] = [Number(row?.get("lines")), Number(row?.get("different"))];
    return lines === 0 ? 0 : Math.max(0, 1 - different / lines);
  };
  const estimate = await ask(
    `SELECT count(*) AS lines, approx_count_distinct(${line}) AS different FROM "transactions"`,
  );
  if (estimate < suspicious) return 0;
  return ask(
    `SELECT coalesce(sum(lines), 0) AS lines, count(*) AS different FROM (SELECT count(*) AS lines FROM "transactions" GROUP BY ${line})`,
  );
}
