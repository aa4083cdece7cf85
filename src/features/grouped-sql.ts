import { canonicalJson } from "../core/canonical-json.js";
import { type AggregateExpression, allOf, type Expression, not } from "./expression.js";
import { toSql } from "./expression-sql.js";
import { keyAlias, type Member, type RowSource, rowsSql, simpleSql, totalSql } from "./row-source.js";

/**
 * Aggregates over groups of rows: one query by customer and group, and over it one by customer.
 *
 * Members with one `per` share both; a member without one (a plain sum) is summed per group first. A row condition that all
 * members have in common leaves rows out before grouping.
 */
export function groupedSql(source: RowSource, members: readonly Member[]): string {
  const groups = groupsOf(source, members);
  const terms = members.map(({ name, aggregate }) => `${totalOfGroups(groups, aggregate)} AS ${name}`);
  return `SELECT ${[keyAlias, ...terms].join(", ")} FROM (${groupsSql(groups)}) AS grouped GROUP BY ${keyAlias}`;
}

/** One value per group as a query: `customer_id`, `value`. */
export function groupValuesSql(source: RowSource, member: Member): string {
  const groups = groupsOf(source, [member]);
  const value = valueOfGroup(groups, member.aggregate);
  return `SELECT ${keyAlias}, ${value} AS value FROM (${groupsSql(groups)}) AS grouped`;
}

interface Groups {
  readonly source: RowSource;
  readonly per: Expression;
  /** The row condition that all members have in common. */
  readonly shared: Expression | undefined;
  /** Whether each member's rows are exactly the shared ones. */
  readonly isShared: boolean;
  /** Whether no member is a plain sum, which counts rows that are in no group as well. */
  readonly onlyGroups: boolean;
  /** What the terms over groups need of each group: SQL → column; grows while terms are written. */
  readonly inner: Map<string, string>;
  /** The same, of the group before. */
  readonly earlier: Map<string, string>;
}

function groupsOf(source: RowSource, members: readonly Member[]): Groups {
  const chosen = members.map(({ aggregate }) => rowsOf(aggregate));
  const onlyGroups = members.every(({ aggregate }) => aggregate.per);
  const keepsAll = source.isPopulation && !onlyGroups;
  const isShared = !keepsAll && chosen.every((rows) => isSame(rows, chosen[0]));
  return {
    source,
    per: members.find(({ aggregate }) => aggregate.per)!.aggregate.per!,
    shared: isShared ? chosen[0] : undefined,
    isShared,
    onlyGroups,
    inner: new Map(),
    earlier: new Map(),
  };
}

function isSame(one: Expression | undefined, other: Expression | undefined): boolean {
  return canonicalJson(one ?? null) === canonicalJson(other ?? null);
}

/** Rows of a plain sum are those of its condition. */
function rowsOf({ per, rows, where }: AggregateExpression): Expression | undefined {
  return per ? rows : where;
}

function totalOfGroups(groups: Groups, aggregate: AggregateExpression): string {
  const { source, isShared, inner } = groups;
  if (aggregate.per) return totalSql(aggregate.aggregate, valueOfGroup(groups, aggregate), source.dialect);
  const { where: _, ...bare } = aggregate;
  const part = columnOf(inner, "i", simpleSql(isShared ? bare : aggregate, source));
  return totalSql(aggregate.aggregate === "count" ? "sum" : aggregate.aggregate, part, source.dialect);
}

/** What an aggregate takes from one group; NULL where its conditions do not hold. */
function valueOfGroup(groups: Groups, aggregate: AggregateExpression): string {
  const { source, isShared, onlyGroups, inner } = groups;
  const rows = isShared ? undefined : aggregate.rows;
  const hasRows = rows ? columnOf(inner, "i", simpleSql(countOf(rows), source)) : "";
  const conditions = [
    ...(onlyGroups ? [] : ["g IS NOT NULL"]),
    ...(rows ? [`${hasRows} > 0`] : []),
    ...(aggregate.where ? [groupTerm(groups, aggregate.where, rows)] : []),
  ];
  const value = groupTerm(groups, aggregate.of, rows);
  return conditions.length === 0 ? value : `CASE WHEN ${conditions.join(" AND ")} THEN ${value} END`;
}

function countOf(rows: Expression): AggregateExpression {
  return { kind: "aggregate", aggregate: "count", of: { kind: "integer", value: 1 }, where: rows };
}

/** An expression about one group, over the columns of the query of groups. */
function groupTerm(groups: Groups, expression: Expression, rows: Expression | undefined): string {
  const { source, shared, inner, earlier } = groups;
  return toSql(expression, {
    dialect: source.dialect,
    groupSql: "g",
    aggregateSql: ({ where, ...bare }) => {
      const condition = allOf(rows, isSame(where, shared) || isSame(where, rows) ? undefined : where);
      return columnOf(inner, "i", simpleSql(condition ? { ...bare, where: condition } : bare, source));
    },
    previousSql: (operand) => columnOf(earlier, "p", groupTerm(groups, operand, rows)),
  });
}

function columnOf(columns: Map<string, string>, letter: string, sql: string): string {
  const name = columns.get(sql) ?? `${letter}${columns.size}`;
  columns.set(sql, name);
  return name;
}

/** One row per customer and group, with the columns that the terms written before it need. */
function groupsSql({ source, per, shared, onlyGroups, inner, earlier }: Groups): string {
  const isGrouped = onlyGroups ? not({ kind: "isMissing", operand: per }) : undefined;
  const columns = [
    keyAlias,
    `${toSql(per, source)} AS g`,
    ...[...inner].map(([sql, name]) => `${sql} AS ${name}`),
  ];
  const grouped = `SELECT ${columns.join(", ")} FROM ${rowsSql(source, shared, isGrouped)} GROUP BY 1, 2`;
  if (earlier.size === 0) return grouped;
  const lags = [...earlier].map(
    ([sql, name]) => `LAG(${sql}) OVER (PARTITION BY ${keyAlias} ORDER BY g) AS ${name}`,
  );
  return `SELECT ${["ordered.*", ...lags].join(", ")} FROM (${grouped}) AS ordered`;
}
