import type { QueryRow } from "../engine/engine.js";
import { quoteText } from "../engine/sql-text.js";

/** SQL that reads a Parquet file of a state; folders called `key=value` on the way are no columns. */
export function parquetSql(path: string): string {
  return `read_parquet(${quoteText(path, "duckdb")}, hive_partitioning = false)`;
}

/** Who was in which segment at the end of a day. */
export function membersAt(membership: string, asOf: string): string {
  const day = `DATE ${quoteText(asOf, "duckdb")}`;
  return `SELECT customer_id, segment FROM ${parquetSql(membership)}
    WHERE valid_from <= ${day} AND (valid_to IS NULL OR valid_to > ${day})`;
}

/** The last name of each segment, so that it has one name at all dates. */
export function namesSql(membership: string): string {
  return `WITH names AS (SELECT segment, max_by(segment_name, coalesce(valid_to, DATE '9999-12-31')) AS name
    FROM ${parquetSql(membership)} GROUP BY segment)`;
}

/** A value that is never NULL, as text. */
export function textOf(row: QueryRow, name: string): string {
  return String(row.get(name));
}
