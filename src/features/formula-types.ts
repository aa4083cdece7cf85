import { dayNumber } from "../core/calendar-day.js";
import { date, type Expression } from "./expression.js";
import type { FormulaType } from "./formula-columns.js";
import type { FormulaScope } from "./formula-scope.js";
import { refuseFormula } from "./formula-tokens.js";
import { alike, type FormulaValue, isNumeric } from "./formula-values.js";

/** Values between which one is chosen, made alike. */
export function sameType(
  values: readonly FormulaValue[],
  scope: Pick<FormulaScope, "decimals" | "formula">,
): { readonly type: FormulaType; readonly expressions: readonly Expression[] } {
  if (values.every(isNumeric)) return alike(values, scope.decimals);
  const wanted = values.find(({ text }) => text === undefined)?.type ?? "text";
  const dated = wanted === "date" ? values.map((value) => asDate(value, scope)) : values;
  const odd = dated.find(({ type }) => type !== dated[0]!.type);
  if (odd)
    refuseFormula(
      scope.formula,
      odd.column,
      `choose between values of one type, ${describe(dated[0]!.type)}`,
      describe(odd.type),
    );
  return { type: dated[0]!.type, expressions: dated.map(({ expression }) => expression) };
}

/** A type as a message calls it. */
export function describe(type: FormulaType): string {
  if (type === "integer") return "a whole number";
  if (type === "boolean") return "a condition";
  return type === "money" ? "money" : `a ${type}`;
}

/** The value as a date where it is a text written out; else as it is. @throws InputError if the text is no day. */
export function asDate(value: FormulaValue, { formula }: Pick<FormulaScope, "formula">): FormulaValue {
  if (value.text === undefined) return value;
  if (dayNumber(value.text) === undefined)
    refuseFormula(formula, value.column, "write dates as YYYY-MM-DD", JSON.stringify(value.text));
  return { type: "date", expression: date(value.text), column: value.column };
}
