import {
  type ProductAffinity,
  type ProductAffinityCell,
  productAffinity,
} from "../value/product-affinity.js";
import type { Workbook } from "./open-workbook.js";
import type { Segmentation } from "./segmentation.js";

/** What each segment takes to, or why it cannot be told. */
export interface ProductLeads {
  readonly affinity: ProductAffinity | null;
  /** What an item is. */
  readonly items: "category" | "product";
  /** One sentence; empty where there is an answer. */
  readonly reason: string;
}

/**
 * Which categories, or products where orders name no category, each segment of a workbook buys more than customers with as broad a choice.
 *
 * @see productAffinity
 */
export async function productLeads(book: Workbook, found: Segmentation): Promise<ProductLeads> {
  const columns = book.config.sources.find(({ kind }) => kind === "transactions")?.columns;
  const items = columns?.has("category") ? "category" : "product";
  if (!columns?.has(items))
    return { affinity: null, items, reason: "Products: no orders that name what was bought were given." };
  const { decimals } = book.config.money;
  const rows = await book.engine.rows(
    `SELECT "customer_id", "item", sum("amount")::BIGINT AS "amount" FROM (${itemSql(items)}) GROUP BY ALL ORDER BY ALL`,
  );
  if (rows.length === 0)
    return { affinity: null, items, reason: "Products: no orders are left after cleaning." };
  const purchases = rows.map((row) => ({
    customer: String(row.get("customer_id")),
    item: String(row.get("item")),
    amount: Number(row.get("amount")) / 10 ** decimals,
  }));
  const { keys, labels } = found.assignment;
  const affinity = productAffinity(purchases, { keys, labels, segments: found.segments }, { breadthGroups });
  return { affinity, items, reason: "" };
}

/** A product's code alone tells a reader nothing: its first name in the orders stands behind it. */
function itemSql(items: ProductLeads["items"]): string {
  const from = `SELECT "customer_id", "${items}" AS "item", "amount" FROM "transactions" WHERE "${items}" IS NOT NULL AND NOT "is_return"`;
  if (items === "category") return from;
  const names = `SELECT "product" AS "item", min("product_name") AS "name" FROM "transactions" GROUP BY ALL`;
  return `SELECT "customer_id", concat_ws(' ', "item", trim("name")) AS "item", "amount" FROM (${from}) LEFT JOIN (${names}) USING ("item")`;
}

/** Customers are compared with those of as broad a choice, in quarters: who buys much buys more of everything. */
const breadthGroups = 4;

/** What a segment leans to most: the highest pooled lift of those that are no chance find; null where there is none. */
export function leadOf({ cells }: ProductAffinity, key: string): ProductAffinityCell | null {
  const clear = cells.filter(
    (cell) =>
      cell.segment === key &&
      cell.qValue !== null &&
      cell.qValue < 0.05 &&
      cell.interval !== null &&
      cell.interval.low > 1,
  );
  return clear.reduce<ProductAffinityCell | null>(
    (best, cell) => (best === null || cell.pooledLift! > best.pooledLift! ? cell : best),
    null,
  );
}
