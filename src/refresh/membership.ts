import { dayNumber } from "../core/calendar-day.js";
import { checkCount, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { copyQuery } from "../engine/copy-query.js";
import type { Engine } from "../engine/engine.js";
import { quoteText } from "../engine/sql-text.js";
import { parquetSql } from "./membership-sql.js";

/** Why a customer's stay in a segment began. */
export type MembershipReason = "first" | "returned" | "moved" | "definition-changed";

/** What a membership is carried forward with. */
export interface MembershipStep {
  /** Path of the membership before; null for the first state. */
  readonly previous: string | null;
  /**
   * Path of the new assignments, a Parquet file with the columns `customer_id`, `segment`, `segment_name` and `former`: where the
   * definition before puts the customer as known now; NULL where there was none.
   */
  readonly assignments: string;
  /** Last day that the new assignments know, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Version of the definition in force from now on. */
  readonly version: number;
}

/** What the step came to. */
export interface MembershipCounts {
  /** Stays in the file, of all times. */
  readonly rows: number;
  /** Stays that are open: one per customer of now. */
  readonly open: number;
  readonly begun: Readonly<Record<MembershipReason, number>>;
  /** Stays that ended because the customer is gone. */
  readonly lapsed: number;
}

/** Columns of the file, in order. */
const membershipColumns: readonly string[] = [
  "customer_id",
  "valid_from",
  "valid_to",
  "segment",
  "segment_name",
  "definition_version",
  "reason",
  "end_reason",
];

/**
 * Carries every customer's segments over time one date further: a slowly changing dimension of type 2, one row per stay.
 *
 * A stay holds from `valid_from` up to but not on `valid_to`, NULL while it is open; stays of one customer neither overlap nor leave a
 * gap, except while the customer is lapsed. `reason` says why it began ({@link MembershipReason}), `end_reason` why it ended: moved,
 * definition-changed or lapsed. `segment_name` is what the segment was called last, `definition_version` the one that began the stay.
 * A customer who is held in a segment goes on staying there. Sorted by customer and date; same inputs, same bytes.
 * O(stays log stays), in DuckDB.
 *
 * @param output - Path of a Parquet file; whole or not at all.
 * @throws InputError if the day is none, or not after the last of the membership before.
 */
export async function writeMembership(
  engine: Engine,
  step: MembershipStep,
  output: string,
): Promise<MembershipCounts> {
  const { previous, asOf, version } = step;
  if (dayNumber(asOf) === undefined)
    throw new InputError(`writeMembership: asOf must be a day, YYYY-MM-DD, got ${describeValue(asOf)}`);
  checkCount("writeMembership", "version", version, 1);
  if (previous !== null) await requireLater(engine, previous, asOf);
  return copyQuery(
    engine,
    { sql: membershipSql(step), columns: membershipColumns, path: output },
    { format: "parquet", inspect: (written) => countStays(engine, written, asOf) },
  );
}

async function requireLater(engine: Engine, previous: string, asOf: string): Promise<void> {
  const [row] = await engine.rows(
    `SELECT CAST(greatest(max(valid_from), max(valid_to)) AS VARCHAR) AS last FROM ${parquetSql(previous)}`,
  );
  const last = row!.get("last");
  if (typeof last === "string" && last >= asOf)
    throw new InputError(
      `writeMembership: asOf must be after the last date of the membership (${last}), got ${asOf}`,
    );
}

/** Stays that ended are carried over; those that are open go on, or end, by where the customer is now; others begin. */
function membershipSql({ previous, assignments, asOf, version }: MembershipStep): string {
  const today = `DATE ${quoteText(asOf, "duckdb")}`;
  return `WITH before AS (${previous === null ? noStays : `SELECT * FROM ${parquetSql(previous)}`}),
    now AS (SELECT customer_id, segment, segment_name, former FROM ${parquetSql(assignments)}),
    still AS (SELECT * FROM before WHERE valid_to IS NULL),
    compared AS (
      SELECT still.*, now.segment AS new_segment, now.segment_name AS new_name,
        CASE WHEN now.segment IS NULL THEN 'lapsed' WHEN now.segment = still.segment THEN NULL
          WHEN now.former = still.segment THEN 'definition-changed' ELSE 'moved' END AS change
      FROM still LEFT JOIN now ON now.customer_id = still.customer_id),
    continued AS (
      SELECT customer_id, valid_from, CASE WHEN change IS NOT NULL THEN ${today} END AS valid_to, segment,
        CASE WHEN change IS NULL THEN new_name ELSE segment_name END AS segment_name, definition_version, reason,
        change AS end_reason
      FROM compared),
    begun AS (
      SELECT customer_id, new_segment AS segment, new_name AS segment_name, change AS reason
      FROM compared WHERE change IN ('moved', 'definition-changed')
      UNION ALL
      SELECT now.customer_id, now.segment, now.segment_name, CASE WHEN gone.customer_id IS NULL THEN 'first' ELSE 'returned' END
      FROM now ANTI JOIN still ON still.customer_id = now.customer_id
        LEFT JOIN (SELECT DISTINCT customer_id FROM before WHERE valid_to IS NOT NULL) AS gone ON gone.customer_id = now.customer_id)
    SELECT ${membershipColumns.join(", ")} FROM (
      SELECT * FROM before WHERE valid_to IS NOT NULL
      UNION ALL BY NAME SELECT * FROM continued
      UNION ALL BY NAME SELECT *, ${today} AS valid_from, CAST(NULL AS DATE) AS valid_to,
        CAST(${version} AS INTEGER) AS definition_version, CAST(NULL AS VARCHAR) AS end_reason FROM begun)
    ORDER BY customer_id, valid_from`;
}

const noStays = `SELECT CAST(NULL AS VARCHAR) AS customer_id, CAST(NULL AS DATE) AS valid_from, CAST(NULL AS DATE) AS valid_to,
  CAST(NULL AS VARCHAR) AS segment, CAST(NULL AS VARCHAR) AS segment_name, CAST(NULL AS INTEGER) AS definition_version,
  CAST(NULL AS VARCHAR) AS reason, CAST(NULL AS VARCHAR) AS end_reason WHERE false`;

async function countStays(engine: Engine, written: string, asOf: string): Promise<MembershipCounts> {
  const today = quoteText(asOf, "duckdb");
  const begun = (reason: MembershipReason): string =>
    `count(*) FILTER (valid_from = ${today} AND reason = '${reason}')`;
  const [row] = await engine.rows(`SELECT count(*) AS total, count(*) FILTER (valid_to IS NULL) AS still,
    ${begun("first")} AS fresh, ${begun("returned")} AS returned, ${begun("moved")} AS moved,
    ${begun("definition-changed")} AS redefined,
    count(*) FILTER (valid_to = ${today} AND end_reason = 'lapsed') AS lapsed FROM ${written}`);
  const count = (name: string): number => Number(row!.get(name));
  return {
    rows: count("total"),
    open: count("still"),
    begun: {
      first: count("fresh"),
      returned: count("returned"),
      moved: count("moved"),
      "definition-changed": count("redefined"),
    },
    lapsed: count("lapsed"),
  };
}
