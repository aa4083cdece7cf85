import { dialectTitles, type ScoringDialect, type WarehouseDialect } from "../engine/dialect.js";
import { definitionSql } from "./definition-sql.js";
import { runInSpark, runInTrino } from "./run-in-clusters.js";
import { runInDuckDb } from "./run-in-duckdb.js";
import { runInMysql } from "./run-in-mysql.js";
import { runInPostgresql } from "./run-in-postgresql.js";
import { runInSqlite } from "./run-in-sqlite.js";
import { onlyText, type Target, type TargetTools } from "./target.js";
import type { NotRun, TargetRun, TargetTask } from "./target-task.js";

type SqlRunner = (sql: string, task: TargetTask, tools: TargetTools) => Promise<TargetRun | NotRun>;

const runners: readonly (readonly [dialect: ScoringDialect, run: SqlRunner])[] = [
  ["duckdb", runInDuckDb],
  ["postgresql", runInPostgresql],
  ["mysql", runInMysql],
  ["sqlite", runInSqlite],
  ["trino", runInTrino],
  ["spark", runInSpark],
];

const warehouses: readonly WarehouseDialect[] = [
  "snowflake",
  "bigquery",
  "redshift",
  "databricks",
  "clickhouse",
  "sqlserver",
];

/** The scoring query in engines that can be run. */
export const sqlTargets: readonly Target[] = runners.map(([dialect, run]) => sqlTarget(dialect, run));

/** The scoring query for warehouses, which nobody can run on a machine of their own: read by their grammar only. */
export const warehouseTargets: readonly Target[] = warehouses.map((dialect) =>
  sqlTarget(dialect, async () => ({
    notRun: `${dialectTitles[dialect]} cannot be run on a machine of one's own`,
    toRun: "Run it there over the definition's verification rows",
  })),
);

function sqlTarget(dialect: ScoringDialect, run: SqlRunner): Target {
  return {
    name: dialect,
    to: "sql",
    dialect,
    write: (definition, table) => new Map([["segments.sql", definitionSql(definition, dialect, table)]]),
    run: (files, task, tools) => run(onlyText(files), task, tools),
  };
}
