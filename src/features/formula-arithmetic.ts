import { type Expression, integer, multiply, subtract } from "./expression.js";
import type { FormulaScope } from "./formula-scope.js";
import { refuseFormula } from "./formula-tokens.js";
import { describe } from "./formula-types.js";
import { alike, asDouble, type FormulaValue, isNumeric, quotient } from "./formula-values.js";

/** A sum, difference, product or quotient of two sides. @throws InputError if they are no numbers, or both money and multiplied. */
export function calculate(
  operator: "+" | "-" | "*" | "/",
  { sides, column }: { readonly sides: readonly FormulaValue[]; readonly column: number },
  { decimals, formula }: Pick<FormulaScope, "decimals" | "formula">,
): FormulaValue {
  const odd = sides.find((side) => !isNumeric(side));
  if (odd) {
    const hint = sides.every(({ type }) => type === "date") ? ". Write days_between(a, b)?" : "";
    refuseFormula(
      formula,
      odd.column,
      `have numbers or money on both sides of ${operator}`,
      describe(odd.type),
      hint,
    );
  }
  const [one, other] = sides as [FormulaValue, FormulaValue];
  if (operator === "/") return { type: "number", expression: quotient(one, other, decimals), column };
  if (operator !== "*") {
    const { type, expressions } = alike(sides, decimals);
    return {
      type,
      expression: { kind: "arithmetic", operator, left: expressions[0]!, right: expressions[1]! },
      column,
    };
  }
  if (one.type === "money" && other.type === "money")
    refuseFormula(formula, column, "not multiply money by money", "both");
  if (one.type === "number" || other.type === "number")
    return {
      type: "number",
      expression: multiply(asDouble(one, decimals), asDouble(other, decimals)),
      column,
    };
  const type = one.type === "money" || other.type === "money" ? "money" : "integer";
  return { type, expression: multiply(one.expression, other.expression), column };
}

/** A value with the other sign. @throws InputError if it is no number. */
export function negate(
  value: FormulaValue,
  { formula }: Pick<FormulaScope, "formula">,
  column: number,
): FormulaValue {
  if (!isNumeric(value))
    refuseFormula(formula, value.column, "have a number or money after -", describe(value.type));
  const { expression, digits, type } = value;
  if (digits === undefined) return { type, expression: subtract(integer(0), expression), column };
  const negative: Expression =
    expression.kind === "integer" || expression.kind === "double"
      ? { ...expression, value: -expression.value }
      : expression;
  return { type, expression: negative, digits: `-${digits}`, column };
}
