import type { TimeZoneStep } from "../config/cleaning-config.js";
import { quoteText } from "../engine/sql-text.js";
import type { CleaningPlan, Term } from "./table-plan.js";

/**
 * SQL: a time of day in one zone as the time of day in another.
 *
 * A time that the clocks skip counts as many minutes later as they skip; one that they show twice is the second, in standard time.
 */
export function inZone(moment: string, { from, to }: TimeZoneStep): string {
  return `timezone(${quoteText(to, "duckdb")}, timezone(${quoteText(from, "duckdb")}, ${moment}))`;
}

/** Terms over a `read_moment`: whether the zone makes another day of it, whether the clocks skip it or show it twice. */
export function zoneTerms(step: TimeZoneStep): readonly Term[] {
  const from = quoteText(step.from, "duckdb");
  const instant = `timezone(${from}, read_moment)`;
  const earlier = [30, 60].map(
    (minutes) => `timezone(${from}, ${instant} - INTERVAL ${minutes} MINUTE) = read_moment`,
  );
  return [
    { name: "moves_day", sql: `CAST(${inZone("read_moment", step)} AS DATE) <> CAST(read_moment AS DATE)` },
    { name: "is_skipped", sql: `timezone(${from}, ${instant}) <> read_moment` },
    { name: "is_twice", sql: earlier.join(" OR ") },
  ];
}

/** The line of the account; the zones themselves are changed where the time is read, so that every rule sees the right day. */
export function planTimeZone({ step, from, to }: TimeZoneStep): CleaningPlan {
  return {
    step,
    rules: [],
    run: async (engine, { table }) => {
      const [row] = await engine.rows(`
        SELECT count(*) FILTER (moves_day) AS moved, count(*) FILTER (is_skipped) AS skipped,
          count(*) FILTER (is_twice) AS twice FROM ${table} WHERE rule IS NULL`);
      const clocks = `${row?.get("skipped")} at an hour that the clocks skip (moved on), ${row?.get("twice")} at one that they show twice (the second is taken)`;
      return {
        changed: Number(row?.get("moved")),
        detail: `${from} to ${to}: changed rows have another day; ${clocks}`,
      };
    },
  };
}
