import { didYouMean } from "../core/check.js";
import { column as columnOf, compare, date, type Expression, integer, not } from "./expression.js";
import { calculate, negate } from "./formula-arithmetic.js";
import type { FormulaScope } from "./formula-scope.js";
import { refuseFormula } from "./formula-tokens.js";
import { asDate, describe, sameType } from "./formula-types.js";
import { type FormulaValue, isNumeric } from "./formula-values.js";
import type { Formula } from "./parse-formula.js";

/**
 * Gives every part of a formula a type and an expression.
 *
 * @throws InputError with the column of what does not fit.
 */
export function readFormula(formula: Formula, scope: FormulaScope): FormulaValue {
  const { column } = formula;
  switch (formula.kind) {
    case "number":
      return readNumber(formula.digits, column, scope);
    case "text":
      return {
        type: "text",
        expression: { kind: "text", value: formula.value },
        text: formula.value,
        column,
      };
    case "name":
      return readName(formula.name, column, scope);
    case "call":
      return scope.readCall(formula, scope);
    case "binary":
      return readBinary(formula, scope);
    case "negative":
      return negate(readFormula(formula.operand, scope), scope, column);
    case "not":
      return { type: "boolean", expression: not(readCondition(formula.operand, scope)), column };
    case "isMissing":
      return {
        type: "boolean",
        expression: { kind: "isMissing", operand: readFormula(formula.operand, scope).expression },
        column,
      };
    case "in":
      return readAmong(formula, scope);
    case "case": {
      const branches = formula.branches.map(({ when, value }) => ({
        when,
        value: readFormula(value, scope),
      }));
      const last = formula.otherwise && readFormula(formula.otherwise, scope);
      const { type, expressions } = sameType(
        [...branches.map(({ value }) => value), ...(last ? [last] : [])],
        scope,
      );
      const read = branches.map(({ when }, i) => ({
        when: readCondition(when, scope),
        value: expressions[i]!,
      }));
      const otherwise = last && expressions.at(-1);
      return { type, expression: { kind: "case", branches: read, ...(otherwise && { otherwise }) }, column };
    }
  }
}

/** A part that must be true or false. */
export function readCondition(formula: Formula, scope: FormulaScope): Expression {
  const { type, expression } = readFormula(formula, scope);
  if (type !== "boolean")
    refuseFormula(
      scope.formula,
      formula.column,
      "have a condition here, such as quantity > 1",
      describe(type),
    );
  return expression;
}

/** A part that must be a number; `purpose` is what needs it, such as "sum". */
export function readNumeric(formula: Formula, scope: FormulaScope, purpose: string): FormulaValue {
  const value = readFormula(formula, scope);
  if (!isNumeric(value))
    refuseFormula(scope.formula, formula.column, `give ${purpose} a number or money`, describe(value.type));
  return value;
}

/** A part that must be a date; a text written out as YYYY-MM-DD is one. */
export function readDate(formula: Formula, scope: FormulaScope, purpose: string): Expression {
  const value = asDate(readFormula(formula, scope), scope);
  if (value.type !== "date")
    refuseFormula(scope.formula, formula.column, `give ${purpose} a date`, describe(value.type));
  return value.expression;
}

function readNumber(digits: string, column: number, { formula }: FormulaScope): FormulaValue {
  const isWhole = !digits.includes(".");
  const value = Number(digits);
  if (isWhole && !Number.isSafeInteger(value))
    refuseFormula(formula, column, "hold whole numbers within ±(2^53 − 1)", digits);
  const expression: Expression = isWhole ? integer(value) : { kind: "double", value };
  return { type: isWhole ? "integer" : "number", expression, digits, column };
}

function readName(name: string, column: number, scope: FormulaScope): FormulaValue {
  const { formula, columns, level, per, kind } = scope;
  if (name.toLowerCase() === "as_of" && !columns.has(name))
    return { type: "date", expression: date(scope.asOf), column };
  const type = columns.get(name);
  const names = [...columns.keys()];
  if (type === undefined)
    refuseFormula(
      formula,
      column,
      `name columns of ${kind}: ${names.join(", ")}`,
      JSON.stringify(name),
      didYouMean(name, names),
    );
  if (level === "row") return { type, expression: columnOf(name), column };
  if (level === "group" && name === per) return { type, expression: { kind: "group" }, column };
  return refuseFormula(
    formula,
    column,
    `put ${name} inside sum, max, count_distinct or another aggregate, as a customer has many rows in ${kind}`,
    "it alone",
  );
}

type Binary = Extract<Formula, { readonly kind: "binary" }>;

function readBinary(formula: Binary, scope: FormulaScope): FormulaValue {
  const { operator, column } = formula;
  if (operator === "and" || operator === "or") {
    const operands = [formula.left, formula.right].map((side) => readCondition(side, scope));
    return { type: "boolean", expression: { kind: operator, operands }, column };
  }
  const sides = [formula.left, formula.right].map((side) => readFormula(side, scope));
  if (operator === "+" || operator === "-" || operator === "*" || operator === "/")
    return calculate(operator, { sides, column }, scope);
  if (sides.some(({ type }) => type === "boolean"))
    refuseFormula(scope.formula, column, "compare numbers, money, dates or texts", "a condition");
  const [left, right] = sameType(sides, scope).expressions;
  return { type: "boolean", expression: compare(left!, operator, right!), column };
}

function readAmong(
  { operand, values, column }: Extract<Formula, { readonly kind: "in" }>,
  scope: FormulaScope,
): FormulaValue {
  const among = values.map((value) => readFormula(value, scope));
  const unwritten = among.find(({ digits, text }) => digits === undefined && text === undefined);
  if (unwritten)
    refuseFormula(
      scope.formula,
      unwritten.column,
      "have numbers or quoted texts in the list of in",
      "something else",
    );
  const chosen = readFormula(operand, scope);
  const texts = among.flatMap(({ text }) => (text === undefined ? [] : [text]));
  if (chosen.type === "text" && texts.length === among.length)
    return {
      type: "boolean",
      expression: { kind: "oneOf", operand: chosen.expression, values: texts },
      column,
    };
  const [first, ...rest] = sameType([chosen, ...among], scope).expressions;
  return {
    type: "boolean",
    expression: { kind: "or", operands: rest.map((value) => compare(first!, "=", value)) },
    column,
  };
}
