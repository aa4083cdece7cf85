import type { Engine } from "../engine/engine.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import type { SegmentAtDate } from "./history-query.js";
import { membersAt, namesSql, parquetSql, textOf } from "./membership-sql.js";

/** Files of one date. */
export interface DatedFiles {
  readonly asOf: string;
  readonly assignments: string;
  readonly features: string;
}

/** Sizes by the membership, spend by the features and assignments of each date. O(customers × dates). */
export async function segmentSizes(
  engine: Engine,
  membership: string,
  states: readonly DatedFiles[],
): Promise<readonly SegmentAtDate[]> {
  const found: SegmentAtDate[] = [];
  for (const state of states) {
    const revenue = await revenueSql(engine, state);
    const rows = await engine.rows(`${namesSql(membership)}
      SELECT placed.segment, names.name, count(*) AS customers, ${revenue === null ? "NULL" : "max(revenue)"} AS revenue
      FROM (${membersAt(membership, state.asOf)}) AS placed JOIN names ON names.segment = placed.segment
        ${revenue === null ? "" : `LEFT JOIN (${revenue}) AS spent ON spent.segment = placed.segment`}
      GROUP BY placed.segment, names.name ORDER BY length(placed.segment), placed.segment`);
    found.push(
      ...rows.map((row) => ({
        asOf: state.asOf,
        key: textOf(row, "segment"),
        name: textOf(row, "name"),
        customers: Number(row.get("customers")),
        revenue: row.get("revenue") === null ? null : Number(row.get("revenue")) / moneySteps,
      })),
    );
  }
  return found;
}

/** Sums are of whole ten-thousandths, so that they do not hang on the order of rows. */
const moneySteps = 10_000;

async function revenueSql(engine: Engine, { assignments, features }: DatedFiles): Promise<string | null> {
  const described = await engine.rows(`DESCRIBE SELECT * FROM ${parquetSql(features)}`);
  const names = described.map((row) => textOf(row, "column_name"));
  if (!names.includes("spend")) return null;
  const key = quoteIdentifier(names[0]!, "duckdb");
  return `SELECT segment, sum(CAST(round(spend * ${moneySteps}) AS BIGINT)) AS revenue
    FROM ${parquetSql(assignments)} AS placed JOIN ${parquetSql(features)} AS known ON known.${key} = placed.customer_id
    GROUP BY segment`;
}
