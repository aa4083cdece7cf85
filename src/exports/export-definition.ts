import { checkChoice, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Dialect } from "../engine/sql-text.js";
import type { Definition } from "../segments/definition.js";
import { definitionText } from "../segments/write-definition.js";
import { definitionSql } from "./definition-sql.js";

/** What a definition can be exported as. */
export type ExportTarget = "json" | "sql";

/** How a definition is exported. */
export interface ExportOptions {
  readonly to: ExportTarget;
  /** Needed for SQL. */
  readonly dialect?: Dialect;
  /** SQL: the features table, `schema.table` or `table`; default `customer_features`. */
  readonly table?: string;
}

const targets: readonly ExportTarget[] = ["json", "sql"];
const dialects: readonly Dialect[] = ["duckdb", "postgresql"];
const laterTargets = ["pmml", "onnx", "typescript", "dbt"];
const laterDialects = [
  "trino",
  "athena",
  "spark",
  "databricks",
  "snowflake",
  "bigquery",
  "redshift",
  "mysql",
  "mariadb",
  "sqlite",
  "clickhouse",
];

/**
 * A definition as text that another system runs, holding no customer row.
 *
 * `json` is the definition file itself. `sql` is one SELECT over a table with one row per customer, a key column called as in
 * the definition and one numeric column per feature of the recipe; it returns customer_id, segment, segment_name, distance,
 * runner_up, margin, and gives every customer the segment that assignCustomers gives.
 *
 * @throws InputError if the target or dialect is unknown or not built yet, or a name cannot be written in the dialect.
 */
export function exportDefinition(definition: Definition, options: ExportOptions): string {
  const { to, dialect, table = "customer_features" } = options;
  checkBuilt("to", to, laterTargets);
  checkChoice("exportDefinition", "to", to, targets);
  if (to === "json") return definitionText(definition);
  checkBuilt("dialect", dialect, laterDialects);
  checkChoice("exportDefinition", "dialect", dialect, dialects);
  if (dialect === "duckdb") checkNamesDifferByMoreThanCase(definition);
  return definitionSql(definition, dialect, table);
}

function checkBuilt(argument: string, value: unknown, later: readonly string[]): void {
  if (!later.includes(value as string)) return;
  const choices = argument === "to" ? targets : dialects;
  throw new InputError(
    `exportDefinition: ${argument} must be one of ${choices.join(", ")}, got ${describeValue(value)}, which is not built yet`,
  );
}

/** DuckDB cannot hold two columns whose names differ only in case, so no table could be read as the definition asks. */
function checkNamesDifferByMoreThanCase(definition: Definition): void {
  const names = [definition.keyName, ...definition.recipe.steps.map((step) => step.feature)];
  const folded = names.map((name) => name.toLowerCase());
  const twice = names.find((_, i) => folded.indexOf(folded[i]!) !== i);
  if (twice === undefined) return;
  throw new InputError(
    `exportDefinition: column names must differ by more than case in DuckDB, got two like ${describeValue(twice)}`,
  );
}
