import { quoteText } from "../engine/sql-text.js";

/** A column of a feature file that somebody needs. */
export interface FeatureFileInput {
  readonly name: string;
  /** A date is a text `YYYY-MM-DD`. */
  readonly type: "number" | "text" | "date";
}

/** What a file says of one column. */
export interface FileColumn {
  /** SQL of the cell. */
  readonly sql: string;
  /** Whether the file itself holds numbers there (Parquet). */
  readonly isNumber: boolean;
  /** Whether the file itself holds texts there. */
  readonly isText: boolean;
}

/** SQL of a cell's value, NULL where it holds nothing or nothing that can be read, and of whether it cannot be read. */
export interface CellSql {
  readonly value: string;
  readonly isUnreadable: string;
}

const whiteSpace = quoteText(" \t\n\r", "duckdb");

/**
 * Reads a cell as an input needs it.
 *
 * Numbers have a decimal point and perhaps an exponent; white space around them does no harm. The database's own cast takes
 * more for a number: `1_000`, `+-1`, `inf`.
 */
export function cellSql({ type }: FeatureFileInput, column: FileColumn): CellSql {
  const text = column.isText ? column.sql : `CAST(${column.sql} AS VARCHAR)`;
  if (type === "text") return { value: text, isUnreadable: "FALSE" };
  if (type === "date") {
    const isDay = `regexp_full_match(${text}, '[0-9]{4}-[0-9]{2}-[0-9]{2}')`;
    return {
      value: `CASE WHEN ${isDay} THEN ${text} END`,
      isUnreadable: `${blankSql(text)} = FALSE AND NOT ${isDay}`,
    };
  }
  if (column.isNumber) return { value: `CAST(${column.sql} AS DOUBLE)`, isUnreadable: "FALSE" };
  const number = `TRY_CAST(${text} AS DOUBLE)`;
  const isNumber = `coalesce(isfinite(${number}), FALSE) AND NOT contains(${text}, '_') AND NOT contains(${text}, '+-')`;
  return {
    value: `CASE WHEN ${isNumber} THEN ${number} END`,
    isUnreadable: `NOT coalesce(${isNumber}, FALSE) AND NOT ${blankSql(text)}`,
  };
}

/** Whether a text cell is empty but for white space. */
export function blankSql(text: string): string {
  return `(coalesce(trim(${text}, ${whiteSpace}), '') = '')`;
}
