import type { ScoringDialect } from "../engine/dialect.js";
import { integerLiteral, numberLiteral } from "../engine/sql-numbers.js";
import { quoteText } from "../engine/sql-text.js";
import type { Condition } from "../segments/condition.js";
import { sameTextSql } from "./sql-functions.js";

/** Columns of the layer that a condition is evaluated over. */
export interface ConditionColumns {
  readonly dialect: ScoringDialect;
  /** Column of a feature, NULL where missing, and what it holds. */
  readonly feature: (name: string) => { readonly sql: string; readonly type: "number" | "text" | "date" };
  readonly score: (name: string) => string;
  /** Column with the segment key that an embedded definition gives. */
  readonly membership: (id: string) => string;
}

/**
 * A condition as SQL that is true or false, never NULL: every comparison also asks for a known value. Days must be written out:
 * see `rulesAsOf`.
 */
export function conditionSql(condition: Condition, columns: ConditionColumns): string {
  const { dialect } = columns;
  if ("all" in condition) return group(condition.all, "AND", columns);
  if ("any" in condition) return group(condition.any, "OR", columns);
  if ("not" in condition) return `NOT ${conditionSql(condition.not, columns)}`;
  if ("of" in condition)
    return `(${columns.membership(condition.of)} = ${quoteText(condition.segment, dialect)})`;
  const { sql, type } =
    "feature" in condition
      ? columns.feature(condition.feature)
      : { sql: columns.score(condition.score), type: "score" as const };
  if ("isMissing" in condition) return `(${sql} IS NULL)`;
  const literal = (value: number | string): string => literalSql(value, type, dialect);
  const compare = (operator: string, value: number | string): string =>
    type === "text"
      ? `${operator === "!=" ? "NOT " : ""}${sameTextSql(sql, literal(value), dialect)}`
      : `${sql} ${operator === "!=" ? "<>" : operator} ${literal(value)}`;
  if (!("in" in condition))
    return `(${sql} IS NOT NULL AND ${compare(condition.is, condition.value as number | string)})`;
  if (condition.in.length === 0) return "(1 = 0)";
  return `(${sql} IS NOT NULL AND (${condition.in.map((value) => compare("=", value)).join(" OR ")}))`;
}

function group(parts: readonly Condition[], word: "AND" | "OR", columns: ConditionColumns): string {
  if (parts.length === 0) return word === "AND" ? "(1 = 1)" : "(1 = 0)";
  return `(${parts.map((part) => conditionSql(part, columns)).join(` ${word} `)})`;
}

/** A score may be compared with a number that is not whole. */
function literalSql(
  value: number | string,
  type: "number" | "text" | "date" | "score",
  dialect: ScoringDialect,
): string {
  if (typeof value === "string") return quoteText(value, dialect);
  return type === "score" && Number.isSafeInteger(value)
    ? integerLiteral(value)
    : numberLiteral(value, dialect);
}
