import { dateLiteral, daysBetweenSql, monthSql, weekdaySql } from "../engine/date-sql.js";
import type { Dialect } from "../engine/dialect.js";
import { doubleType, integerLiteral, integerType, numberLiteral } from "../engine/sql-numbers.js";
import { quoteIdentifier, quoteText } from "../engine/sql-text.js";
import type { AggregateExpression, Expression } from "./expression.js";

type ExpressionOf<Kind extends Expression["kind"]> = Extract<Expression, { readonly kind: Kind }>;

/** Where the text is going to run. */
export interface SqlTarget {
  readonly dialect: Dialect;
  /** Alias of the table that has the columns; absent: column names stand alone. */
  readonly relation?: string;
  /** SQL that stands for an aggregate, which is computed elsewhere in the query; absent: the expression holds none. */
  readonly aggregateSql?: (aggregate: AggregateExpression) => string;
  /** SQL for what the rows of a group have in common; absent: the expression is not about groups. */
  readonly groupSql?: string;
  /** SQL for a value of the group before. */
  readonly previousSql?: (operand: Expression) => string;
}

/**
 * An expression as SQL text that gives the same bits in every dialect.
 *
 * Every name and literal is quoted; every operation is in brackets, so precedence never matters.
 *
 * @throws InputError if a name or literal cannot be written (control characters, numbers that are not finite).
 */
export function toSql(expression: Expression, target: SqlTarget): string {
  const sql = (operand: Expression) => toSql(operand, target);
  switch (expression.kind) {
    case "column":
      return columnSql(expression.name, target);
    case "integer":
      return integerLiteral(expression.value);
    case "double":
      return numberLiteral(expression.value, target.dialect);
    case "text":
      return quoteText(expression.value, target.dialect);
    case "date":
      return dateLiteral(expression.value, target.dialect);
    case "arithmetic":
    case "compare":
      return `(${sql(expression.left)} ${expression.operator} ${sql(expression.right)})`;
    case "ratio":
      return ratioSql(expression, target);
    case "and":
    case "or":
      return `(${expression.operands.map(sql).join(expression.kind === "and" ? " AND " : " OR ")})`;
    case "not":
      return `(NOT ${sql(expression.operand)})`;
    case "isMissing":
      return `(${sql(expression.operand)} IS NULL)`;
    case "oneOf":
      return `(${sql(expression.operand)} IN (${expression.values.map((value) => quoteText(value, target.dialect)).join(", ")}))`;
    case "case":
      return caseSql(expression, sql);
    case "aggregate":
      return target.aggregateSql!(expression);
    case "group":
      return target.groupSql!;
    case "previous":
      return target.previousSql!(expression.operand);
    case "weekday":
      return weekdaySql(sql(expression.operand), target.dialect);
    case "month":
      return monthSql(sql(expression.operand), target.dialect);
    case "squareRoot":
      return `SQRT(CAST(${sql(expression.operand)} AS ${doubleType(target.dialect)}))`;
    case "thousandths":
      return wholeNumberBelow(
        `${sql(expression.operand)} * 1000 + ${numberLiteral(0.5, target.dialect)}`,
        target.dialect,
      );
    case "daysBetween":
      return daysBetweenSql(sql(expression.from), sql(expression.to), target.dialect);
    case "cast":
      return `CAST(${sql(expression.operand)} AS ${(expression.to === "double" ? doubleType : integerType)(target.dialect)})`;
    case "coalesce":
      return `COALESCE(${expression.operands.map(sql).join(", ")})`;
  }
}

/** The largest whole number that is not above a double, as a whole number. */
export function wholeNumberBelow(sql: string, dialect: Dialect): string {
  return `CAST(FLOOR(${sql}) AS ${integerType(dialect)})`;
}

function columnSql(name: string, { dialect, relation }: SqlTarget): string {
  const quoted = quoteIdentifier(name, dialect);
  return relation === undefined ? quoted : `${quoteIdentifier(relation, dialect)}.${quoted}`;
}

function ratioSql({ numerator, denominator }: ExpressionOf<"ratio">, target: SqlTarget): string {
  const type = doubleType(target.dialect);
  const zero = numberLiteral(0, target.dialect);
  return `(CAST(${toSql(numerator, target)} AS ${type}) / NULLIF(CAST(${toSql(denominator, target)} AS ${type}), ${zero}))`;
}

function caseSql(
  { branches, otherwise }: ExpressionOf<"case">,
  sql: (operand: Expression) => string,
): string {
  const whens = branches.map(({ when, value }) => `WHEN ${sql(when)} THEN ${sql(value)}`);
  return `CASE ${whens.join(" ")}${otherwise ? ` ELSE ${sql(otherwise)}` : ""} END`;
}
