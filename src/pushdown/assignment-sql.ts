import { numberLiteral } from "../engine/sql-numbers.js";
import { quoteText } from "../engine/sql-text.js";
import { type IntegerCentres, type LatticeTable, labelledSql } from "./kmeans-sql.js";
import type { PushdownDialect } from "./pushdown-engine.js";

/** Key and name of a segment. */
export interface PushedSegment {
  readonly key: string;
  readonly name: string;
}

const largestBigint = "9223372036854775807";

/**
 * SQL: each customer's segment: customer_id, segment, segment_name, distance (in standard deviations), runner_up, margin
 * (0…1, 0: equidistant), the very numbers of `assignCustomers`.
 *
 * Distances are whole numbers until the root, which is rounded alike everywhere.
 *
 * @param segments - One per centre.
 */
export function assignmentSql(
  table: LatticeTable,
  centres: IntegerCentres,
  { segments, dialect }: { readonly segments: readonly PushedSegment[]; readonly dialect: PushdownDialect },
): string {
  const text = (value: string) => quoteText(value, dialect);
  const cases = (value: (cluster: number) => string) =>
    `CASE ${centres.map((_, cluster) => `WHEN label = ${cluster} THEN ${value(cluster)}`).join(" ")} END`;
  const hasOthers = centres.length > 1;
  const others = centres.map(
    (_, cluster) => `CASE WHEN label = ${cluster} THEN ${largestBigint} ELSE d${cluster} END`,
  );
  const second = hasOthers ? `LEAST(${others.join(", ")})` : largestBigint;
  const distances = centres.map((_, cluster) => `d${cluster}`).join(", ");
  const own = cases((cluster) => `d${cluster}`);
  const ranked = `SELECT customer_id, label, ${distances}, ${own} AS own, ${second} AS second FROM (${labelledSql(table, centres, { kept: ["customer_id"] })}) AS labelled`;
  const runnerUp = centres.map(
    (_, cluster) => `WHEN label <> ${cluster} AND d${cluster} = second THEN ${text(segments[cluster]!.key)}`,
  );
  const root = (name: string) => `SQRT(CAST(${name} AS DOUBLE))`;
  const margin = `CASE WHEN second = 0 THEN ${numberLiteral(0, dialect)} ELSE (${root("second")} - ${root("own")}) / ${root("second")} END`;
  return `SELECT customer_id, ${[
    `${cases((cluster) => text(segments[cluster]!.key))} AS segment`,
    `${cases((cluster) => text(segments[cluster]!.name))} AS segment_name`,
    `${root("own")} / ${numberLiteral(2 ** 20, dialect)} AS distance`,
    `${hasOthers ? `CASE ${runnerUp.join(" ")} END` : "CAST(NULL AS CHAR(1))"} AS runner_up`,
    `${hasOthers ? margin : numberLiteral(1, dialect)} AS margin`,
  ].join(", ")} FROM (${ranked}) AS ranked`;
}
