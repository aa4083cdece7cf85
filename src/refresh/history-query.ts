import type { CellValue, Engine, QueryRow } from "../engine/engine.js";
import { quoteText } from "../engine/sql-text.js";
import type { Interval } from "../inference/test-result.js";
import { wilsonInterval } from "../inference/wilson-interval.js";
import { membersAt, namesSql, parquetSql, textOf } from "./membership-sql.js";

/** One segment at one date. */
export interface SegmentAtDate {
  readonly asOf: string;
  readonly key: string;
  /** What it is called now. */
  readonly name: string;
  readonly customers: number;
  /** Spend of its customers within the workbook's window, in the currency's major unit; null without a spend feature. */
  readonly revenue: number | null;
}

/** One stay of a customer in a segment. */
export interface MembershipStay {
  /** First date on which the customer was seen there. */
  readonly from: string;
  /** Date on which the customer was there no more; null: still there. */
  readonly to: string | null;
  readonly segment: string;
  readonly name: string;
  readonly definitionVersion: number;
  /** first, returned, moved or definition-changed. */
  readonly reason: string;
  /** moved, definition-changed or lapsed; null while it is open. */
  readonly endReason: string | null;
}

/** What became of a segment's customers by the next date. */
export interface SegmentRetention {
  readonly from: string;
  readonly to: string;
  readonly key: string;
  readonly name: string;
  /** In the segment at the first date. */
  readonly customers: number;
  /** Of these, in the same segment at the next. */
  readonly stayed: SharedCustomers;
  /** Of these, a customer at the next, in whatever segment. */
  readonly present: SharedCustomers;
}

/** A share of customers. */
export interface SharedCustomers {
  readonly customers: number;
  /** 0…1. */
  readonly share: number;
  /** 95 %, Wilson: how far the share of as many customers varies by chance. */
  readonly interval: Interval;
}

/** Customers who were in one segment and are in another, or the same. */
export interface SegmentTransition {
  /** null: they were no customers yet, or no more. */
  readonly from: { readonly key: string; readonly name: string } | null;
  /** null: they are no customers any more. */
  readonly to: { readonly key: string; readonly name: string } | null;
  readonly customers: number;
}

/** Every stay of one customer, oldest first. */
export async function customerPath(
  engine: Engine,
  membership: string,
  customer: string,
): Promise<readonly MembershipStay[]> {
  const rows = await engine.rows(
    `SELECT * FROM ${parquetSql(membership)} WHERE customer_id = ${quoteText(customer, "duckdb")} ORDER BY valid_from`,
  );
  return rows.map((row) => ({
    from: textOf(row, "valid_from"),
    to: textOrNull(row.get("valid_to")),
    segment: textOf(row, "segment"),
    name: textOf(row, "segment_name"),
    definitionVersion: Number(row.get("definition_version")),
    reason: textOf(row, "reason"),
    endReason: textOrNull(row.get("end_reason")),
  }));
}

/** Retention of every segment from each date to the next. O(stays × dates). */
export async function segmentRetention(
  engine: Engine,
  membership: string,
  dates: readonly string[],
): Promise<readonly SegmentRetention[]> {
  const found: SegmentRetention[] = [];
  for (const [i, to] of dates.slice(1).entries()) {
    const from = dates[i]!;
    const rows = await engine.rows(`${namesSql(membership)}
      SELECT was.segment, names.name, count(*) AS customers, count(*) FILTER (now.segment = was.segment) AS stayed,
        count(now.segment) AS present
      FROM (${membersAt(membership, from)}) AS was LEFT JOIN (${membersAt(membership, to)}) AS now
        ON now.customer_id = was.customer_id JOIN names ON names.segment = was.segment
      GROUP BY was.segment, names.name ORDER BY length(was.segment), was.segment`);
    found.push(...rows.map((row) => retentionOf(row, from, to)));
  }
  return found;
}

function retentionOf(row: QueryRow, from: string, to: string): SegmentRetention {
  const count = (name: string): number => Number(row.get(name));
  const customers = count("customers");
  const shared = (kept: number): SharedCustomers => ({
    customers: kept,
    share: kept / customers,
    interval: wilsonInterval(kept, customers),
  });
  return {
    from,
    to,
    key: textOf(row, "segment"),
    name: textOf(row, "name"),
    customers,
    stayed: shared(count("stayed")),
    present: shared(count("present")),
  };
}

/** Customers by segment at two dates. O(stays). */
export async function segmentTransitions(
  engine: Engine,
  membership: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly SegmentTransition[]> {
  const rows = await engine.rows(`${namesSql(membership)}
    SELECT * FROM (SELECT was.segment AS old, before.name AS old_name, now.segment AS new, after.name AS new_name, count(*) AS customers
    FROM (${membersAt(membership, from)}) AS was FULL JOIN (${membersAt(membership, to)}) AS now
      ON now.customer_id = was.customer_id
      LEFT JOIN names AS before ON before.segment = was.segment LEFT JOIN names AS after ON after.segment = now.segment
    GROUP BY ALL) ORDER BY length(old) NULLS LAST, old, length(new) NULLS LAST, new`);
  const side = (row: QueryRow, which: string) =>
    row.get(which) === null ? null : { key: textOf(row, which), name: textOf(row, `${which}_name`) };
  return rows.map((row) => ({
    from: side(row, "old"),
    to: side(row, "new"),
    customers: Number(row.get("customers")),
  }));
}

function textOrNull(value: CellValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
