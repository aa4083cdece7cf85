import { dayNumber } from "../core/calendar-day.js";
import { didYouMean } from "../core/check.js";
import {
  column as columnOf,
  compare,
  date,
  type Expression,
  integer,
  multiply,
  not,
  subtract,
} from "./expression.js";
import type { FormulaType } from "./formula-columns.js";
import type { FormulaText } from "./formula-tokens.js";
import { refuseFormula } from "./formula-tokens.js";
import { alike, asDouble, type FormulaValue, isNumeric, quotient } from "./formula-values.js";
import type { Formula, FormulaCall } from "./parse-formula.js";

/** What names mean where a part of a formula stands. */
export interface FormulaScope {
  readonly formula: FormulaText;
  /** Kind of source, for messages. */
  readonly kind: string;
  readonly columns: ReadonlyMap<string, FormulaType>;
  /** Decimals of money. */
  readonly decimals: number;
  readonly asOf: string;
  /**
   * row: names are columns; customer: of many rows, so names stand inside aggregates; group: as customer, of the rows of one group,
   * whose `per` column is a name.
   */
  readonly level: "row" | "customer" | "group";
  /** group: the column that the rows have in common. */
  readonly per?: string;
  /** Whether aggregates may stand here: not over kinds with one row per customer, and not inside another. */
  readonly hasAggregates: boolean;
  /** What functions and aggregates mean. */
  readonly readCall: (call: FormulaCall & { readonly column: number }, scope: FormulaScope) => FormulaValue;
}

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

/** Values between which one is chosen, made alike. */
export function sameType(
  values: readonly FormulaValue[],
  scope: FormulaScope,
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

export function describe(type: FormulaType): string {
  if (type === "integer") return "a whole number";
  if (type === "boolean") return "a condition";
  return type === "money" ? "money" : `a ${type}`;
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
  if (operator === "+" || operator === "-" || operator === "*" || operator === "/")
    return calculate(operator, formula, scope);
  const sides = [readFormula(formula.left, scope), readFormula(formula.right, scope)];
  if (sides.some(({ type }) => type === "boolean"))
    refuseFormula(scope.formula, column, "compare numbers, money, dates or texts", "a condition");
  const [left, right] = sameType(sides, scope).expressions;
  return { type: "boolean", expression: compare(left!, operator, right!), column };
}

function calculate(
  operator: "+" | "-" | "*" | "/",
  { left, right, column }: Binary,
  scope: FormulaScope,
): FormulaValue {
  const { decimals, formula } = scope;
  const sides = [left, right].map((side) => readFormula(side, scope));
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

function negate(value: FormulaValue, { formula }: FormulaScope, column: number): FormulaValue {
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

function asDate(value: FormulaValue, { formula }: FormulaScope): FormulaValue {
  if (value.text === undefined) return value;
  if (dayNumber(value.text) === undefined)
    refuseFormula(formula, value.column, "write dates as YYYY-MM-DD", JSON.stringify(value.text));
  return { type: "date", expression: date(value.text), column: value.column };
}
