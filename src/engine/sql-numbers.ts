import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { ScoringDialect } from "./dialect.js";

/**
 * A double as an SQL literal that reads back as the very same double: `3.5e0`.
 *
 * The exponent keeps engines from reading a decimal, whose cast to double can be wrong in the last bit. At most 17
 * significant digits, the fewest that identify the double; negative numbers come in brackets so that no `--` arises.
 *
 * @throws InputError if the number is not finite.
 */
export function numberLiteral(value: number, dialect: ScoringDialect): string {
  if (!Number.isFinite(value))
    throw new InputError(`numberLiteral: value must be a finite number, got ${describeValue(value)}`);
  const text = value.toExponential().replace("e+", "e");
  if (dialect === "postgresql" || dialect === "redshift" || dialect === "snowflake")
    return `CAST(${text} AS ${doubleType(dialect)})`;
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
export function doubleType(dialect: ScoringDialect): string {
  switch (dialect) {
    case "postgresql":
    case "redshift":
      return "DOUBLE PRECISION";
    case "sqlite":
      return "REAL";
    case "snowflake":
    case "sqlserver":
      return "FLOAT";
    case "bigquery":
      return "FLOAT64";
    case "clickhouse":
      return "Nullable(Float64)";
    case "duckdb":
    case "mysql":
    case "trino":
    case "spark":
    case "databricks":
      return "DOUBLE";
  }
}

/** The type of whole numbers of 64 bits, as CAST takes it. */
export function integerType(dialect: ScoringDialect): string {
  switch (dialect) {
    case "mysql":
      return "SIGNED";
    case "sqlite":
      return "INTEGER";
    case "snowflake":
      return "NUMBER(38, 0)";
    case "bigquery":
      return "INT64";
    case "clickhouse":
      return "Nullable(Int64)";
    case "duckdb":
    case "postgresql":
    case "trino":
    case "spark":
    case "redshift":
    case "databricks":
    case "sqlserver":
      return "BIGINT";
  }
}
