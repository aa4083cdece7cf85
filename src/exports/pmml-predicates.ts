import type { Comparison, Condition } from "../segments/condition.js";
import { dayNumberOf } from "./pmml-days.js";
import { element, type XmlElement } from "./xml.js";

/** Fields that hold what conditions refer to. */
export interface PredicateFields {
  /** Score → field. */
  readonly scores: ReadonlyMap<string, string>;
  /** Date → field with its number. */
  readonly days: ReadonlyMap<string, string>;
  /** Definition id → field with the segment. */
  readonly memberships: ReadonlyMap<string, string>;
}

/**
 * A condition as a predicate of PMML that is true exactly where the condition holds.
 *
 * PMML knows a third value, unknown, for comparisons with a missing value, and no `not`. So negations are moved inwards to the
 * comparisons, where `not (x < 5)` becomes `x >= 5 or x is missing`; what remains are `and` and `or`, which are true in PMML
 * exactly if they are true with unknown taken as false.
 */
export function predicate(
  condition: Condition,
  fields: PredicateFields,
  isNegated: boolean = false,
): XmlElement {
  if ("all" in condition || "any" in condition) {
    const isAll = "all" in condition !== isNegated;
    const parts = "all" in condition ? condition.all : condition.any;
    return compound(
      isAll,
      parts.map((part) => predicate(part, fields, isNegated)),
    );
  }
  if ("not" in condition) return predicate(condition.not, fields, !isNegated);
  if ("of" in condition) {
    const field = fields.memberships.get(condition.of)!;
    return simple(field, isNegated ? "!=" : "=", condition.segment);
  }
  const day = "feature" in condition ? fields.days.get(condition.feature) : undefined;
  const field = day ?? ("feature" in condition ? condition.feature : fields.scores.get(condition.score)!);
  if ("isMissing" in condition)
    return element("SimplePredicate", { field, operator: isNegated ? "isNotMissing" : "isMissing" });
  const compare = (is: Comparison, value: unknown): XmlElement =>
    simple(
      field,
      isNegated ? opposites[is] : is,
      day === undefined ? (value as number | string) : dayNumberOf(String(value)),
    );
  const holds =
    "in" in condition
      ? compound(
          isNegated,
          condition.in.map((member) => compare("=", member)),
        )
      : compare(condition.is, condition.value);
  if (!isNegated) return holds;
  return compound(false, [element("SimplePredicate", { field, operator: "isMissing" }), holds]);
}

/** Both of two or more; of one itself; of none True or False. */
function compound(isAll: boolean, parts: readonly XmlElement[]): XmlElement {
  if (parts.length === 0) return element(isAll ? "True" : "False");
  if (parts.length === 1) return parts[0]!;
  return element("CompoundPredicate", { booleanOperator: isAll ? "and" : "or" }, parts);
}

const operators: Readonly<Record<Comparison, string>> = {
  "<": "lessThan",
  "<=": "lessOrEqual",
  ">": "greaterThan",
  ">=": "greaterOrEqual",
  "=": "equal",
  "!=": "notEqual",
};

const opposites: Readonly<Record<Comparison, Comparison>> = {
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
  "=": "!=",
  "!=": "=",
};

function simple(field: string, is: Comparison, value: number | string): XmlElement {
  return element("SimplePredicate", { field, operator: operators[is], value });
}
