import type { Condition } from "./condition.js";

const comparisons: Readonly<Record<string, string>> = { "<=": "≤", ">=": "≥", "!=": "≠" };

/** A condition as a person reads it: "recency_days ≤ 30 and (region is one of north, south)". */
export function conditionWords(condition: Condition): string {
  if ("all" in condition) return groupWords(condition.all, " and ", "everybody");
  if ("any" in condition) return groupWords(condition.any, " or ", "nobody");
  if ("not" in condition) return `not (${conditionWords(condition.not)})`;
  if ("of" in condition) return `in segment ${condition.segment} of ${condition.of}`;
  const name = "score" in condition ? `score ${condition.score}` : condition.feature;
  if ("isMissing" in condition) return `${name} is missing`;
  if ("in" in condition) return `${name} is one of ${condition.in.join(", ")}`;
  const { is, value } = condition;
  const right =
    typeof value === "object" ? `${value.daysBeforeAsOf} days before the as-of date` : String(value);
  return `${name} ${comparisons[is] ?? is} ${right}`;
}

function groupWords(parts: readonly Condition[], word: string, none: string): string {
  if (parts.length === 0) return none;
  return parts
    .map((part) => {
      const words = conditionWords(part);
      return parts.length > 1 && ("all" in part || "any" in part) ? `(${words})` : words;
    })
    .join(word);
}
