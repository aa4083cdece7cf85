import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";

/** A database whose SQL we write. Each is run in our tests. */
export type Dialect = "duckdb" | "postgresql";

const longestPostgresName = 63;

/**
 * A table or column name as SQL: `a"b` becomes `"a""b"`.
 *
 * @param name - Any text; names of users are hostile.
 * @throws InputError if the name is empty, holds a control character or half a surrogate pair, or is longer than the
 * 63 bytes after which PostgreSQL cuts silently.
 */
export function quoteIdentifier(name: string, dialect: Dialect): string {
  if (name === "" || /[\u0000-\u001f\u007f]|\p{Surrogate}/u.test(name))
    throw new InputError(
      `quoteIdentifier: name must be text without control characters, got ${describeValue(name)}`,
    );
  if (dialect === "postgresql" && Buffer.byteLength(name) > longestPostgresName)
    throw new InputError(
      `quoteIdentifier: name must have at most ${longestPostgresName} bytes in PostgreSQL, got ${Buffer.byteLength(name)} in ${describeValue(name)}`,
    );
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Text as an SQL literal: `it's` becomes `'it''s'`.
 *
 * A backslash is safe whatever PostgreSQL's standard_conforming_strings says: such text is written as `E'…'`.
 *
 * @throws InputError if the text holds NUL, another control character than tab and line ends, or half a surrogate pair.
 */
export function quoteText(text: string, dialect: Dialect): string {
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/u.test(text))
    throw new InputError(
      `quoteText: text must not hold control characters except tab and line ends, got ${describeValue(text)}`,
    );
  const quoted = text.replaceAll("'", "''");
  if (dialect === "postgresql" && quoted.includes("\\")) return `E'${quoted.replaceAll("\\", "\\\\")}'`;
  return `'${quoted}'`;
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

/** The type of double-precision numbers. */
export function doubleType(dialect: Dialect): string {
  return dialect === "postgresql" ? "DOUBLE PRECISION" : "DOUBLE";
}
