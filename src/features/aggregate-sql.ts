import { canonicalJson } from "../core/canonical-json.js";
import { aggregatesIn, previousIn } from "./aggregates-in.js";
import type { AggregateExpression, Expression } from "./expression.js";
import { countOfBits, isOfFewValues } from "./few-values.js";
import { groupedSql } from "./grouped-sql.js";
import { quantileSql, rankedSql } from "./ranked-sql.js";
import { keyAlias, type Member, type RowSource, rowsSql, simpleSql } from "./row-source.js";

/** Everything that one kind of source has to be summed up to. */
export interface AggregatePlan {
  /** Name → query with one row per customer who has rows in the source; each is joined to the population. */
  readonly tables: ReadonlyMap<string, string>;
  /** The one that surely has everybody with rows; absent: none does. */
  readonly everybody?: string;
  /** SQL for an aggregate after that join. */
  readonly sqlOf: (aggregate: AggregateExpression) => string;
}

/**
 * Plans the aggregates of expressions over one source, each computed once.
 *
 * Sums, counts and extremes share one pass, and where invoices are counted that of the invoices. Distinct counts, quantiles and most
 * frequent values group twice, each kind of group in its own query: that spills to disk where one query with several of them
 * would run out of memory, and is several times faster. Distinct values of a column known to have few are bits of a sum instead.
 */
export function planAggregates(source: RowSource, expressions: readonly Expression[]): AggregatePlan {
  const aggregates = new Map(
    expressions.flatMap(aggregatesIn).map((aggregate) => [canonicalJson(aggregate), aggregate]),
  );
  const members = [...aggregates.values()].map((aggregate, i) => ({
    name: `a${i}`,
    aggregate: isOfFewValues(aggregate, source.fewValues) ? aggregate : asGroups(aggregate),
  }));
  const queries = new Map<string, Member[]>();
  const sharesInvoices = members.some(({ aggregate }) => queryOf(aggregate) === invoices);
  let everybody: string | undefined;
  const places = new Map<string, string>();
  const tables = new Map<string, string>();
  for (const member of members) {
    const own = queryOf(member.aggregate);
    const query = own === sums && sharesInvoices ? invoices : own;
    queries.set(query, [...(queries.get(query) ?? []), member]);
  }
  [...queries].forEach(([query, shared], i) => {
    const table = `${source.kind}_${i}`;
    tables.set(table, query === sums ? sumsSql(source, shared) : querySql(source, shared));
    for (const { name } of shared) places.set(name, `${table}.${name}`);
    if (shared.some(({ aggregate }) => queryOf(aggregate) === sums)) everybody = table;
  });
  const placeOf = new Map([...aggregates.keys()].map((id, i) => [id, places.get(`a${i}`)!]));
  return {
    tables,
    ...(everybody !== undefined && { everybody }),
    sqlOf: (aggregate) => {
      const place = placeOf.get(canonicalJson(aggregate))!;
      return isOfFewValues(aggregate, source.fewValues) ? countOfBits(place) : absentSql(aggregate, place);
    },
  };
}

const sums = "sums";
const invoices = "invoices";

/** A distinct count is a count of groups. */
function asGroups(aggregate: AggregateExpression): AggregateExpression {
  if (aggregate.aggregate !== "countDistinct") return aggregate;
  const { of, where } = aggregate;
  return {
    kind: "aggregate",
    aggregate: "count",
    of: { kind: "group" },
    per: of,
    ...(where && { rows: where }),
  };
}

/** Aggregates of one name are computed in one query. */
function queryOf(aggregate: AggregateExpression): string {
  const { aggregate: name, of, where, per, rows } = aggregate;
  if (name === "quantile") return canonicalJson({ name, of, where, per, rows });
  if (name === "mostFrequent" || name === "first" || name === "last") return canonicalJson(aggregate);
  if (per === undefined) return sums;
  const hasOrder = [of, ...(where ? [where] : [])].some((part) => previousIn(part).length > 0);
  if (per.kind === "column" && per.name === "invoice" && !hasOrder) return invoices;
  return canonicalJson({ per, rows });
}

function querySql(source: RowSource, members: readonly Member[]): string {
  const { aggregate } = members[0]!.aggregate;
  if (aggregate === "quantile") return quantileSql(source, members);
  if (aggregate === "mostFrequent" || aggregate === "first" || aggregate === "last")
    return rankedSql(source, members[0]!);
  return groupedSql(source, members);
}

function sumsSql(source: RowSource, members: readonly Member[]): string {
  const terms = members.map(({ name, aggregate }) => `${simpleSql(aggregate, source)} AS ${name}`);
  return `SELECT ${[keyAlias, ...terms].join(", ")} FROM ${rowsSql(source)} GROUP BY ${keyAlias}`;
}

/** Who has no rows has a count of 0. */
function absentSql({ aggregate }: AggregateExpression, place: string): string {
  return aggregate === "count" || aggregate === "countDistinct" ? `COALESCE(${place}, 0)` : place;
}
