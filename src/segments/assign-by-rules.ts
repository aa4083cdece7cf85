import { assignToCentres } from "./assign-to-centres.js";
import { type ConditionRows, compileCondition } from "./compile-condition.js";
import { type CustomerValues, columnsFor } from "./customer-values.js";
import type { Definition, RulesDefinition } from "./definition.js";
import { inputsOf } from "./definition-inputs.js";
import { rulesAsOf } from "./rules-as-of.js";
import { scoreColumns } from "./score-values.js";

/**
 * The label of each customer: the segment of the first rule that holds, −1 where none does. Time O(nRows · nRules).
 *
 * @param asOf - Default: the as-of date of the definition.
 */
export function assignByRules(
  definition: RulesDefinition,
  customers: CustomerValues,
  asOf?: string,
): Int32Array {
  const rows = rowsOfRules(definition, customers, asOf);
  const labelOf = new Map(definition.segments.map(({ key }, label) => [key, label]));
  const rules = rulesAsOf(definition, asOf).rules.map(({ segment, when }) => ({
    label: labelOf.get(segment)!,
    holds: compileCondition(when, rows),
  }));
  return Int32Array.from(customers.keys, (_, row) => rules.find(({ holds }) => holds(row))?.label ?? -1);
}

/**
 * What the rules of a definition are evaluated over: raw values, scores, and the segments of nested definitions.
 *
 * @param asOf - The day from which nested rules count days; default: that of each definition.
 * @throws InputError if a needed column is absent, too short, or of the wrong type.
 */
export function rowsOfRules(
  definition: RulesDefinition,
  customers: CustomerValues,
  asOf?: string,
): ConditionRows {
  const inputs = inputsOf(definition);
  const given = columnsFor(inputs, customers);
  const columns = new Map(inputs.map(({ name }, j) => [name, given[j]!]));
  const memberships = definition.nested.map((inner): [string, readonly string[]] => {
    const labels = labelsOfNested(inner, customers, asOf);
    return [inner.id, Array.from(labels, (label) => inner.segments[label]?.key ?? inner.fallback.key)];
  });
  const scores = scoreColumns(definition.model, columns, customers.keys.length);
  return { columns, scores, memberships: new Map(memberships) };
}

function labelsOfNested(inner: Definition, customers: CustomerValues, asOf?: string): Int32Array {
  const { model, recipe } = inner;
  if (model.kind === "rules") return assignByRules({ ...inner, model }, customers, asOf);
  const columns = columnsFor(inputsOf(inner), customers) as ArrayLike<number>[];
  return assignToCentres(recipe, model.centres, columns).labels;
}
