import { checkChoice, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { ScoringDialect } from "../engine/dialect.js";
import type { Definition } from "../segments/definition.js";

/** Databases that dbt is known to work with. */
export type DbtDialect = Exclude<ScoringDialect, "mysql" | "sqlite">;

/** The type of any text, for casts and contracts. */
export const dbtTextTypes: Readonly<Record<DbtDialect, string>> = {
  duckdb: "varchar",
  postgresql: "text",
  trino: "varchar",
  spark: "string",
  snowflake: "varchar",
  bigquery: "string",
  redshift: "varchar(65535)",
  databricks: "string",
  clickhouse: "Nullable(String)",
  sqlserver: "nvarchar(4000)",
};

/** What one definition's files in a dbt project are called, and for which database they are. */
export interface DbtNames {
  readonly model: string;
  readonly seed: string;
  readonly dialect: DbtDialect;
  /** `model` of the project, or `source.table`. */
  readonly table: string;
}

/**
 * Names from the id of a definition, which needs no quotes.
 *
 * @throws InputError if dbt does not know the database, or the table is no name that dbt can have.
 */
export function dbtNames({ id }: Definition, dialect: ScoringDialect, table: string): DbtNames {
  const known = Object.keys(dbtTextTypes) as DbtDialect[];
  checkChoice("definitionDbt", "dialect", dialect, known);
  if (!/^\w+(\.\w+)?$/.test(table))
    throw new InputError(
      `definitionDbt: table must be a model or source.table of letters, digits and underscores, got ${describeValue(table)}`,
    );
  const model = `segments_${id.replaceAll("-", "_")}`;
  return { model, seed: `${model}_verification`, dialect: dialect as DbtDialect, table };
}

/** Jinja that names the features. */
export function featuresReference({ table }: DbtNames): string {
  const [first, second] = table.split(".");
  return second === undefined ? `ref("${first}")` : `source("${first}", "${second}")`;
}

/** Text of anybody as Jinja that renders to itself: nothing in it opens an expression, a statement or a comment. */
export function escapeJinja(text: string): string {
  return text.replaceAll("{", `{{ "{" }}`);
}
