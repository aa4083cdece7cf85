import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { type Dialect, dialectTitles, type ScoringDialect } from "./dialect.js";

/** Longest name that a database holds; a longer one is cut silently or refused there. */
const longestNames: Partial<Record<ScoringDialect, readonly [count: number, unit: "bytes" | "characters"]>> =
  {
    postgresql: [63, "bytes"],
    mysql: [64, "characters"],
    snowflake: [255, "characters"],
    bigquery: [300, "characters"],
    redshift: [127, "bytes"],
    databricks: [255, "characters"],
    sqlserver: [128, "characters"],
  };

/**
 * A table or column name as SQL: `a"b` becomes `"a""b"`, in MySQL and Spark `` `a"b` ``, whatever their SQL mode.
 *
 * @param name - Any text; names of users are hostile.
 * @throws InputError if the name is empty, holds a control character or half a surrogate pair, is longer than the database
 * holds (63 bytes in PostgreSQL, which cuts silently), or is none that it can have (MySQL: none beyond U+FFFF, no space at the
 * end; BigQuery: none of ! " $ ( ) * , . / ; ? @ [ \\ ] ^ ` { } ~).
 */
export function quoteIdentifier(name: string, dialect: ScoringDialect): string {
  if (name === "" || /[\u0000-\u001f\u007f]|\p{Surrogate}/u.test(name))
    throw new InputError(
      `quoteIdentifier: name must be text without control characters, got ${describeValue(name)}`,
    );
  checkName(name, dialect);
  switch (dialect) {
    case "duckdb":
    case "postgresql":
    case "sqlite":
    case "trino":
    case "snowflake":
    case "redshift":
      return `"${name.replaceAll('"', '""')}"`;
    case "mysql":
    case "spark":
    case "databricks":
    case "bigquery":
      return `\`${name.replaceAll("`", "``")}\``;
    case "clickhouse":
      return `\`${name.replaceAll("\\", "\\\\").replaceAll("`", "\\`")}\``;
    case "sqlserver":
      return `[${name.replaceAll("]", "]]")}]`;
  }
}

function checkName(name: string, dialect: ScoringDialect): void {
  const [most, unit] = longestNames[dialect] ?? [Number.POSITIVE_INFINITY, "characters"];
  const title = dialectTitles[dialect];
  const length = unit === "bytes" ? Buffer.byteLength(name) : name.length;
  if (length > most)
    throw new InputError(
      `quoteIdentifier: name must have at most ${most} ${unit} in ${title}, got ${length} in ${describeValue(name)}`,
    );
  const [forbidden, rule] = forbiddenInNames[dialect] ?? [];
  if (forbidden?.test(name))
    throw new InputError(`quoteIdentifier: name must ${rule} in ${title}, got ${describeValue(name)}`);
}

const forbiddenInNames: Partial<Record<ScoringDialect, readonly [RegExp, string]>> = {
  mysql: [/[\u{10000}-\u{10ffff}]|\s$/u, "have no character beyond U+FFFF and no space at its end"],
  bigquery: [/[!"$()*,./;?@[\\\]^`{}~]/, "have none of the characters that a column must not have"],
};

/**
 * Text as an SQL literal: `it's` becomes `'it''s'`.
 *
 * A backslash is safe whatever the server's settings say (standard_conforming_strings, NO_BACKSLASH_ESCAPES,
 * escapedStringLiterals): such text is written as `E'…'` in PostgreSQL and in hexadecimal digits in MySQL and Spark. So is a
 * quote in Spark, whose releases before 4 read `'it''s'` as `its`.
 *
 * @throws InputError if the text holds NUL, another control character than tab and line ends, or half a surrogate pair.
 */
export function quoteText(text: string, dialect: ScoringDialect): string {
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/u.test(text))
    throw new InputError(
      `quoteText: text must not hold control characters except tab and line ends, got ${describeValue(text)}`,
    );
  const doubled = text.replaceAll("'", "''");
  const escaped = text.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
  const digits = `X'${Buffer.from(text).toString("hex")}'`;
  switch (dialect) {
    case "duckdb":
    case "sqlite":
    case "trino":
      return `'${doubled}'`;
    case "postgresql":
      return text.includes("\\") ? `E'${doubled.replaceAll("\\", "\\\\")}'` : `'${doubled}'`;
    case "mysql":
      return text.includes("\\") ? `_utf8mb4 ${digits}` : `'${doubled}'`;
    case "spark":
    case "databricks":
      return /['\\]/.test(text) ? `CAST(${digits} AS STRING)` : `'${text}'`;
    case "snowflake":
      return `'${doubled.replaceAll("\\", "\\\\")}'`;
    case "bigquery":
      return `'${escaped.replaceAll("\n", "\\n").replaceAll("\r", "\\r")}'`;
    case "clickhouse":
      return `'${escaped}'`;
    case "redshift":
      return text.includes("\\") ? `('${doubled.replaceAll("\\", "' || CHR(92) || '")}')` : `'${doubled}'`;
    case "sqlserver":
      return text.includes("\\\n") || text.includes("\\\r")
        ? `(N'${doubled.replaceAll("\\", "\\' + N'")}')`
        : `N'${doubled}'`;
  }
}

/**
 * Text such that it is equal, greater and less by its UTF-8 bytes, as everywhere in segbook, whatever the collation of a
 * column says. In MySQL that is the bytes themselves: {@link textOfBinary} turns them back.
 */
export function binaryText(sql: string, dialect: Dialect): string {
  switch (dialect) {
    case "postgresql":
      return `${sql} COLLATE "C"`;
    case "mysql":
      return `CAST(${sql} AS BINARY)`;
    case "sqlite":
      return `${sql} COLLATE BINARY`;
    case "duckdb":
    case "trino":
    case "spark":
      return sql;
  }
}

/** The text that {@link binaryText} was made from. */
export function textOfBinary(sql: string, dialect: Dialect): string {
  return dialect === "mysql" ? `CONVERT(${sql} USING utf8mb4)` : sql;
}
