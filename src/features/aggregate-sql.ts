import type { SourceKind } from "../config/workbook-config.js";
import { canonicalJson } from "../core/canonical-json.js";
import type { Dialect } from "../engine/sql-text.js";
import { type AggregateExpression, aggregatesIn, type Expression } from "./expression.js";
import { toSql } from "./expression-sql.js";

/** Name of the key in every table. */
export const keyAlias = "customer_id";

/** Everything that one kind of source has to be summed up to. */
export interface AggregatePlan {
  /** Name → query with one row per customer who has rows in the source; each is joined to the population. */
  readonly tables: ReadonlyMap<string, string>;
  /** SQL for an aggregate after that join. */
  readonly sqlOf: (aggregate: AggregateExpression) => string;
}

/**
 * Plans the aggregates of expressions over one source, each computed once.
 *
 * Sums, counts and extremes share one pass. Distinct counts and most frequent values group twice, each in its own query: that
 * spills to disk where one query with several of them would run out of memory, and is several times faster.
 */
export function planAggregates(
  kind: SourceKind,
  expressions: readonly Expression[],
  dialect: Dialect,
): AggregatePlan {
  const aggregates = new Map(
    expressions.flatMap(aggregatesIn).map((aggregate) => [canonicalJson(aggregate), aggregate]),
  );
  const places = new Map<string, string>();
  const simple: string[] = [];
  const tables = new Map<string, string>();
  [...aggregates].forEach(([id, aggregate], i) => {
    const isSimple = aggregate.aggregate !== "countDistinct" && aggregate.aggregate !== "mostFrequent";
    const table = isSimple ? `${kind} sums` : `${kind} ${i}`;
    places.set(id, `"${table}"."a${i}"`);
    if (isSimple) simple.push(`${simpleSql(aggregate, dialect)} AS "a${i}"`);
    else tables.set(table, groupedTwice(aggregate, { kind, dialect, name: `"a${i}"` }));
  });
  if (simple.length > 0)
    tables.set(
      `${kind} sums`,
      `SELECT "${keyAlias}", ${simple.join(", ")} FROM "${kind}" GROUP BY "${keyAlias}"`,
    );
  return { tables, sqlOf: (aggregate) => absentSql(aggregate, places.get(canonicalJson(aggregate))!) };
}

/** Who has no rows has a count of 0. */
function absentSql({ aggregate }: AggregateExpression, place: string): string {
  return aggregate === "count" || aggregate === "countDistinct" ? `COALESCE(${place}, 0)` : place;
}

function simpleSql({ aggregate, of, where }: AggregateExpression, dialect: Dialect): string {
  const filter = where ? ` FILTER (WHERE ${scalarSql(where, dialect)})` : "";
  const call = `${aggregate.toUpperCase()}(${scalarSql(of, dialect)})${filter}`;
  // Sums of BIGINT are HUGEINT in DuckDB and NUMERIC in PostgreSQL.
  return aggregate === "sum" ? `CAST(${call} AS BIGINT)` : call;
}

function groupedTwice(
  { aggregate, of, where }: AggregateExpression,
  { kind, dialect, name }: { readonly kind: SourceKind; readonly dialect: Dialect; readonly name: string },
): string {
  const value = scalarSql(of, dialect);
  const filter = `${value} IS NOT NULL${where ? ` AND ${scalarSql(where, dialect)}` : ""}`;
  const counted = `SELECT "${keyAlias}", ${value} AS "value", COUNT(*) AS "rows" FROM "${kind}" WHERE ${filter} GROUP BY 1, 2`;
  if (aggregate === "countDistinct")
    return `SELECT "${keyAlias}", COUNT(*) AS ${name} FROM (${counted}) AS "counted" GROUP BY 1`;
  const most = `SELECT *, MAX("rows") OVER (PARTITION BY "${keyAlias}") AS "most" FROM (${counted}) AS "counted"`;
  const inByteOrder = dialect === "postgresql" ? '"value" COLLATE "C"' : '"value"';
  return `SELECT "${keyAlias}", MIN(${inByteOrder}) AS ${name} FROM (${most}) AS "ranked" WHERE "rows" = "most" GROUP BY 1`;
}

/** What stands inside an aggregate holds no other. */
function scalarSql(expression: Expression, dialect: Dialect): string {
  return toSql(expression, { dialect });
}
