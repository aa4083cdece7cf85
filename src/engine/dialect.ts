/** A database whose SQL we write. `mysql` is MySQL and MariaDB. */
export type Dialect = "duckdb" | "postgresql" | "mysql" | "sqlite" | "trino" | "spark";

export const runnableDialects: readonly Dialect[] = [
  "duckdb",
  "postgresql",
  "mysql",
  "sqlite",
  "trino",
  "spark",
];

/** A warehouse that definitions are written for and that nobody can run on a machine of their own. */
export type WarehouseDialect =
  | "snowflake"
  | "bigquery"
  | "redshift"
  | "databricks"
  | "clickhouse"
  | "sqlserver";

/** A database that definitions are written for as SQL. */
export type ScoringDialect = Dialect | WarehouseDialect;

/** How a database is called where people read. */
export const dialectTitles: Readonly<Record<ScoringDialect, string>> = {
  duckdb: "DuckDB",
  postgresql: "PostgreSQL",
  mysql: "MySQL",
  sqlite: "SQLite",
  trino: "Trino",
  spark: "Spark",
  snowflake: "Snowflake",
  bigquery: "BigQuery",
  redshift: "Redshift",
  databricks: "Databricks",
  clickhouse: "ClickHouse",
  sqlserver: "SQL Server",
};
