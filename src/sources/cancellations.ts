import type { Engine } from "../engine/engine.js";
import { amountSql } from "./amount-sql.js";
import { countRows } from "./count-rows.js";
import type { CleaningPlace, CleaningPlan, PlanInput } from "./table-plan.js";

/**
 * Takes back what cancellations cancel.
 *
 * A cancellation is a kept line with a negative quantity or a cancelled invoice. It belongs to the latest earlier purchase of the same customer,
 * product, price and quantity that no other cancellation has taken: both are dropped, as `cancelled-purchase` and
 * `netted-cancellation`. One that finds none takes its pieces from the latest earlier purchase of the same customer, product and
 * price that has enough left, whose quantity shrinks. The others are `unmatched-cancellation`: dropped, or kept where returns
 * are netted. Of lines with the same time a purchase comes first.
 */
export function planCancellations({ source }: PlanInput): CleaningPlan {
  const column = source.columns.get("invoice")!;
  const isNet = source.returns.policy === "net";
  const rule = (
    reason: "cancelled-purchase" | "netted-cancellation" | "unmatched-cancellation",
    message: string,
  ) => ({
    reason,
    column,
    when: "",
    message,
  });
  return {
    step: "cancellations",
    rules: [
      rule("cancelled-purchase", "purchase was cancelled"),
      rule("netted-cancellation", "cancellation is netted against its purchase"),
      rule("unmatched-cancellation", "cancellation has no earlier purchase to take back"),
    ],
    run: async (engine, place) => {
      await dropPairs(engine, place);
      const parts = await netParts(engine, place);
      const { table, firstRule } = place;
      const unmatched = await countRows(engine, table, "rule IS NULL AND is_return");
      if (!isNet)
        await engine.run(`UPDATE ${table} SET rule = ${firstRule + 2} WHERE rule IS NULL AND is_return`);
      const detail = `${unmatched} without an earlier purchase${isNet ? ", kept because returns are netted" : ""}`;
      return { changed: parts, detail };
    },
  };
}

/**
 * Pairs whole lines as brackets pair: a purchase opens, a cancellation closes the latest one that is open. Lines of one depth
 * then open and close in turn.
 */
async function dropPairs(engine: Engine, { table, firstRule }: CleaningPlace): Promise<void> {
  const group = "customer_id, product, price, abs(quantity)";
  const order = "moment, is_return, invoice, row_number";
  await engine.run(`
    UPDATE ${table} SET rule = ${firstRule} + is_return::INTEGER WHERE row_number IN (
      WITH lines AS (
        SELECT row_number, is_return, customer_id, product, price, abs(quantity) AS quantity,
          row_number() OVER (PARTITION BY ${group} ORDER BY ${order}) AS place,
          sum(CASE WHEN is_return THEN -1 ELSE 1 END) OVER (PARTITION BY ${group} ORDER BY ${order} ROWS UNBOUNDED PRECEDING) AS level
        FROM ${table}
        WHERE rule IS NULL AND product IS NOT NULL AND (quantity < 0 OR NOT is_return)),
      floors AS (
        SELECT *, least(0, min(level) OVER (PARTITION BY customer_id, product, price, quantity ORDER BY place ROWS UNBOUNDED PRECEDING)) AS floor
        FROM lines),
      open AS (
        SELECT *, level - floor + is_return::INTEGER AS depth, level = floor AND level < 0 AND is_return
          AND level < coalesce(lag(floor) OVER (PARTITION BY customer_id, product, price, quantity ORDER BY place), 0) AS is_alone
        FROM floors),
      turns AS (
        SELECT row_number, is_return,
          lead(is_return) OVER (PARTITION BY customer_id, product, price, quantity, floor, depth ORDER BY place) AS next_is_return,
          lag(is_return) OVER (PARTITION BY customer_id, product, price, quantity, floor, depth ORDER BY place) AS last_is_return
        FROM open WHERE NOT is_alone)
      SELECT row_number FROM turns
      WHERE (NOT is_return AND next_is_return) OR (is_return AND NOT last_is_return))`);
}

/**
 * Nets parts of lines, in rounds: in each the earliest cancellation of a customer, product and price takes its pieces.
 *
 * @returns How many purchases shrank.
 */
async function netParts(engine: Engine, { table, firstRule }: CleaningPlace): Promise<number> {
  const shrunk = new Set<number>();
  for (;;) {
    const accepted = await engine.rows(`
      WITH asked AS (
        SELECT c.row_number AS cancellation, p.row_number AS purchase, p.quantity + c.quantity AS left_over,
          c.moment AS moment, c.invoice AS invoice, c.customer_id AS customer_id, c.product AS product, c.price AS price,
          row_number() OVER (PARTITION BY c.row_number ORDER BY p.moment DESC, p.invoice DESC, p.row_number DESC) AS choice
        FROM ${table} AS c JOIN ${table} AS p
          ON p.customer_id = c.customer_id AND p.product = c.product AND p.price = c.price
        WHERE c.rule IS NULL AND c.is_return AND c.quantity < 0
          AND p.rule IS NULL AND NOT p.is_return AND p.moment <= c.moment AND p.quantity + c.quantity >= 0)
      SELECT cancellation, purchase, left_over FROM (
        SELECT *, row_number() OVER (PARTITION BY customer_id, product, price ORDER BY moment, invoice, cancellation) AS turn
        FROM asked WHERE choice = 1)
      WHERE turn = 1`);
    if (accepted.length === 0) return shrunk.size;
    const pairs = accepted.map((row) => [...row.values()].map(Number));
    for (const [, purchase, left] of pairs) {
      if (left! > 0) shrunk.add(purchase!);
      else shrunk.delete(purchase!);
    }
    const values = pairs.map((pair) => `(${pair.join(", ")})`).join(", ");
    const { discountAmount, amount } = amountSql("n.left_over", "price");
    await engine.run(`
      UPDATE ${table} SET rule = ${firstRule + 1}
        FROM (VALUES ${values}) AS n(cancellation, purchase, left_over) WHERE row_number = n.cancellation;
      UPDATE ${table} SET rule = ${firstRule}
        FROM (VALUES ${values}) AS n(cancellation, purchase, left_over) WHERE row_number = n.purchase AND n.left_over = 0;
      UPDATE ${table} SET quantity = n.left_over, discount_amount = ${discountAmount}, amount = ${amount}
        FROM (VALUES ${values}) AS n(cancellation, purchase, left_over) WHERE row_number = n.purchase AND n.left_over > 0`);
  }
}
