import { date, daysBetween } from "./expression.js";
import type { FormulaScope } from "./formula-scope.js";
import { refuseFormula } from "./formula-tokens.js";
import { sameType } from "./formula-types.js";
import { asDouble, type FormulaValue, rootOf } from "./formula-values.js";
import type { Formula, FormulaCall } from "./parse-formula.js";
import { readDate, readFormula, readNumeric } from "./read-formula.js";

/** A call and where it stands. */
export type Call = FormulaCall & { readonly column: number };

/** What a function or aggregate makes of its values. */
export type Reading = (call: Call, scope: FormulaScope) => FormulaValue;

/** Functions of the values of one row, or of one customer. */
export const functions: ReadonlyMap<string, Reading> = new Map<string, Reading>([
  ["if", readIf],
  ["coalesce", readCoalesce],
  ["days_between", readDaysBetween],
  ["days_since", readDaysSince],
  ["date", readWrittenDate],
  ["weekday", (call, scope) => readPartOfDate("weekday", call, scope)],
  ["month", (call, scope) => readPartOfDate("month", call, scope)],
  ["sqrt", readRoot],
]);

/** The values of a call, so many. @throws InputError if there are more or fewer. */
export function valuesOf(call: Call, scope: FormulaScope, count: number): readonly Formula[] {
  if (call.values.length === count) return call.values;
  const wanted = count === 1 ? "one value" : `${count} values`;
  return refuseFormula(scope.formula, call.column, `give ${call.name} ${wanted}`, String(call.values.length));
}

/** `if(condition, value, condition, value, otherwise)`. */
function readIf(call: Call, scope: FormulaScope): FormulaValue {
  const { values, column } = call;
  if (values.length < 2)
    refuseFormula(scope.formula, column, "give if a condition and a value", String(values.length));
  const branches = Array.from({ length: Math.floor(values.length / 2) }, (_, i) => ({
    when: values[2 * i]!,
    value: values[2 * i + 1]!,
  }));
  const otherwise = values.length % 2 === 1 ? values.at(-1) : undefined;
  return readFormula({ kind: "case", branches, column, ...(otherwise && { otherwise }) }, scope);
}

function readCoalesce(call: Call, scope: FormulaScope): FormulaValue {
  if (call.values.length < 2)
    refuseFormula(scope.formula, call.column, "give coalesce two values or more", String(call.values.length));
  const values = call.values.map((value) => readFormula(value, scope));
  const { type, expressions } = sameType(values, scope);
  return { type, expression: { kind: "coalesce", operands: expressions }, column: call.column };
}

function readDaysBetween(call: Call, scope: FormulaScope): FormulaValue {
  const [from, to] = valuesOf(call, scope, 2).map((value) => readDate(value, scope, "days_between"));
  return { type: "integer", expression: daysBetween(from!, to!), column: call.column };
}

function readDaysSince(call: Call, scope: FormulaScope): FormulaValue {
  const from = readDate(valuesOf(call, scope, 1)[0]!, scope, "days_since");
  return { type: "integer", expression: daysBetween(from, date(scope.asOf)), column: call.column };
}

function readWrittenDate(call: Call, scope: FormulaScope): FormulaValue {
  return {
    type: "date",
    expression: readDate(valuesOf(call, scope, 1)[0]!, scope, "date"),
    column: call.column,
  };
}

function readPartOfDate(kind: "weekday" | "month", call: Call, scope: FormulaScope): FormulaValue {
  const operand = readDate(valuesOf(call, scope, 1)[0]!, scope, kind);
  return { type: "integer", expression: { kind, operand }, column: call.column };
}

function readRoot(call: Call, scope: FormulaScope): FormulaValue {
  const value = readNumeric(valuesOf(call, scope, 1)[0]!, scope, "sqrt");
  return { type: "number", expression: rootOf(asDouble(value, scope.decimals)), column: call.column };
}
