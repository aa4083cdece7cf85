import { compare, type Expression, integer, multiply, ratio } from "./expression.js";
import type { FormulaType } from "./formula-columns.js";

/** A part of a formula that means something: its type, and the expression that computes it. */
export interface FormulaValue {
  readonly type: FormulaType;
  readonly expression: Expression;
  /** Digits as written, where it is a number written out; `-` before a negative one. */
  readonly digits?: string;
  /** Text as written, where it is a text written out. */
  readonly text?: string;
  readonly column: number;
}

export function isNumeric({ type }: FormulaValue): boolean {
  return type === "integer" || type === "number" || type === "money";
}

/** A number written out as whole minor units; undefined if it has more decimals than money has. */
export function minorUnits({ digits }: FormulaValue, decimals: number): number | undefined {
  if (digits === undefined) return undefined;
  const [whole, part = ""] = digits.split(".");
  const kept = part.replace(/0+$/, "");
  const minor = Number(`${whole}${kept.padEnd(decimals, "0")}`);
  return kept.length <= decimals && Number.isSafeInteger(minor) ? minor : undefined;
}

/** The value as a double; money in the major unit. */
export function asDouble({ type, expression, digits }: FormulaValue, decimals: number): Expression {
  if (type === "money") return ratio(expression, integer(10 ** decimals));
  if (digits !== undefined) return { kind: "double", value: Number(digits) };
  return { kind: "cast", operand: expression, to: "double" };
}

/**
 * Two numbers made alike, so that they can be added, compared or chosen between: whole numbers, money, or doubles.
 *
 * A number written out beside money is money: `amount > 5` means five of the major unit.
 */
export function alike(
  values: readonly FormulaValue[],
  decimals: number,
): { readonly type: FormulaType; readonly expressions: readonly Expression[] } {
  const isAll = (type: FormulaType) => values.every((value) => value.type === type);
  if (isAll("integer")) return { type: "integer", expressions: values.map(({ expression }) => expression) };
  const money = values.map((value) =>
    value.type === "money" ? value.expression : literalMoney(value, decimals),
  );
  if (values.some(({ type }) => type === "money") && money.every((expression) => expression !== undefined))
    return { type: "money", expressions: money };
  return { type: "number", expressions: values.map((value) => asDouble(value, decimals)) };
}

function literalMoney(value: FormulaValue, decimals: number): Expression | undefined {
  const minor = minorUnits(value, decimals);
  return minor === undefined ? undefined : integer(minor);
}

/** A quotient; missing where the divisor is 0. Money divided by a whole number stays exact up to the one division. */
export function quotient(left: FormulaValue, right: FormulaValue, decimals: number): Expression {
  const whole = ({ type }: FormulaValue) => type === "integer" || type === "money";
  if (!whole(left) || !whole(right)) return ratio(asDouble(left, decimals), asDouble(right, decimals));
  const scale = integer(10 ** decimals);
  const isMoney = { left: left.type === "money", right: right.type === "money" };
  if (isMoney.left === isMoney.right) return ratio(left.expression, right.expression);
  return isMoney.left
    ? ratio(left.expression, multiply(right.expression, scale))
    : ratio(multiply(left.expression, scale), right.expression);
}

/** A square root; missing below 0. */
export function rootOf(operand: Expression): Expression {
  return {
    kind: "case",
    branches: [
      { when: compare(operand, ">=", { kind: "double", value: 0 }), value: { kind: "squareRoot", operand } },
    ],
  };
}
