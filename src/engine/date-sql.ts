import type { Dialect } from "./dialect.js";
import { integerType } from "./sql-numbers.js";
import { quoteText } from "./sql-text.js";

/**
 * A calendar day as an SQL literal: `DATE '2026-03-31'`. SQLite has no dates; there a day is its text.
 *
 * @param day - `YYYY-MM-DD`.
 */
export function dateLiteral(day: string, dialect: Dialect): string {
  return dialect === "sqlite" ? quoteText(day, dialect) : `DATE ${quoteText(day, dialect)}`;
}

/** Whole calendar days from one date to another, both of type DATE; below 0 where the second is the earlier. */
export function daysBetweenSql(from: string, to: string, dialect: Dialect): string {
  switch (dialect) {
    case "duckdb":
    case "postgresql":
      return `(${to} - ${from})`;
    case "mysql":
    case "spark":
      return `DATEDIFF(${to}, ${from})`;
    case "trino":
      return `DATE_DIFF('day', ${from}, ${to})`;
    case "sqlite":
      return `CAST(JULIANDAY(${to}) - JULIANDAY(${from}) AS INTEGER)`;
  }
}

/** Day of the week, 1 is Monday and 7 Sunday (ISO 8601). */
export function weekdaySql(date: string, dialect: Dialect): string {
  switch (dialect) {
    case "duckdb":
      return `ISODOW(${date})`;
    case "postgresql":
      return `CAST(EXTRACT(ISODOW FROM ${date}) AS BIGINT)`;
    case "mysql":
    case "spark":
      return `(WEEKDAY(${date}) + 1)`;
    case "trino":
      return `DAY_OF_WEEK(${date})`;
    case "sqlite":
      return `((STRFTIME('%w', ${date}) + 6) % 7 + 1)`;
  }
}

/** Month of the year, 1 to 12. */
export function monthSql(date: string, dialect: Dialect): string {
  switch (dialect) {
    case "sqlite":
      return `CAST(STRFTIME('%m', ${date}) AS INTEGER)`;
    case "duckdb":
    case "postgresql":
    case "mysql":
    case "trino":
    case "spark":
      return `CAST(EXTRACT(MONTH FROM ${date}) AS ${integerType(dialect)})`;
  }
}
