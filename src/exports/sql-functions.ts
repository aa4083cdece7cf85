import type { ScoringDialect } from "../engine/dialect.js";
import { doubleType, integerType } from "../engine/sql-numbers.js";

/** SQLite takes at most 100 arguments; longer lists are halved. */
const mostArguments = 90;

/** The least of whole numbers none of which is NULL. */
export function leastOf(values: readonly string[], dialect: ScoringDialect): string {
  if (values.length === 1) return values[0]!;
  if (values.length > mostArguments) {
    const half = values.length >> 1;
    return leastOf([leastOf(values.slice(0, half), dialect), leastOf(values.slice(half), dialect)], dialect);
  }
  switch (dialect) {
    case "sqlite":
      return `MIN(${values.join(", ")})`;
    // Before 2022 it has no LEAST.
    case "sqlserver":
      return `(SELECT MIN(v.d) FROM (VALUES ${values.map((value) => `(${value})`).join(", ")}) AS v(d))`;
    // Its least once took two arguments only.
    case "clickhouse":
      return `arrayMin([${values.join(", ")}])`;
    default:
      return `LEAST(${values.join(", ")})`;
  }
}

/** A double drawn in to a range; the value itself must not be NULL. */
export function clampSql(
  value: string,
  [low, high]: readonly [string, string],
  dialect: ScoringDialect,
): string {
  switch (dialect) {
    case "sqlite":
      return `MIN(MAX(${value}, ${low}), ${high})`;
    case "sqlserver":
      return `CASE WHEN ${value} < ${low} THEN ${low} WHEN ${value} > ${high} THEN ${high} ELSE ${value} END`;
    default:
      return `LEAST(GREATEST(${value}, ${low}), ${high})`;
  }
}

/** The natural logarithm. */
export function logarithmSql(value: string, dialect: ScoringDialect): string {
  return dialect === "sqlserver" ? `LOG(${value})` : `LN(${value})`;
}

/**
 * Whether a division that overflows is an error there. Elsewhere it gives an infinity, which clamps; `underflow`: a division
 * that underflows is one as well.
 */
export function divisionFaults(dialect: ScoringDialect): "none" | "overflow" | "underflow" {
  switch (dialect) {
    case "duckdb":
    case "sqlite":
    case "trino":
    case "spark":
    case "databricks":
    case "clickhouse":
      return "none";
    case "mysql":
    case "snowflake":
    case "bigquery":
      return "overflow";
    case "postgresql":
    case "redshift":
    case "sqlserver":
      return "underflow";
  }
}

/**
 * What keeps an engine from merging a layer into the next and computing every distance once per mention; empty where it does
 * not, or where nobody has measured.
 */
export function fenceSql(dialect: ScoringDialect): string {
  switch (dialect) {
    case "postgresql":
      return "OFFSET 0";
    case "mysql":
      return "LIMIT 18446744073709551615";
    case "sqlite":
      return "LIMIT -1 OFFSET 0";
    default:
      return "";
  }
}

/** Text, as CAST takes it. */
export function textType(dialect: ScoringDialect): string {
  switch (dialect) {
    case "mysql":
      return "CHAR";
    case "postgresql":
    case "sqlite":
      return "TEXT";
    case "spark":
    case "databricks":
    case "bigquery":
      return "STRING";
    case "clickhouse":
      return "Nullable(String)";
    case "sqlserver":
      return "NVARCHAR(MAX)";
    case "duckdb":
    case "trino":
    case "snowflake":
    case "redshift":
      return "VARCHAR";
  }
}

/** A column that holds nothing, of a type that a table can be made with. */
export function nothingSql(type: "number" | "text", dialect: ScoringDialect): string {
  return `CAST(NULL AS ${type === "number" ? doubleType(dialect) : textType(dialect)})`;
}

/** A whole number beyond every squared distance, which is at most 2^53 for 32 features. */
export function beyondEveryDistance(dialect: ScoringDialect): string {
  return dialect === "clickhouse" || dialect === "sqlserver"
    ? `CAST(9223372036854775807 AS ${integerType(dialect)})`
    : "9223372036854775807";
}

/** Whether two texts are the same code points, whatever the collation of the column says about case and trailing spaces. */
export function sameTextSql(value: string, literal: string, dialect: ScoringDialect): string {
  switch (dialect) {
    case "postgresql":
      return `${value} COLLATE "C" = ${literal}`;
    case "sqlite":
      return `${value} COLLATE BINARY = ${literal}`;
    case "mysql":
      return `CAST(CONVERT(${value} USING utf8mb4) AS BINARY) = CAST(CONVERT(${literal} USING utf8mb4) AS BINARY)`;
    case "sqlserver":
      return `CAST(${value} AS VARBINARY(MAX)) = CAST(CAST(${literal} AS NVARCHAR(MAX)) AS VARBINARY(MAX))`;
    case "snowflake":
    case "bigquery":
      return `COLLATE(${value}, '') = ${literal}`;
    case "redshift":
      return `${value} || '.' = ${literal} || '.'`;
    default:
      return `${value} = ${literal}`;
  }
}
