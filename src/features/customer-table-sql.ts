import type { SourceKind } from "../config/workbook-config.js";
import type { Dialect } from "../engine/dialect.js";
import { doubleType } from "../engine/sql-numbers.js";
import { binaryText, quoteIdentifier } from "../engine/sql-text.js";
import { type AggregatePlan, planAggregates } from "./aggregate-sql.js";
import { toSql } from "./expression-sql.js";
import type { FeatureDefinition } from "./feature-definition.js";
import type { FewValues } from "./few-values.js";
import { keyAlias, type RowSource, rowsSql } from "./row-source.js";

/** Kinds with one row per customer, whose columns are read as they are. */
export const singleRowKinds: ReadonlySet<SourceKind> = new Set(["customers", "survey"]);

/** Where customers and their rows lie. */
export interface CustomerTableTarget {
  readonly dialect: Dialect;
  /** Kinds of the workbook's sources; repeated and helping ones do not matter. */
  readonly kinds: readonly SourceKind[];
  /** Last calendar day that is known, `YYYY-MM-DD`: rows dated later do not count. */
  readonly asOf: string;
  /** Table of a kind, as SQL after FROM; default: the name of the kind. */
  readonly relationOf?: (kind: SourceKind) => string;
  /** Columns of a kind that hold few values, on DuckDB; default: none is known to. */
  readonly fewValues?: ReadonlyMap<SourceKind, FewValues>;
}

/**
 * The query that computes features from the tables that loadSources leaves: the key, then one column per feature, in order.
 *
 * Columns are called `f0`, `f1`, …, because engines fold the case of names and feature names are the user's. Customers without
 * a row in a source stay, so that each expression decides what their absence means.
 */
export function customerTableSql(
  features: readonly FeatureDefinition[],
  target: CustomerTableTarget,
): string {
  const { dialect } = target;
  const kinds = [...new Set(target.kinds)].filter((kind) => kind !== "mapping" && kind !== "rates");
  const plans = new Map(kinds.map((kind) => [kind, planOf(features, sourceOf(kind, target))]));
  const tables = new Map([...plans.values()].flatMap((plan) => [...plan.tables]));
  // Trino computes a query anew wherever its name stands, so the pass that has everybody is named once.
  const everybody = kinds.includes("customers") ? undefined : plans.get("transactions")?.everybody;
  const population = everybody ?? "population";
  const others = [...tables.keys()].filter((table) => table !== population);
  const queries = everybody ? [...tables] : [...tables, [population, populationSql(target)] as const];
  const single = kinds.filter(
    (kind) => singleRowKinds.has(kind) && features.some(({ source }) => source === kind),
  );
  const key = `${population}.${keyAlias}`;
  const join = (relation: string, alias: string) => `LEFT JOIN ${relation} ON ${alias}.${keyAlias} = ${key}`;
  const joins = [
    ...single.map((kind) => join(`${sourceOf(kind, target).from} AS ${alias(kind)}`, alias(kind))),
    ...others.map((table) => join(table, table)),
  ];
  const outputs = features.map((feature, j) => `${outputSql(feature, plans, dialect)} AS f${j}`);
  return `WITH ${queries.map(([name, query]) => `${name} AS (${query})`).join(",\n")}
SELECT ${[`${key} AS ${keyAlias}`, ...outputs].join(",\n  ")}
FROM ${population}
${joins.join("\n")}
ORDER BY ${binaryText(key, dialect)}`;
}

function sourceOf(
  kind: SourceKind,
  { dialect, asOf, relationOf, kinds, fewValues }: CustomerTableTarget,
): RowSource {
  const from = relationOf?.(kind) ?? quoteIdentifier(kind, dialect);
  const isPopulation = kind === "transactions" && !kinds.includes("customers");
  const few = fewValues?.get(kind);
  return { kind, dialect, asOf, from, isPopulation, ...(few && { fewValues: few }) };
}

/** No table of the source has such a name, so that a column never means another. */
function alias(kind: SourceKind): string {
  return `the_${kind}`;
}

function planOf(features: readonly FeatureDefinition[], source: RowSource): AggregatePlan {
  const ofKind = features.filter((feature) => feature.source === source.kind);
  return planAggregates(
    source,
    ofKind.map(({ expression }) => expression),
  );
}

function populationSql(target: CustomerTableTarget): string {
  if (target.kinds.includes("customers"))
    return `SELECT ${keyAlias} FROM ${sourceOf("customers", target).from}`;
  return `SELECT DISTINCT ${keyAlias} FROM ${rowsSql(sourceOf("transactions", target))}`;
}

function outputSql(
  { type, source, expression }: FeatureDefinition,
  plans: ReadonlyMap<SourceKind, AggregatePlan>,
  dialect: Dialect,
): string {
  const { sqlOf } = plans.get(source)!;
  const value = toSql(expression, { dialect, relation: alias(source), aggregateSql: sqlOf });
  return type === "number" ? `CAST(${value} AS ${doubleType(dialect)})` : value;
}
