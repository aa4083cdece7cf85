/**
 * What a feature computes, as data: a tree over the columns of one source, from which SQL is written for every engine.
 *
 * Aggregates run over the source's rows of one customer. A customer without rows has none to count: counts are 0, other
 * aggregates missing. Sums are over whole numbers only, so that no order of rows can change a bit.
 */
export type Expression =
  | { readonly kind: "column"; readonly name: string }
  | { readonly kind: "integer"; readonly value: number }
  | { readonly kind: "double"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  /** A calendar day, `YYYY-MM-DD`. */
  | { readonly kind: "date"; readonly value: string }
  | {
      readonly kind: "arithmetic";
      readonly operator: "+" | "-" | "*";
      readonly left: Expression;
      readonly right: Expression;
    }
  /** Both cast to double, then one division, correctly rounded; missing where the denominator is 0. */
  | { readonly kind: "ratio"; readonly numerator: Expression; readonly denominator: Expression }
  | {
      readonly kind: "compare";
      readonly operator: "=" | "<>" | "<" | "<=" | ">" | ">=";
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "and" | "or"; readonly operands: readonly Expression[] }
  | { readonly kind: "not"; readonly operand: Expression }
  | { readonly kind: "isMissing"; readonly operand: Expression }
  | { readonly kind: "oneOf"; readonly operand: Expression; readonly values: readonly string[] }
  /** The first branch whose condition holds, else `otherwise`, else missing. */
  | { readonly kind: "case"; readonly branches: readonly CaseBranch[]; readonly otherwise?: Expression }
  | AggregateExpression
  /** Calendar days from one date to another. */
  | { readonly kind: "daysBetween"; readonly from: Expression; readonly to: Expression }
  /** Of a date: day of the week, 1 Monday to 7 Sunday; month, 1 to 12. */
  | { readonly kind: "weekday" | "month"; readonly operand: Expression }
  | { readonly kind: "squareRoot"; readonly operand: Expression }
  /** A double as a whole number of thousandths, half up: doubles can only be summed so, whatever their order. */
  | { readonly kind: "thousandths"; readonly operand: Expression }
  /** Inside an aggregate over groups: what the rows of the group have in common. */
  | { readonly kind: "group" }
  /** Inside an aggregate over groups: the value in the group before, in their order; missing in the first. */
  | { readonly kind: "previous"; readonly operand: Expression }
  | { readonly kind: "cast"; readonly operand: Expression; readonly to: "double" | "integer" }
  /** The first operand that is not missing. */
  | { readonly kind: "coalesce"; readonly operands: readonly Expression[] };

/**
 * One value out of the source's rows of one customer, or out of groups of those rows.
 *
 * With `per`, rows are put together first: of and where are then about one group, and hold aggregates over its rows. "Largest
 * order" is the max, per invoice, of the sum of amounts.
 */
export interface AggregateExpression {
  readonly kind: "aggregate";
  readonly aggregate: Aggregate;
  readonly of: Expression;
  /** Only rows, or groups, for which this holds. */
  readonly where?: Expression;
  /** What the rows of a group have in common; rows where it is missing are in no group. */
  readonly per?: Expression;
  /** Only rows for which this holds are put into groups. */
  readonly rows?: Expression;
  /** quantile: the share of values that lie below, 0 to 1. */
  readonly at?: number;
}

/**
 * `sum` takes whole numbers only. `mostFrequent`, `first` and `last` take texts: the one of most rows, of the earliest and of the
 * latest `date`; of equal ones the first in code order. `quantile` interpolates between neighbours (type 7).
 */
export type Aggregate =
  | "sum"
  | "count"
  | "countDistinct"
  | "min"
  | "max"
  | "mostFrequent"
  | "first"
  | "last"
  | "quantile";

export interface CaseBranch {
  readonly when: Expression;
  readonly value: Expression;
}

export function column(name: string): Expression {
  return { kind: "column", name };
}

export function integer(value: number): Expression {
  return { kind: "integer", value };
}

export function date(value: string): Expression {
  return { kind: "date", value };
}

export function aggregate(name: Aggregate, of: Expression, where?: Expression): AggregateExpression {
  return { kind: "aggregate", aggregate: name, of, ...(where && { where }) };
}

/** An aggregate over groups of rows: of each group one value, of the values one. */
export function aggregatePer(
  name: Aggregate,
  of: Expression,
  grouping: {
    readonly per: Expression;
    readonly rows?: Expression;
    readonly where?: Expression;
    readonly at?: number;
  },
): AggregateExpression {
  return { kind: "aggregate", aggregate: name, of, ...grouping };
}

export const group: Expression = { kind: "group" };

export function compare(
  left: Expression,
  operator: "=" | "<>" | "<" | "<=" | ">" | ">=",
  right: Expression,
): Expression {
  return { kind: "compare", operator, left, right };
}

/** Holds where every condition does; conditions that are not there do not count. */
export function allOf(...conditions: readonly (Expression | undefined)[]): Expression | undefined {
  const operands = conditions.filter((condition) => condition !== undefined);
  return operands.length < 2 ? operands[0] : { kind: "and", operands };
}

/** The value where a condition holds, else the other, else missing. */
export function when(condition: Expression, value: Expression, otherwise?: Expression): Expression {
  return { kind: "case", branches: [{ when: condition, value }], ...(otherwise && { otherwise }) };
}

export function ratio(numerator: Expression, denominator: Expression): Expression {
  return { kind: "ratio", numerator, denominator };
}

export function add(left: Expression, right: Expression): Expression {
  return { kind: "arithmetic", operator: "+", left, right };
}

export function subtract(left: Expression, right: Expression): Expression {
  return { kind: "arithmetic", operator: "-", left, right };
}

export function multiply(left: Expression, right: Expression): Expression {
  return { kind: "arithmetic", operator: "*", left, right };
}

export function not(operand: Expression): Expression {
  return { kind: "not", operand };
}

export function daysBetween(from: Expression, to: Expression): Expression {
  return { kind: "daysBetween", from, to };
}

/** The operand, or the whole number 0 where it is missing. */
export function orZero(operand: Expression): Expression {
  return { kind: "coalesce", operands: [operand, integer(0)] };
}
