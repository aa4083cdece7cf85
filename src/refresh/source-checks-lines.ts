import type { Engine } from "../engine/engine.js";

/** Order lines that are there more than once. */
export interface RepeatedLines {
  /** Share of the order lines that repeat another, 0…1; 0 stands for anything below a tenth. */
  readonly share: number;
  /** Days on which every order line is there twice; absent: none, or too few lines to say. */
  readonly days?: RepeatedDays;
}

/** Days that two files have in common. */
export interface RepeatedDays {
  readonly count: number;
  /** `YYYY-MM-DD`. */
  readonly first: string;
  readonly last: string;
  /** On all of them, each counted as often as it is there. */
  readonly lines: number;
}

/** Below this nobody asks for the exact count, which takes a sort. */
const suspicious = 0.1;
/** Fewer lines than this may repeat each other by chance. */
const fewestLines = 20;

/** What makes two order lines the same one. */
const line = "hash(customer_id, invoice, date, product, product_name, quantity, amount)";

/**
 * Kept order lines that repeat another in customer, invoice, day, product, quantity and amount: files that overlap, or one sent twice.
 *
 * Two equal lines of one invoice may both be meant; a day of which every line comes twice is no chance, however short the overlap.
 * Three passes over the lines, which hold a row per day at most; only where an estimate of the share is high (some 2 % off) the lines
 * are counted, which takes as long as sorting them.
 *
 * @param engine - Holds the cleaned table `transactions`.
 */
export async function findRepeatedLines(engine: Engine): Promise<RepeatedLines> {
  const days = await findRepeatedDays(engine);
  return { share: await shareOfRepeats(engine), ...(days && { days }) };
}

async function shareOfRepeats(engine: Engine): Promise<number> {
  const ask = async (sql: string): Promise<number> => {
    const [row] = await engine.rows(sql);
    const [lines, different] = [Number(row?.get("lines")), Number(row?.get("different"))];
    return lines === 0 ? 0 : Math.max(0, 1 - different / lines);
  };
  const estimate = await ask(
    `SELECT count(*) AS lines, approx_count_distinct(${line}) AS different FROM "transactions"`,
  );
  if (estimate < suspicious) return 0;
  const share = await ask(
    `SELECT coalesce(sum(lines), 0) AS lines, count(*) AS different FROM (SELECT count(*) AS lines FROM "transactions" GROUP BY ${line})`,
  );
  return share < suspicious ? 0 : share;
}

/** Hashes that come in pairs cancel each other. */
async function findRepeatedDays(engine: Engine): Promise<RepeatedDays | undefined> {
  const [row] = await engine.rows(`
    SELECT count(*) AS count, min(date)::VARCHAR AS first, max(date)::VARCHAR AS last, coalesce(sum(lines), 0)::BIGINT AS lines
    FROM (SELECT date, count(*) AS lines FROM "transactions" GROUP BY date
      HAVING bit_xor(${line}) = 0 AND min(${line}) < max(${line}))`);
  const [count, lines] = [Number(row?.get("count")), Number(row?.get("lines"))];
  if (lines < fewestLines) return undefined;
  return { count, first: String(row?.get("first")), last: String(row?.get("last")), lines };
}
