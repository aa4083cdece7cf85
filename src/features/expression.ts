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
  | { readonly kind: "cast"; readonly operand: Expression; readonly to: "double" | "integer" }
  /** The first operand that is not missing. */
  | { readonly kind: "coalesce"; readonly operands: readonly Expression[] };

/** One value out of the source's rows of one customer. */
export interface AggregateExpression {
  readonly kind: "aggregate";
  readonly aggregate: Aggregate;
  readonly of: Expression;
  /** Only rows for which this holds. */
  readonly where?: Expression;
}

/** `mostFrequent`: of equally frequent texts the first in code order. `sum` takes whole numbers only. */
export type Aggregate = "sum" | "count" | "countDistinct" | "min" | "max" | "mostFrequent";

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

/** The aggregates in a tree, from left to right. Aggregates do not nest. */
export function aggregatesIn(expression: Expression): readonly AggregateExpression[] {
  return expression.kind === "aggregate" ? [expression] : operandsOf(expression).flatMap(aggregatesIn);
}

function operandsOf(expression: Exclude<Expression, AggregateExpression>): readonly Expression[] {
  switch (expression.kind) {
    case "column":
    case "integer":
    case "double":
    case "text":
    case "date":
      return [];
    case "arithmetic":
    case "compare":
      return [expression.left, expression.right];
    case "ratio":
      return [expression.numerator, expression.denominator];
    case "and":
    case "or":
    case "coalesce":
      return expression.operands;
    case "not":
    case "isMissing":
    case "oneOf":
    case "cast":
      return [expression.operand];
    case "case":
      return [
        ...expression.branches.flatMap(({ when, value }) => [when, value]),
        ...(expression.otherwise ? [expression.otherwise] : []),
      ];
    case "daysBetween":
      return [expression.from, expression.to];
  }
}
