import type { AggregateExpression, Expression } from "./expression.js";

type Previous = Extract<Expression, { readonly kind: "previous" }>;

/** The outermost aggregates in a tree, from left to right. */
export function aggregatesIn(expression: Expression): readonly AggregateExpression[] {
  return expression.kind === "aggregate" ? [expression] : operandsOf(expression).flatMap(aggregatesIn);
}

/** The values of earlier groups in a tree, from left to right. */
export function previousIn(expression: Expression): readonly Previous[] {
  if (expression.kind === "aggregate") return [];
  return expression.kind === "previous" ? [expression] : operandsOf(expression).flatMap(previousIn);
}

function operandsOf(expression: Exclude<Expression, AggregateExpression>): readonly Expression[] {
  switch (expression.kind) {
    case "column":
    case "integer":
    case "double":
    case "text":
    case "date":
    case "group":
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
    case "weekday":
    case "month":
    case "squareRoot":
    case "thousandths":
    case "previous":
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
