import { didYouMean } from "../core/check.js";
import { aggregates } from "./formula-aggregates.js";
import { type Call, functions } from "./formula-functions.js";
import type { FormulaScope } from "./formula-scope.js";
import { refuseFormula } from "./formula-tokens.js";
import type { FormulaValue } from "./formula-values.js";

/**
 * A call in a formula.
 *
 * @throws InputError if there is no such function, or its values do not fit.
 */
export function readCall(call: Call, scope: FormulaScope): FormulaValue {
  const { name, column, per, where } = call;
  const { formula, hasAggregates, kind, level } = scope;
  const plain = functions.get(name);
  if (plain && (per ?? where))
    refuseFormula(formula, column, "use per and where inside aggregates only", name);
  if (plain) return plain(call, scope);
  const aggregate = aggregates.get(name);
  const names = [...aggregates.keys(), ...functions.keys()];
  if (!aggregate)
    refuseFormula(
      formula,
      column,
      `call one of ${names.join(", ")}`,
      JSON.stringify(name),
      didYouMean(name, names),
    );
  if (hasAggregates) return aggregate(call, scope);
  const reason =
    level === "row" && (kind === "customers" || kind === "survey")
      ? `name columns as they are, as ${kind} has one row per customer`
      : "not put an aggregate inside another without per, as in max(sum(amount) per invoice)";
  return refuseFormula(formula, column, reason, name);
}
