import type { FeatureTable } from "#src/pushdown/count-features.js";

/** A query that makes customers in DuckDB: money in cents, days, orders, shares with gaps, and a region. Same rows always. */
export function madeCustomersSql(rowCount: number): string {
  const draw = (purpose: string) =>
    `(CAST('0x' || substr(md5(i || ':${purpose}'), 1, 8) AS BIGINT) / 4294967296.0)::DOUBLE`;
  return `SELECT 'c' || i AS customer_id,
  CASE WHEN ${draw("buyer")} < 0.97 THEN floor(${draw("recency")} * ${draw("recency2")} * 400) END::DOUBLE AS f0,
  floor(1 + 30 * ${draw("orders")} ** 6)::DOUBLE AS f1,
  (floor(exp(8 + 2 * ${draw("spend")} + CASE WHEN i % 5 < 2 THEN 1.5 ELSE 0 END)) / 100)::DOUBLE AS f2,
  CASE WHEN i % 11 = 0 THEN NULL ELSE floor(${draw("share")} * 21) / 20 END::DOUBLE AS f3,
  CASE WHEN i % 13 = 0 THEN 'nan'::DOUBLE ELSE floor((${draw("change")} - 0.4) ** 3 * 1e5) / 100 END::DOUBLE AS f4,
  CASE WHEN i % 17 = 0 THEN NULL ELSE chr((65 + i % 4)::INTEGER) END AS f5
FROM range(${rowCount}) AS rows(i)`;
}

/** Their features. */
export const madeFeatures: readonly string[] = ["recency", "orders", "spend", "share", "change"];

export function madeTable(table: string): FeatureTable {
  const columns = [...madeFeatures, "region"].map((name, j): [string, string] => [name, `f${j}`]);
  return { table, key: "customer_id", columns: new Map(columns) };
}
