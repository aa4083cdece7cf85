import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "#src/engine/engine.js";

/** Columns of a cleaned table of transactions, in order, as every engine declares them. */
export const orderColumns: readonly (readonly [name: string, type: string])[] = [
  ["customer_id", "VARCHAR"],
  ["invoice", "VARCHAR"],
  ["date", "DATE"],
  ["product", "VARCHAR"],
  ["category", "VARCHAR"],
  ["region", "VARCHAR"],
  ["quantity", "BIGINT"],
  ["amount", "BIGINT"],
  ["discount_amount", "BIGINT"],
  ["is_return", "BOOLEAN"],
];

const files = 4;

/** A query that makes cleaned order lines in DuckDB: 20 a customer, habits of four kinds, some returns. Same rows always. */
export function madeOrdersSql(lineCount: number, condition = "true"): string {
  const draw = (purpose: string, of = "i") =>
    `(CAST('0x' || substr(md5(${of} || ':${purpose}'), 1, 8) AS BIGINT) / 4294967296.0)::DOUBLE`;
  const customers = Math.max(1, Math.round(lineCount / 20));
  const habit = "customer % 4";
  return `SELECT 'c' || customer AS customer_id, 'i' || (i // 3) AS invoice,
  DATE '2026-03-31' - CAST(floor(${draw("day")} * (30 + 180 * (${habit}))) AS INTEGER) AS date,
  'p' || (quantity_draw * 977 // 1)::BIGINT % 97 AS product,
  CASE WHEN ${draw("category")} < 0.2 + 0.2 * (${habit}) THEN 'food' ELSE 'wear' END AS category,
  CASE customer % 7 WHEN 0 THEN 'north' WHEN 1 THEN 'süd' ELSE 'west' END AS region,
  CASE WHEN i % 50 = 49 THEN -1 ELSE 1 + CAST(floor(quantity_draw * 5) AS BIGINT) END AS quantity,
  CASE WHEN i % 50 = 49 THEN -1 ELSE 1 END * CAST(100 + floor(exp(6 + 2 * ${draw("price")} + (${habit}) * 0.5)) AS BIGINT) AS amount,
  CASE WHEN i % 9 = 0 THEN 50 ELSE 0 END::BIGINT AS discount_amount, i % 50 = 49 AS is_return
FROM (SELECT i, CAST(floor(${draw("customer")} * ${draw("customer2")} * ${customers}) AS BIGINT) AS customer, ${draw("quantity")} AS quantity_draw
  FROM range(${lineCount}) AS lines(i) WHERE ${condition}) AS drawn`;
}

/** Writes them as Parquet files into `FOLDER/orders`, several, so that several workers have something to read. */
export async function writeOrders(engine: Engine, folder: string, lineCount: number): Promise<string> {
  const orders = join(folder, "orders");
  mkdirSync(orders, { recursive: true });
  for (let file = 0; file < files; file++)
    await engine.run(
      `COPY (${madeOrdersSql(lineCount, `i % ${files} = ${file}`)}) TO '${join(orders, `part-${file}.parquet`)}' (FORMAT parquet, ROW_GROUP_SIZE 100000)`,
    );
  return orders;
}

/** Columns of the order lines that a shop would send, in order. */
export const saleColumns: readonly (readonly [name: string, type: string])[] = [
  ["customer", "VARCHAR"],
  ["invoice", "VARCHAR"],
  ["day", "DATE"],
  ["category", "VARCHAR"],
  ["region", "VARCHAR"],
  ["pieces", "BIGINT"],
  ["unit_price", "DECIMAL(12,2)"],
];

/** Writes order lines as a shop would send them, not cleaned, as one Parquet file into `FOLDER/sales`; some hold what no line may. */
export async function writeSales(engine: Engine, folder: string, lineCount: number): Promise<string> {
  const sales = join(folder, "sales");
  mkdirSync(sales, { recursive: true });
  const line = `CASE WHEN amount % 977 = 0 THEN NULL ELSE customer_id END AS customer, invoice, "date" AS day, category, region,
    CASE WHEN amount % 991 = 0 THEN 0 ELSE quantity END AS pieces,
    CASE WHEN amount % 983 = 0 THEN -1 ELSE CAST(abs(amount) / 100 AS DECIMAL(12, 2)) END AS unit_price`;
  await engine.run(
    `COPY (SELECT ${line} FROM (${madeOrdersSql(lineCount)}) AS made) TO '${join(sales, "part.parquet")}' (FORMAT parquet)`,
  );
  return sales;
}
