import type { SourceKind } from "../config/workbook-config.js";
import { type Dialect, doubleType } from "../engine/sql-text.js";
import { type AggregatePlan, keyAlias, planAggregates } from "./aggregate-sql.js";
import { toSql } from "./expression-sql.js";
import type { FeatureDefinition } from "./feature-definition.js";

/** Kinds with one row per customer, whose columns are read as they are. */
const singleRowKinds: ReadonlySet<SourceKind> = new Set(["customers", "survey"]);

/**
 * The query that computes features from the tables that loadSources leaves: the key, then one column per feature, in order.
 *
 * Columns are called `f0`, `f1`, …, because engines fold the case of names and feature names are the user's. Customers without
 * a row in a source stay, so that each expression decides what their absence means.
 *
 * @param kinds - The kinds of source that there are.
 */
export function customerTableSql(
  features: readonly FeatureDefinition[],
  kinds: readonly SourceKind[],
  dialect: Dialect,
): string {
  const plans = new Map(kinds.map((kind) => [kind, planOf(kind, features, dialect)]));
  const queries = new Map([["population", populationSql(kinds)], ...tablesOf(plans)]);
  const joined = [...kinds.filter((kind) => singleRowKinds.has(kind)), ...tablesOf(plans).keys()];
  const key = `"population"."${keyAlias}"`;
  const outputs = features.map((feature, j) => `${outputSql(feature, plans, dialect)} AS "f${j}"`);
  return `WITH ${[...queries].map(([name, query]) => `"${name}" AS (${query})`).join(",\n")}
SELECT ${[key, ...outputs].join(",\n  ")}
FROM "population"
${joined.map((table) => `LEFT JOIN "${table}" ON "${table}"."${keyAlias}" = ${key}`).join("\n")}
ORDER BY ${dialect === "postgresql" ? `${key} COLLATE "C"` : key}`;
}

function planOf(kind: SourceKind, features: readonly FeatureDefinition[], dialect: Dialect): AggregatePlan {
  const ofKind = features.filter(({ source }) => source === kind);
  return planAggregates(
    kind,
    ofKind.map(({ expression }) => expression),
    dialect,
  );
}

function tablesOf(plans: ReadonlyMap<SourceKind, AggregatePlan>): ReadonlyMap<string, string> {
  return new Map([...plans.values()].flatMap(({ tables }) => [...tables]));
}

function populationSql(kinds: readonly SourceKind[]): string {
  return kinds.includes("customers")
    ? `SELECT "${keyAlias}" FROM "customers"`
    : `SELECT DISTINCT "${keyAlias}" FROM "transactions"`;
}

function outputSql(
  { type, source, expression }: FeatureDefinition,
  plans: ReadonlyMap<SourceKind, AggregatePlan>,
  dialect: Dialect,
): string {
  const { sqlOf } = plans.get(source)!;
  const value = toSql(expression, { dialect, relation: source, aggregateSql: sqlOf });
  return type === "number" ? `CAST(${value} AS ${doubleType(dialect)})` : value;
}
