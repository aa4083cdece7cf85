import type { ScoringDialect } from "../engine/dialect.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import type { Definition } from "../segments/definition.js";
import { type DbtNames, dbtNames, dbtTextTypes, escapeJinja, featuresReference } from "./dbt-project.js";
import { dbtProperties } from "./dbt-properties.js";
import { verificationSeed, verificationTest } from "./dbt-verification.js";
import { definitionSql } from "./definition-sql.js";

/** How dbt's files are written. */
export interface DbtOptions {
  /** Default duckdb. */
  readonly dialect?: ScoringDialect;
  /** The features: a model of the project, or `source.table`; default `customer_features`. */
  readonly table?: string;
}

/**
 * A definition as files of a dbt project: path → text.
 *
 * A macro with the scoring query, a model that calls it with an enforced contract, its properties with tests and the fingerprint,
 * the verification rows as a seed, and a test that the same macro places each of them as it should. Names of features and
 * segments are text to Jinja, whatever they say. Same definition, same texts.
 *
 * @throws InputError if dbt does not know the database, or a name cannot be written in it.
 */
export function definitionDbt(definition: Definition, options: DbtOptions = {}): ReadonlyMap<string, string> {
  const { dialect = "duckdb", table = "customer_features" } = options;
  const names = dbtNames(definition, dialect, table);
  const { model, seed } = names;
  return new Map([
    [`macros/${model}_of.sql`, scoringMacro(definition, names)],
    [`models/${model}.sql`, modelSql(names)],
    [`models/${model}.yml`, dbtProperties(definition, names)],
    [`seeds/${seed}.csv`, verificationSeed(definition)],
    [`tests/${model}_places_verification_rows.sql`, verificationTest(definition, names)],
  ]);
}

/** The query over any relation. Its name in the query is one that no text of a user holds: a part of the fingerprint. */
function scoringMacro(definition: Definition, { model, dialect }: DbtNames): string {
  const standIn = `features_${definition.fingerprint.slice(0, 32)}`;
  const sql = escapeJinja(definitionSql(definition, dialect, standIn));
  const query = sql.replaceAll(quoteIdentifier(standIn, dialect), "{{ features }}");
  return `{% macro ${model}_of(features) %}\n${query}{% endmacro %}\n`;
}

function modelSql(names: DbtNames): string {
  const { model, dialect } = names;
  return `SELECT
  CAST(customer_id AS ${dbtTextTypes[dialect]}) AS customer_id,
  segment,
  segment_name,
  distance,
  runner_up,
  margin
FROM (
{{ ${model}_of(${featuresReference(names)}) }}
) AS placed
`;
}
