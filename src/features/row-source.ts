import type { SourceKind } from "../config/workbook-config.js";
import { dateLiteral } from "../engine/date-sql.js";
import type { Dialect } from "../engine/dialect.js";
import { integerType } from "../engine/sql-numbers.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import type { AggregateExpression, Expression } from "./expression.js";
import { type SqlTarget, toSql } from "./expression-sql.js";
import { bitSql, bitsOfAll, type FewValues, fewValuesOf } from "./few-values.js";

/** Name of the key in every table. */
export const keyAlias = "customer_id";

/** The rows of one kind, and where they lie. */
export interface RowSource {
  readonly kind: SourceKind;
  readonly dialect: Dialect;
  /** Rows dated later do not exist, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Table, as SQL after FROM. */
  readonly from: string;
  /** Whether whoever has rows is a customer: then one query has to keep all of them. */
  readonly isPopulation?: boolean;
  /** Text columns that surely hold no other values than these; only for DuckDB. */
  readonly fewValues?: FewValues;
}

/** An aggregate and the name of its column. */
export interface Member {
  readonly name: string;
  readonly aggregate: AggregateExpression;
}

/** The day of a row, by which what comes after the as-of date is left out; kinds without one hold a state. */
export const dayColumns: { readonly [Kind in SourceKind]?: string } = {
  transactions: "date",
  web: "date",
  campaigns: "date",
  support: "date",
  subscriptions: "started",
};

/** FROM and WHERE: the rows up to the as-of date for which all conditions hold. */
export function rowsSql(source: RowSource, ...conditions: readonly (Expression | undefined)[]): string {
  const { dialect, asOf, from, kind } = source;
  const day = dayColumns[kind];
  const known =
    day === undefined ? [] : [`${quoteIdentifier(day, dialect)} <= ${dateLiteral(asOf, dialect)}`];
  const wanted = conditions.flatMap((condition) => (condition ? [toSql(condition, source)] : []));
  const terms = [...known, ...wanted];
  return terms.length === 0 ? from : `${from} WHERE ${terms.join(" AND ")}`;
}

/** Sum, count, min or max of the rows, or groups, for which its condition holds; of few values, which there are. */
export function simpleSql(
  { aggregate, of, where }: AggregateExpression,
  target: SqlTarget & Pick<RowSource, "fewValues">,
): string {
  const few = aggregate === "countDistinct" ? fewValuesOf(of, target.fewValues) : undefined;
  const value = few === undefined ? toSql(of, target) : bitSql(toSql(of, target), few);
  const chosen = where ? `CASE WHEN ${toSql(where, target)} THEN ${value} END` : value;
  return totalSql(aggregate, chosen, target.dialect);
}

/** An aggregate of SQL terms. Sums of BIGINT are HUGEINT in DuckDB and NUMERIC in PostgreSQL. */
export function totalSql(
  aggregate: AggregateExpression["aggregate"],
  term: string,
  dialect: Dialect,
): string {
  if (aggregate === "countDistinct") return bitsOfAll(term);
  const call = `${aggregate.toUpperCase()}(${term})`;
  return aggregate === "sum" ? `CAST(${call} AS ${integerType(dialect)})` : call;
}
