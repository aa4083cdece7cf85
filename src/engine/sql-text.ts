import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";

/** A database whose SQL we write. `mysql` is MySQL and MariaDB. */
export type Dialect = "duckdb" | "postgresql" | "mysql" | "sqlite" | "trino" | "spark";

const longestPostgresName = 63;
const longestMysqlName = 64;

/**
 * A table or column name as SQL: `a"b` becomes `"a""b"`, in MySQL and Spark `` `a"b` ``, whatever their SQL mode.
 *
 * @param name - Any text; names of users are hostile.
 * @throws InputError if the name is empty, holds a control character or half a surrogate pair, is longer than the 63 bytes after
 * which PostgreSQL cuts silently, or is none that MySQL can have (64 characters, none beyond U+FFFF, no space at the end).
 */
export function quoteIdentifier(name: string, dialect: Dialect): string {
  if (name === "" || /[\u0000-\u001f\u007f]|\p{Surrogate}/u.test(name))
    throw new InputError(
      `quoteIdentifier: name must be text without control characters, got ${describeValue(name)}`,
    );
  checkLength(name, dialect);
  switch (dialect) {
    case "duckdb":
    case "postgresql":
    case "sqlite":
    case "trino":
      return `"${name.replaceAll('"', '""')}"`;
    case "mysql":
    case "spark":
      return `\`${name.replaceAll("`", "``")}\``;
  }
}

function checkLength(name: string, dialect: Dialect): void {
  const bytes = Buffer.byteLength(name);
  if (dialect === "postgresql" && bytes > longestPostgresName)
    throw new InputError(
      `quoteIdentifier: name must have at most ${longestPostgresName} bytes in PostgreSQL, got ${bytes} in ${describeValue(name)}`,
    );
  if (dialect === "mysql" && (name.length > longestMysqlName || /[\u{10000}-\u{10ffff}]|\s$/u.test(name)))
    throw new InputError(
      `quoteIdentifier: name must have at most ${longestMysqlName} characters in MySQL, none beyond U+FFFF and no space at its end, got ${describeValue(name)}`,
    );
}

/**
 * Text as an SQL literal: `it's` becomes `'it''s'`.
 *
 * A backslash is safe whatever the server's settings say (standard_conforming_strings, NO_BACKSLASH_ESCAPES,
 * escapedStringLiterals): such text is written as `E'…'` in PostgreSQL and in hexadecimal digits in MySQL and Spark. So is a
 * quote in Spark, whose releases before 4 read `'it''s'` as `its`.
 *
 * @throws InputError if the text holds NUL, another control character than tab and line ends, or half a surrogate pair.
 */
export function quoteText(text: string, dialect: Dialect): string {
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/u.test(text))
    throw new InputError(
      `quoteText: text must not hold control characters except tab and line ends, got ${describeValue(text)}`,
    );
  const doubled = text.replaceAll("'", "''");
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
      return /['\\]/.test(text) ? `CAST(${digits} AS STRING)` : `'${text}'`;
  }
}

/**
 * A double as an SQL literal that reads back as the very same double: `3.5e0`.
 *
 * The exponent keeps engines from reading a decimal, whose cast to double can be wrong in the last bit. At most 17
 * significant digits, the fewest that identify the double; negative numbers come in brackets so that no `--` arises.
 *
 * @throws InputError if the number is not finite.
 */
export function numberLiteral(value: number, dialect: Dialect): string {
  if (!Number.isFinite(value))
    throw new InputError(`numberLiteral: value must be a finite number, got ${describeValue(value)}`);
  const text = value.toExponential().replace("e+", "e");
  if (dialect === "postgresql") return `CAST(${text} AS DOUBLE PRECISION)`;
  return value < 0 ? `(${text})` : text;
}

/**
 * A whole number as an SQL literal: `12`.
 *
 * @throws InputError if the number is not whole or lies beyond ±(2^53 − 1).
 */
export function integerLiteral(value: number): string {
  if (!Number.isSafeInteger(value))
    throw new InputError(
      `integerLiteral: value must be a whole number within ±(2^53 − 1), got ${describeValue(value)}`,
    );
  return value < 0 ? `(${value})` : String(value);
}

/** The type of double-precision numbers, as CAST takes it. */
export function doubleType(dialect: Dialect): string {
  switch (dialect) {
    case "postgresql":
      return "DOUBLE PRECISION";
    case "sqlite":
      return "REAL";
    case "duckdb":
    case "mysql":
    case "trino":
    case "spark":
      return "DOUBLE";
  }
}

/** The type of whole numbers of 64 bits, as CAST takes it. */
export function integerType(dialect: Dialect): string {
  switch (dialect) {
    case "mysql":
      return "SIGNED";
    case "sqlite":
      return "INTEGER";
    case "duckdb":
    case "postgresql":
    case "trino":
    case "spark":
      return "BIGINT";
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
