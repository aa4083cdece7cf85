import type { SourceKind } from "../config/workbook-config.js";
import { type Dialect, doubleType, quoteIdentifier } from "../engine/sql-text.js";
import { toSql } from "./expression-sql.js";
import type { FeatureDefinition } from "./feature-definition.js";

/** Name of the first column of the query. */
export const keyAlias = "customer_id";

/** Kinds with one row per customer; the others are summed up. */
const singleRowKinds: ReadonlySet<SourceKind> = new Set(["customers", "survey"]);

/**
 * The query that computes features from the tables that loadSources leaves: the key, then one column per feature, in order.
 *
 * Columns are called `f0`, `f1`, …, because engines fold the case of names and feature names are the user's.
 *
 * @param kinds - The kinds of source that there are.
 */
export function customerTableSql(
  features: readonly FeatureDefinition[],
  kinds: readonly SourceKind[],
  dialect: Dialect,
): string {
  const withFeatures = kinds.filter((kind) => features.some(({ source }) => source === kind));
  const parts = [
    `"population" AS (${populationSql(kinds)})`,
    ...withFeatures.map((kind) => `"${kind} features" AS (${kindSql(kind, features, dialect)})`),
  ];
  const outputs = features.map((feature, j) => outputSql(feature, j, dialect));
  const joins = withFeatures.map((kind) => ` JOIN "${kind} features" USING ("${keyAlias}")`);
  const order = dialect === "postgresql" ? `"${keyAlias}" COLLATE "C"` : `"${keyAlias}"`;
  return `WITH ${parts.join(",\n")}
SELECT ${[`"${keyAlias}"`, ...outputs].join(", ")}
FROM "population"${joins.join("")}
ORDER BY ${order}`;
}

function populationSql(kinds: readonly SourceKind[]): string {
  return kinds.includes("customers")
    ? `SELECT "${keyAlias}" FROM "customers"`
    : `SELECT DISTINCT "${keyAlias}" FROM "transactions"`;
}

/** Customers without a row in the source stay, so that each expression decides what their absence means. */
function kindSql(kind: SourceKind, features: readonly FeatureDefinition[], dialect: Dialect): string {
  const columns = features.flatMap(({ source, expression }, j) =>
    source === kind ? [`${toSql(expression, { dialect, relation: "source" })} AS "f${j}"`] : [],
  );
  const key = `"population"."${keyAlias}"`;
  const grouping = singleRowKinds.has(kind) ? "" : ` GROUP BY ${key}`;
  const join = `LEFT JOIN "${kind}" AS "source" ON "source"."${keyAlias}" = ${key}`;
  return `SELECT ${key}, ${columns.join(", ")} FROM "population" ${join}${grouping}`;
}

function outputSql({ type }: FeatureDefinition, index: number, dialect: Dialect): string {
  const name = quoteIdentifier(`f${index}`, dialect);
  return type === "number" ? `CAST(${name} AS ${doubleType(dialect)}) AS ${name}` : name;
}
