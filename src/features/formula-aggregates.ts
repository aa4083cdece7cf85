import {
  type Aggregate,
  type AggregateExpression,
  type Expression,
  integer,
  multiply,
  ratio,
} from "./expression.js";
import { type Call, type Reading, valuesOf } from "./formula-functions.js";
import type { FormulaScope } from "./formula-scope.js";
import { refuseFormula } from "./formula-tokens.js";
import { describe } from "./formula-types.js";
import type { FormulaValue } from "./formula-values.js";
import { readCondition, readFormula, readNumeric } from "./read-formula.js";

/** Aggregates over the rows of a customer. */
export const aggregates: ReadonlyMap<string, Reading> = new Map<string, Reading>([
  ["sum", readSum],
  ["count", readCount],
  ["count_distinct", readDistinct],
  ["min", (call, scope) => readExtreme("min", call, scope)],
  ["max", (call, scope) => readExtreme("max", call, scope)],
  ["mean", readMean],
  ["median", (call, scope) => readQuantile(call, scope, 0.5)],
  ["quantile", readQuantile],
  ["most_frequent", (call, scope) => readText("mostFrequent", call, scope)],
  ["first", (call, scope) => readText("first", call, scope)],
  ["last", (call, scope) => readText("last", call, scope)],
]);

/** What stands inside an aggregate is about one row; with `per` about one group, over whose rows aggregates may go. */
function inside(call: Call, scope: FormulaScope): FormulaScope {
  if (!call.per) return { ...scope, level: "row", hasAggregates: false };
  if (scope.level === "group" || call.per.kind !== "name")
    refuseFormula(scope.formula, call.per.column, "have one column after per", "something else");
  const { name, column } = call.per;
  readFormula(call.per, { ...scope, level: "row" });
  if (!scope.columns.has(name))
    refuseFormula(scope.formula, column, "have one column after per", JSON.stringify(name));
  return { ...scope, level: "group", per: name, hasAggregates: true };
}

function aggregateOf(
  aggregate: Aggregate,
  of: Expression,
  call: Call,
  scope: FormulaScope,
): AggregateExpression {
  const condition = call.where && readCondition(call.where, { ...scope, level: "row", hasAggregates: false });
  const grouping =
    call.per?.kind === "name"
      ? { per: { kind: "column", name: call.per.name } as const, ...(condition && { rows: condition }) }
      : { ...(condition && { where: condition }) };
  return { kind: "aggregate", aggregate, of, ...grouping };
}

/** A sum; values that are no whole numbers are summed in thousandths, so that their order does not matter. */
function readSum(call: Call, scope: FormulaScope): FormulaValue {
  const [formula] = valuesOf(call, scope, 1);
  const value = readFormula(formula!, inside(call, scope));
  if (value.type === "boolean")
    refuseFormula(
      scope.formula,
      value.column,
      "give sum a number or money",
      "a condition",
      ". Write count(where …)?",
    );
  const { type, expression, column } = readNumeric(formula!, inside(call, scope), "sum");
  if (type !== "number") return { type, expression: aggregateOf("sum", expression, call, scope), column };
  const total = aggregateOf("sum", { kind: "thousandths", operand: expression }, call, scope);
  return { type, expression: ratio(total, integer(1000)), column };
}

function readCount(call: Call, scope: FormulaScope): FormulaValue {
  const { column } = call;
  if (call.values.length === 0)
    return { type: "integer", expression: aggregateOf("count", integer(1), call, scope), column };
  const [formula] = valuesOf(call, scope, 1);
  const { type, expression } = readFormula(formula!, inside(call, scope));
  if (type === "boolean")
    refuseFormula(
      scope.formula,
      formula!.column,
      "give count a column",
      "a condition",
      ". Write count(where …)?",
    );
  return { type: "integer", expression: aggregateOf("count", expression, call, scope), column };
}

function readDistinct(call: Call, scope: FormulaScope): FormulaValue {
  if (call.per) refuseFormula(scope.formula, call.column, "use count_distinct without per", "per");
  const [formula] = valuesOf(call, scope, 1);
  const { expression } = readFormula(formula!, inside(call, scope));
  return {
    type: "integer",
    expression: aggregateOf("countDistinct", expression, call, scope),
    column: call.column,
  };
}

function readExtreme(aggregate: "min" | "max", call: Call, scope: FormulaScope): FormulaValue {
  const [formula] = valuesOf(call, scope, 1);
  const { type, expression } = readFormula(formula!, inside(call, scope));
  if (type === "text" || type === "boolean")
    refuseFormula(
      scope.formula,
      formula!.column,
      `give ${call.name} a number, money or a date`,
      describe(type),
    );
  return { type, expression: aggregateOf(aggregate, expression, call, scope), column: call.column };
}

function readMean(call: Call, scope: FormulaScope): FormulaValue {
  const { column, type, expression } = readNumeric(valuesOf(call, scope, 1)[0]!, inside(call, scope), "mean");
  const part: Expression = type === "number" ? { kind: "thousandths", operand: expression } : expression;
  const scale = type === "number" ? 1000 : type === "money" ? 10 ** scope.decimals : 1;
  const count = aggregateOf("count", expression, call, scope);
  const total = aggregateOf("sum", part, call, scope);
  return { type: "number", expression: ratio(total, multiply(count, integer(scale))), column };
}

function readQuantile(call: Call, scope: FormulaScope, fixed?: number): FormulaValue {
  const [formula, share] = valuesOf(call, scope, fixed === undefined ? 2 : 1);
  const at = fixed ?? (share!.kind === "number" ? Number(share!.digits) : Number.NaN);
  if (!(at >= 0 && at <= 1))
    refuseFormula(
      scope.formula,
      share!.column,
      "give quantile a share from 0 to 1 written out",
      "something else",
    );
  const { type, expression, column } = readNumeric(formula!, inside(call, scope), call.name);
  const part: Expression = type === "number" ? { kind: "thousandths", operand: expression } : expression;
  const scale = type === "number" ? 1000 : type === "money" ? 10 ** scope.decimals : 1;
  const quantile = { ...aggregateOf("quantile", part, call, scope), at };
  return { type: "number", expression: scale === 1 ? quantile : ratio(quantile, integer(scale)), column };
}

function readText(
  aggregate: "mostFrequent" | "first" | "last",
  call: Call,
  scope: FormulaScope,
): FormulaValue {
  if (call.per) refuseFormula(scope.formula, call.column, `use ${call.name} without per`, "per");
  if (scope.level === "group")
    refuseFormula(scope.formula, call.column, `use ${call.name} outside of per`, "it inside");
  const [formula] = valuesOf(call, scope, 1);
  const { type, expression } = readFormula(formula!, inside(call, scope));
  if (type !== "text")
    refuseFormula(scope.formula, formula!.column, `give ${call.name} a text`, describe(type));
  if (aggregate !== "mostFrequent" && !["date", "started"].some((day) => scope.columns.get(day) === "date"))
    refuseFormula(scope.formula, call.column, `use ${call.name} with sources that have dates`, scope.kind);
  return { type, expression: aggregateOf(aggregate, expression, call, scope), column: call.column };
}
